//! Connected blots of ink.

use crate::geometry::Point;

/// A blot: its box in pixels, bounds inclusive, and how much of the box is ink.
#[derive(Debug, Clone, Copy)]
pub(super) struct Blot {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) right: u32,
    pub(super) bottom: u32,
    pub(super) area: u32,
}

impl Blot {
    pub(super) fn width(&self) -> u32 {
        self.right - self.left + 1
    }

    pub(super) fn height(&self) -> u32 {
        self.bottom - self.top + 1
    }

    /// The longer side of the box: a glyph's cap height whichever way it is turned.
    pub(super) fn size(&self) -> f32 {
        self.width().max(self.height()) as f32
    }

    pub(super) fn centre(&self) -> Point {
        Point::new((self.left + self.right + 1) as f32 / 2.0, (self.top + self.bottom + 1) as f32 / 2.0)
    }

    fn absorb(&mut self, other: &Self) {
        self.left = self.left.min(other.left);
        self.top = self.top.min(other.top);
        self.right = self.right.max(other.right);
        self.bottom = self.bottom.max(other.bottom);
        self.area += other.area;
    }
}

/// A horizontal run of ink, bounds inclusive, and the label it got.
struct Run {
    left: u32,
    right: u32,
    label: u32,
}

/// The blots of a mask (1 for ink), touching by sides or corners.
pub(super) fn blots(mask: &[u8], width: usize) -> Vec<Blot> {
    let mut parents: Vec<u32> = Vec::new();
    let mut blots: Vec<Blot> = Vec::new();
    let mut above: Vec<Run> = Vec::new();
    let mut row: Vec<Run> = Vec::new();
    for (y, pixels) in mask.chunks_exact(width).enumerate() {
        row.clear();
        let mut first_above = 0;
        let mut x = 0;
        while let Some(start) = pixels[x..].iter().position(|&ink| ink != 0) {
            let left = x + start;
            let right =
                pixels[left..].iter().position(|&ink| ink == 0).map_or(width, |length| left + length) - 1;
            x = right + 1;
            let blot = Blot {
                left: left as u32,
                right: right as u32,
                top: y as u32,
                bottom: y as u32,
                area: (x - left) as u32,
            };
            while first_above < above.len() && above[first_above].right + 1 < blot.left {
                first_above += 1;
            }
            let mut label = None;
            for run in above[first_above..].iter().take_while(|run| run.left <= blot.right + 1) {
                let root = root(&mut parents, run.label);
                label = Some(label.map_or(root, |label| join(&mut parents, &mut blots, label, root)));
            }
            let label = label.unwrap_or_else(|| {
                parents.push(parents.len() as u32);
                blots.push(Blot { area: 0, ..blot });
                parents.len() as u32 - 1
            });
            blots[label as usize].absorb(&blot);
            row.push(Run { left: blot.left, right: blot.right, label });
        }
        std::mem::swap(&mut above, &mut row);
    }
    let is_root = |(label, _): &(usize, Blot)| parents[*label] as usize == *label;
    blots.into_iter().enumerate().filter(is_root).map(|(_, blot)| blot).collect()
}

fn root(parents: &mut [u32], mut label: u32) -> u32 {
    while parents[label as usize] != label {
        let grandparent = parents[parents[label as usize] as usize];
        parents[label as usize] = grandparent;
        label = grandparent;
    }
    label
}

/// Joins two trees; the smaller label stays, so labels stay in reading order.
fn join(parents: &mut [u32], blots: &mut [Blot], one: u32, other: u32) -> u32 {
    let (kept, gone) = (one.min(other), one.max(other));
    if kept != gone {
        parents[gone as usize] = kept;
        let absorbed = blots[gone as usize];
        blots[kept as usize].absorb(&absorbed);
    }
    kept
}
