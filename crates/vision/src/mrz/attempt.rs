//! One group of rows, read as lines of one zone.

use super::{MrzReading, profile};
use crate::geometry::Point;
use crate::locate::{Chain, Group};
use crate::pyramid::Pyramid;
use crate::reader::{LineReader, Scored};
use crate::rectify::{Line, Slant, strip};

/// A line read with a mean log-probability per cell above this is machine-readable text.
const TEXT: f32 = -1.0;
/// A line read above this needs no second look.
const CLEAR: f32 = -0.35;
/// A line read above this cannot be upside down.
const UNMISTAKABLE: f32 = -0.18;
/// Below this even the best row of a group is something else.
const HOPELESS: f32 = -2.5;
/// Cells beside the outermost blots that belong into the strip: half a glyph and some paper.
const MARGIN: f32 = 1.2;
/// Strips read in search of lines that were not located.
const MOST_EXTRA_LINES: usize = 4;

struct ReadLine {
    line: Line,
    scored: Scored,
}

/// Lines that were read together, top of the page first.
pub(super) struct Attempt {
    lines: Vec<ReadLine>,
}

impl Attempt {
    /// Reads the group's rows in the direction that reads better, then looks for lines above and below that the
    /// search missed.
    pub(super) fn read(pyramid: &Pyramid, group: &Group, reader: &LineReader) -> Option<Self> {
        let read = |line: Line| ReadLine { scored: reader.read(&strip(pyramid, &line)), line };
        let lead = group.lead();
        let ends = shared_ends(group);
        let upright = read(framed(lead, group, ends));
        let turned =
            if upright.scored.score >= UNMISTAKABLE { None } else { Some(read(upright.line.turned())) };
        let is_turned = turned.as_ref().is_some_and(|turned| turned.scored.score > upright.scored.score);
        let lead_read = if is_turned { turned? } else { upright };
        if lead_read.scored.score < HOPELESS {
            return None;
        }
        let mut attempt = Self { lines: vec![lead_read] };
        for chain in group.chains.iter().filter(|chain| !std::ptr::eq(*chain, lead)) {
            let line = framed(chain, group, ends);
            attempt.lines.push(read(if is_turned { line.turned() } else { line }));
        }
        attempt.add_missed_lines(pyramid, &read);
        attempt.sort_and_trim();
        Some(attempt)
    }

    fn add_missed_lines(&mut self, pyramid: &Pyramid, read: &impl Fn(Line) -> ReadLine) {
        let lead = self.lead();
        if lead.scored.score < TEXT || self.alike() >= self.wanted() {
            return;
        }
        let base = lead.line;
        let mut taken: Vec<f32> =
            self.lines.iter().map(|other| across(&base, other.line.row.at(other.line.middle()))).collect();
        let mut tries = 0;
        while tries < MOST_EXTRA_LINES && self.alike() < self.wanted() {
            let Some(offset) = profile::next_line(pyramid, &base, &taken) else { break };
            taken.push(offset);
            tries += 1;
            let extra = read(base.moved_down(offset));
            if self.belongs(&extra) {
                self.lines.push(extra);
            }
        }
    }

    /// The line that reads best.
    fn lead(&self) -> &ReadLine {
        self.lines
            .iter()
            .max_by(|a, b| a.scored.score.total_cmp(&b.scored.score))
            .expect("an attempt has a line")
    }

    /// Characters per line of the document's format, as the best line says.
    fn cells(&self) -> Option<usize> {
        format_cells(&self.lead().scored)
    }

    /// Lines that a zone with so many cells has (ICAO 9303 parts 4 to 7).
    fn wanted(&self) -> usize {
        match self.cells() {
            Some(30) => 3,
            Some(_) => 2,
            None => 1,
        }
    }

    /// Lines of machine-readable text of the same length.
    fn alike(&self) -> usize {
        self.lines.iter().filter(|line| self.belongs(line)).count()
    }

    fn belongs(&self, line: &ReadLine) -> bool {
        line.scored.score > TEXT && self.cells().is_some() && format_cells(&line.scored) == self.cells()
    }

    fn sort_and_trim(&mut self) {
        let base = self.lead().line;
        let cells = self.cells();
        let wanted = self.wanted();
        self.lines.retain(|line| line.scored.score > TEXT && format_cells(&line.scored) == cells);
        self.lines.sort_by(|a, b| b.scored.score.total_cmp(&a.scored.score));
        self.lines.truncate(wanted);
        let height = |line: &ReadLine| across(&base, line.line.row.at(line.line.middle()));
        self.lines.sort_by(|a, b| height(a).total_cmp(&height(b)));
    }

    pub(super) fn is_complete(&self) -> bool {
        !self.lines.is_empty()
            && self.alike() == self.wanted()
            && self.lines.iter().all(|line| line.scored.score > CLEAR)
    }

    /// Whether this is a machine-readable zone at all: better no answer than an invented one. A line that stands
    /// alone must be clear.
    pub(super) fn is_believable(&self) -> bool {
        match &self.lines[..] {
            [] => false,
            [line] => line.scored.score > CLEAR && self.cells().is_some(),
            _ => self.cells().is_some(),
        }
    }

    /// More and clearer lines rank higher.
    pub(super) fn rank(&self) -> f32 {
        self.lines.iter().map(|line| line.scored.score - TEXT * 2.0).sum()
    }

    pub(super) fn into_reading(self) -> MrzReading {
        let rotation_degrees = self.lines.first().map_or(0.0, |line| line.line.rotation());
        let mut reading = MrzReading { rotation_degrees, ..MrzReading::default() };
        for line in self.lines {
            reading.quads.push(line.line.corners());
            reading.scores.push(line.scored.score);
            reading.lines.push(line.scored.line);
        }
        reading
    }
}

/// 30, 36 or 44 if the line has about so many characters: a speck or a cut edge may add or take one.
fn format_cells(scored: &Scored) -> Option<usize> {
    let glyphs = scored.line.glyphs.len();
    [30_usize, 36, 44].into_iter().find(|cells| cells.abs_diff(glyphs) <= 2)
}

/// Signed distance of a point below the line, in picture pixels.
fn across(base: &Line, point: Point) -> f32 {
    let cell = base.row.nearest(point);
    (point - base.row.at(cell)).dot(base.row.tangent(cell).unit().down())
}

/// The places where the longest of the group's rows begin and end: all lines of a zone are equally long.
fn shared_ends(group: &Group) -> (Point, Point) {
    let lead = group.lead();
    let mut first = lead.first;
    let mut last = lead.last;
    for chain in &group.chains {
        first = first.min(lead.row.nearest(chain.row.at(chain.first)));
        last = last.max(lead.row.nearest(chain.row.at(chain.last)));
    }
    (lead.row.at(first), lead.row.at(last))
}

fn framed(chain: &Chain, group: &Group, (first, last): (Point, Point)) -> Line {
    let from = chain.row.nearest(first).min(chain.first) - MARGIN;
    let to = chain.row.nearest(last).max(chain.last) + MARGIN;
    let cap = chain.cap.clamp(chain.pitch() * 0.75, chain.pitch() * 1.3);
    Line { row: chain.row, from, to, cap, slant: slant(chain, group) }
}

/// The characters of a zone stand in columns. How far the columns of the neighbouring row are off the perpendicular
/// says how the page leans.
fn slant(chain: &Chain, group: &Group) -> Slant {
    let distance =
        |other: &Chain| (other.row.at(other.row.nearest(chain.centre())) - chain.centre()).length();
    let neighbour = group
        .chains
        .iter()
        .filter(|other| !std::ptr::eq(*other, chain))
        .min_by(|a, b| distance(a).total_cmp(&distance(b)));
    let Some(neighbour) = neighbour else { return Slant::default() };
    let shift = (neighbour.row.nearest(chain.centre()) - chain.middle()).round();
    let lean = |cell: f32| {
        let column = neighbour.row.at(cell + shift) - chain.row.at(cell);
        let along = chain.row.tangent(cell).unit();
        let down = column.dot(along.down());
        if down.abs() < 1.0 { 0.0 } else { (column.dot(along) / down).clamp(-0.45, 0.45) }
    };
    Slant { at: (chain.first, chain.last), lean: (lean(chain.first), lean(chain.last)) }
}
