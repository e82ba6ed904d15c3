//! Blots of one size at a steady pitch: the rows of a machine-readable zone, at any angle.

use super::components::Blot;
use crate::geometry::{Point, Row};

/// A row of glyph-sized blots. Cell 0 is where the search began; cells may be missing.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    pub(crate) row: Row,
    pub(crate) first: f32,
    pub(crate) last: f32,
    /// Cells in which a blot was seen.
    pub(crate) seen: usize,
    /// Upper range of the blots' longer sides: the cap height.
    pub(crate) cap: f32,
    pub(super) cells: Vec<(f32, Point)>,
}

impl Chain {
    pub(crate) fn pitch(&self) -> f32 {
        self.row.tangent(self.middle()).length()
    }

    pub(crate) fn middle(&self) -> f32 {
        f32::midpoint(self.first, self.last)
    }

    pub(crate) fn direction(&self) -> Point {
        self.row.tangent(self.middle()).unit()
    }

    pub(crate) fn centre(&self) -> Point {
        self.row.at(self.middle())
    }

    pub(super) fn from_cells(mut cells: Vec<(f32, Point)>, cap: f32) -> Option<Self> {
        cells.sort_by(|a, b| a.0.total_cmp(&b.0));
        let row = Row::fit(&cells)?;
        let first = cells.first()?.0;
        let last = cells.last()?.0;
        Some(Self { row, first, last, seen: cells.len(), cap, cells })
    }

    /// In pixels `factor` times as many.
    pub(super) fn scaled(mut self, factor: f32) -> Self {
        self.row = self.row.scaled(factor);
        self.cap *= factor;
        for cell in &mut self.cells {
            cell.1 = cell.1 * factor;
        }
        self
    }
}

/// Fewer cells than this are no chain: words and dates of the page have them too.
const SHORTEST_CHAIN: usize = 7;
/// Longer rows, in cells, are fabric, tiles or a fence: the longest line has 44 characters.
const LONGEST_CHAIN: f32 = 52.0;
/// A seed's pitch against the size of its first blot. OCR-B has 1.06 for capitals; the filler is smaller.
const PITCH_PER_SIZE: std::ops::RangeInclusive<f32> = 0.62..=1.9;

/// Blots in square buckets, for quick neighbour searches.
struct Field<'blots> {
    blots: &'blots [Blot],
    buckets: Vec<Vec<u32>>,
    columns: usize,
    rows: usize,
}

const BUCKET: f32 = 24.0;

impl<'blots> Field<'blots> {
    fn new(blots: &'blots [Blot], width: u32, height: u32) -> Self {
        let columns = (width as f32 / BUCKET) as usize + 1;
        let rows = (height as f32 / BUCKET) as usize + 1;
        let mut buckets = vec![Vec::new(); columns * rows];
        for (index, blot) in blots.iter().enumerate() {
            let centre = blot.centre();
            let bucket = (centre.y / BUCKET) as usize * columns + (centre.x / BUCKET) as usize;
            buckets[bucket].push(index as u32);
        }
        Self { blots, buckets, columns, rows }
    }

    fn around(&self, point: Point, radius: f32) -> impl Iterator<Item = (usize, f32)> + '_ {
        let bucket = |low: f32, count: usize| (low / BUCKET).clamp(0.0, count as f32 - 1.0) as usize;
        let columns = bucket(point.x - radius, self.columns)..=bucket(point.x + radius, self.columns);
        let rows = bucket(point.y - radius, self.rows)..=bucket(point.y + radius, self.rows);
        rows.flat_map(move |row| columns.clone().map(move |column| row * self.columns + column))
            .flat_map(|bucket| self.buckets[bucket].iter().map(|&index| index as usize))
            .map(move |index| (index, (self.blots[index].centre() - point).length()))
            .filter(move |&(_, distance)| distance <= radius)
    }
}

/// All chains among glyph-sized blots.
pub(super) fn chains(blots: &[Blot], width: u32, height: u32) -> Vec<Chain> {
    let field = Field::new(blots, width, height);
    let mut used = vec![false; blots.len()];
    let mut chains = Vec::new();
    for seed in 0..blots.len() {
        if used[seed] {
            continue;
        }
        for second in neighbours(&field, seed) {
            if let Some(members) = grow(&field, seed, second)
                && let Some(chain) = chain_of(&members, blots)
            {
                for &(_, index) in &members {
                    used[index] = true;
                }
                if chain.last - chain.first < LONGEST_CHAIN && !is_pattern(&field, &chain) {
                    chains.push(chain);
                }
                break;
            }
        }
    }
    chains
}

/// Whether as many blots lie one pitch beside the row as in it: a dotted or woven surface. Lines of text keep their
/// distance.
fn is_pattern(field: &Field<'_>, chain: &Chain) -> bool {
    let pitch = chain.pitch();
    let down = chain.direction().down() * pitch;
    let crowded = chain.cells.iter().filter(|(_, place)| {
        [*place + down, *place - down].into_iter().any(|beside| {
            field
                .around(beside, pitch * 0.35)
                .any(|(index, _)| alike(field.blots[index].size(), chain.cap, 1.6))
        })
    });
    crowded.count() * 2 > chain.cells.len()
}

/// Blots that may stand in the next cell, nearest first.
fn neighbours(field: &Field<'_>, seed: usize) -> Vec<usize> {
    let size = field.blots[seed].size();
    let centre = field.blots[seed].centre();
    let mut found: Vec<(usize, f32)> = field
        .around(centre, size * PITCH_PER_SIZE.end())
        .filter(|&(index, distance)| {
            index != seed
                && distance >= size * PITCH_PER_SIZE.start()
                && alike(field.blots[index].size(), size, 1.7)
        })
        .collect();
    found.sort_by(|a, b| a.1.total_cmp(&b.1));
    found.truncate(8);
    found.into_iter().map(|(index, _)| index).collect()
}

fn alike(one: f32, other: f32, factor: f32) -> bool {
    one < other * factor && other < one * factor
}

/// Extends the pair in both directions as long as cells are found where the pitch says.
fn grow(field: &Field<'_>, seed: usize, second: usize) -> Option<Vec<(i32, usize)>> {
    let mut members = vec![(0, seed), (1, second)];
    let size = field.blots[seed].size().max(field.blots[second].size());
    while let Some(next) = next_cell(field, &members, size, 1) {
        members.push(next);
    }
    if members.len() < 4 {
        return None;
    }
    members.reverse();
    while let Some(next) = next_cell(field, &members, size, -1) {
        members.push(next);
    }
    members.reverse();
    while let Some(next) = next_cell(field, &members, size, 1) {
        members.push(next);
    }
    (members.len() >= SHORTEST_CHAIN).then_some(members)
}

/// The blot in one of the next cells behind the last member. A longer chain may jump wider gaps.
fn next_cell(field: &Field<'_>, members: &[(i32, usize)], size: f32, side: i32) -> Option<(i32, usize)> {
    let &(end, last) = members.last()?;
    let tail = &members[members.len().saturating_sub(9)..];
    let (anchor, step) = line_through(field, tail)?;
    let pitch = step.length();
    let widest = match members.len() {
        0..=4 => 1,
        5..=8 => 2,
        9..=14 => 3,
        _ => 5,
    };
    for gap in 1..=widest {
        let cell = end + side * gap;
        let place = anchor + step * cell as f32;
        let tolerance = pitch * if gap == 1 { 0.3 } else { 0.35 };
        let nearest = field
            .around(place, tolerance)
            .filter(|&(index, _)| index != last && alike(field.blots[index].size(), size, 1.75))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((index, _)) = nearest {
            return Some((cell, index));
        }
    }
    None
}

/// Straight line by least squares: where cell 0 is, and the step from cell to cell.
fn line_through(field: &Field<'_>, members: &[(i32, usize)]) -> Option<(Point, Point)> {
    let count = members.len() as f32;
    let mut mean_cell = 0.0;
    let mut mean = Point::new(0.0, 0.0);
    for &(cell, index) in members {
        mean_cell += cell as f32 / count;
        mean = mean + field.blots[index].centre() * (1.0 / count);
    }
    let mut slope = Point::new(0.0, 0.0);
    let mut spread = 0.0;
    for &(cell, index) in members {
        let offset = cell as f32 - mean_cell;
        slope = slope + (field.blots[index].centre() - mean) * offset;
        spread += offset * offset;
    }
    let step = slope * (1.0 / spread);
    (spread > 0.0).then_some((mean - step * mean_cell, step))
}

fn chain_of(members: &[(i32, usize)], blots: &[Blot]) -> Option<Chain> {
    let mut sizes: Vec<f32> = members.iter().map(|&(_, index)| blots[index].size()).collect();
    sizes.sort_by(f32::total_cmp);
    let cap = sizes[sizes.len() * 3 / 4];
    let cells = members.iter().map(|&(cell, index)| (cell as f32, blots[index].centre())).collect();
    Chain::from_cells(cells, cap)
}
