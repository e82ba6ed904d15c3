//! The machine-readable zone of a picture: proposals are read, judged by how well they read, and completed.

mod attempt;
mod profile;

use model::reading::LineReading;

use crate::decode::Decoded;
use crate::geometry::Point;
use crate::locate::{self, Care, Group};
use crate::pyramid::Pyramid;
use crate::reader::LineReader;
use attempt::Attempt;

/// What was read, top line first. Empty if the picture shows no machine-readable zone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MrzReading {
    pub lines: Vec<LineReading>,
    /// For each line its corners in picture pixels: upper left, upper right, lower right, lower left as one reads.
    pub quads: Vec<[Point; 4]>,
    /// For each line the reader's mean log-probability per cell.
    pub scores: Vec<f32>,
    /// How far the reading direction is turned clockwise from the picture's horizontal, -180 to 180.
    pub rotation_degrees: f32,
}

impl MrzReading {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// A picture and where machine-readable lines may be in it.
pub struct Located {
    picture: Decoded,
    pyramid: Pyramid,
    groups: Vec<Group>,
}

/// A picture and what its machine-readable zone says.
pub struct Read {
    pub picture: Decoded,
    pub mrz: MrzReading,
}

impl Decoded {
    /// Looks for rows that may be machine-readable lines.
    pub fn locate(self) -> Located {
        let pyramid = Pyramid::of(self.pixels());
        let groups = locate::groups(&pyramid, Care::Usual);
        Located { picture: self, pyramid, groups }
    }
}

impl Located {
    /// Reads the rows and keeps the group that reads best.
    pub fn read(self, reader: &LineReader) -> Read {
        let mrz = read_groups(&self.pyramid, &self.groups, reader);
        Read { picture: self.picture, mrz }
    }
}

/// Finds and reads the machine-readable zone of a picture.
pub fn read_mrz(picture: &Decoded, reader: &LineReader) -> MrzReading {
    let pyramid = Pyramid::of(picture.pixels());
    let groups = locate::groups(&pyramid, Care::Usual);
    read_groups(&pyramid, &groups, reader)
}

/// Groups with fewer cells seen than this are not worth reading.
const LEAST_SUPPORT: f32 = 9.0;
/// Groups tried per search.
const MOST_ATTEMPTS: usize = 6;

fn read_groups(pyramid: &Pyramid, usual: &[Group], reader: &LineReader) -> MrzReading {
    let mut best = best_attempt(pyramid, usual, reader);
    if !best.as_ref().is_some_and(Attempt::is_complete) {
        let faint = best_attempt(pyramid, &locate::groups(pyramid, Care::Faint), reader);
        best = better(best, faint);
    }
    best.filter(Attempt::is_believable).map(Attempt::into_reading).unwrap_or_default()
}

fn best_attempt(pyramid: &Pyramid, groups: &[Group], reader: &LineReader) -> Option<Attempt> {
    let mut tried: Vec<(Point, f32)> = Vec::new();
    let mut best = None;
    for group in groups {
        if group.support < LEAST_SUPPORT || tried.len() == MOST_ATTEMPTS {
            break;
        }
        let lead = group.lead();
        let (centre, pitch) = (lead.centre(), lead.pitch());
        if tried.iter().any(|&(other, reach)| (other - centre).length() < reach) {
            continue;
        }
        tried.push((centre, pitch));
        best = better(best, Attempt::read(pyramid, group, reader));
        if best.as_ref().is_some_and(Attempt::is_complete) {
            break;
        }
    }
    best
}

fn better(one: Option<Attempt>, other: Option<Attempt>) -> Option<Attempt> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.rank() > one.rank() { other } else { one }),
        (one, other) => one.or(other),
    }
}
