//! Where a picture looks like a barcode: patches of strong edges, with or without one common direction.

use crate::geometry::Point;
use crate::pyramid::Pyramid;

/// Longer side of the picture that is searched.
const WORKING_SIDE: u32 = 1000;
/// Side of a cell in pixels of that picture.
const CELL: usize = 8;
/// Fewer cells are no barcode that could be read.
const FEWEST_CELLS: usize = 10;
/// Mean squared brightness step below which a cell is plain.
const FAINTEST: f32 = 50.0;
/// Share of the strongest cells' energy that a cell must have.
const RELATIVE: f32 = 0.10;
/// How much of a cell's energy points one way, 0 to 1, where there are bars.
const COHERENT: f32 = 0.28;

/// A patch, its corners in picture pixels: upper left, upper right, lower right, lower left as its bars stand up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patch {
    pub(super) corners: [Point; 4],
    pub(super) strength: f32,
}

/// The picture's edges, summed cell by cell.
pub(super) struct Texture {
    columns: usize,
    rows: usize,
    /// Sums of squared steps: across, down, and their product.
    cells: Vec<[f32; 3]>,
    /// The same over each cell and its eight neighbours.
    smooth: Vec<[f32; 3]>,
    threshold: f32,
    /// Picture pixels per cell.
    step: f32,
}

impl Texture {
    pub(super) fn of(pyramid: &Pyramid) -> Self {
        let full = pyramid.full().width().max(pyramid.full().height());
        let (working, scale) = pyramid.resized(WORKING_SIDE.min(full));
        let (width, height) = (working.width() as usize, working.height() as usize);
        let (columns, rows) = (width / CELL, height / CELL);
        let mut cells = vec![[0.0f32; 3]; columns * rows];
        let raw = working.as_raw();
        for y in 1..(rows * CELL).min(height - 1) {
            for x in 1..(columns * CELL).min(width - 1) {
                let at = y * width + x;
                let across = f32::from(raw[at + 1]) - f32::from(raw[at - 1]);
                let down = f32::from(raw[at + width]) - f32::from(raw[at - width]);
                let cell = &mut cells[(y / CELL) * columns + x / CELL];
                cell[0] += across * across;
                cell[1] += down * down;
                cell[2] += across * down;
            }
        }
        let smooth = blurred(&cells, columns, rows);
        let mut energies: Vec<f32> = smooth.iter().map(|cell| cell[0] + cell[1]).collect();
        energies.sort_by(f32::total_cmp);
        let strong = energies.get(energies.len() * 99 / 100).copied().unwrap_or(0.0);
        let threshold = (strong * RELATIVE).max(FAINTEST * (CELL * CELL * 9) as f32);
        Self { columns, rows, cells, smooth, threshold, step: scale * CELL as f32 }
    }

    /// Patches whose edges run one way, the strongest first.
    pub(super) fn bars(&self) -> Vec<Patch> {
        let is_bar = |at: usize| self.energy(at) > self.threshold && coherence(self.smooth[at]) > COHERENT;
        let alike = |seed: usize, at: usize| {
            is_bar(at) && turn_between(direction(self.smooth[seed]), direction(self.smooth[at])) < 0.42
        };
        let regions = self.regions(is_bar, alike);
        strongest(regions.iter().filter_map(|region| self.bar_patch(region)).collect())
    }

    /// Patches with edges of every direction, as boxes, the strongest first.
    pub(super) fn mosaics(&self) -> Vec<Patch> {
        let is_busy = |at: usize| self.energy(at) > self.threshold * 2.0;
        let regions = self.regions(is_busy, |_, at| is_busy(at));
        strongest(regions.iter().filter_map(|region| self.box_patch(region)).collect())
    }

    fn energy(&self, at: usize) -> f32 {
        self.smooth[at][0] + self.smooth[at][1]
    }

    fn regions(
        &self,
        seeds: impl Fn(usize) -> bool,
        joins: impl Fn(usize, usize) -> bool,
    ) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.smooth.len()).filter(|at| seeds(*at)).collect();
        order.sort_by(|a, b| self.energy(*b).total_cmp(&self.energy(*a)));
        let mut taken = vec![false; self.smooth.len()];
        let mut regions = Vec::new();
        for seed in order {
            if taken[seed] {
                continue;
            }
            taken[seed] = true;
            let mut region = vec![seed];
            let mut next = 0;
            while next < region.len() {
                for neighbour in self.neighbours(region[next]) {
                    if !taken[neighbour] && joins(seed, neighbour) {
                        taken[neighbour] = true;
                        region.push(neighbour);
                    }
                }
                next += 1;
            }
            if region.len() >= FEWEST_CELLS {
                regions.push(region);
            }
        }
        regions
    }

    fn neighbours(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let (column, row, columns) = (at % self.columns, at / self.columns, self.columns);
        let left = (column > 0).then(|| at - 1);
        let right = (column + 1 < columns).then(|| at + 1);
        let above = (row > 0).then(|| at - columns);
        let below = (row + 1 < self.rows).then(|| at + columns);
        [left, right, above, below].into_iter().flatten()
    }

    /// Four straight sides around the region, in the direction that its edges share.
    fn bar_patch(&self, region: &[usize]) -> Option<Patch> {
        let mut sum = [0.0f32; 3];
        for at in region {
            (0..3).for_each(|n| sum[n] += self.smooth[*at][n]);
        }
        let angle = direction(sum);
        let mut along = Point::new(angle.cos(), angle.sin());
        // Bars stand up and read to the right, or, when they lie, downwards.
        if along.x < -0.3 || (along.x.abs() <= 0.3 && along.y < 0.0) {
            along = along * -1.0;
        }
        let mean = sum.iter().take(2).sum::<f32>() / region.len() as f32 / 9.0;
        let own = |at: &&usize| self.cells[**at][0] + self.cells[**at][1] > mean * 0.3;
        let places: Vec<(f32, f32)> = region
            .iter()
            .filter(own)
            .map(|at| {
                let centre = self.centre(*at);
                (centre.dot(along), centre.dot(along.down()))
            })
            .collect();
        let frame = Frame::around(&places)?;
        let corners = frame.corners(0.9).map(|(u, v)| (along * u + along.down() * v) * self.step);
        Some(Patch { corners, strength: sum[0] + sum[1] })
    }

    fn box_patch(&self, region: &[usize]) -> Option<Patch> {
        let centres: Vec<Point> = region.iter().map(|at| self.centre(*at)).collect();
        let fold = |pick: fn(f32, f32) -> f32, of: fn(&Point) -> f32| centres.iter().map(of).reduce(pick);
        let (left, right) = (fold(f32::min, |p| p.x)?, fold(f32::max, |p| p.x)?);
        let (top, bottom) = (fold(f32::min, |p| p.y)?, fold(f32::max, |p| p.y)?);
        let (width, height) = (right - left + 1.0, bottom - top + 1.0);
        if width.max(height) > 3.0 * width.min(height) {
            return None;
        }
        let margin = 1.5 + 0.06 * width.max(height);
        let corners = [
            (left - margin, top - margin),
            (right + margin, top - margin),
            (right + margin, bottom + margin),
            (left - margin, bottom + margin),
        ];
        let energy: f32 = region.iter().map(|at| self.energy(*at)).sum();
        // Dense patches before large ones: a page of text is larger than a code.
        let strength = energy / region.len() as f32 * (region.len() as f32).sqrt();
        Some(Patch { corners: corners.map(|(x, y)| Point::new(x, y) * self.step), strength })
    }

    /// In cells.
    fn centre(&self, at: usize) -> Point {
        Point::new((at % self.columns) as f32 + 0.5, (at / self.columns) as f32 + 0.5)
    }
}

/// Sides of a patch in its own turned coordinates: `v = a + b·u` above and below, `u = a + b·v` left and right.
struct Frame {
    top: (f32, f32),
    bottom: (f32, f32),
    left: (f32, f32),
    right: (f32, f32),
}

impl Frame {
    fn around(places: &[(f32, f32)]) -> Option<Self> {
        let swapped: Vec<(f32, f32)> = places.iter().map(|(u, v)| (*v, *u)).collect();
        let (top, bottom) = edges(places)?;
        let (left, right) = edges(&swapped)?;
        Some(Self { top, bottom, left, right })
    }

    /// Upper left, upper right, lower right, lower left, moved outwards by `margin`.
    fn corners(&self, margin: f32) -> [(f32, f32); 4] {
        let meet = |row: (f32, f32), up: f32, column: (f32, f32), out: f32| {
            // u = column.0 + column.1·v and v = row.0 + row.1·u
            let (row, column) = ((row.0 + up, row.1), (column.0 + out, column.1));
            let u = (column.0 + column.1 * row.0) / (1.0 - column.1 * row.1).max(0.2);
            (u, row.0 + row.1 * u)
        };
        [
            meet(self.top, -margin, self.left, -margin),
            meet(self.top, -margin, self.right, margin),
            meet(self.bottom, margin, self.right, margin),
            meet(self.bottom, margin, self.left, -margin),
        ]
    }
}

/// Straight lines along the least and the greatest second coordinate.
fn edges(places: &[(f32, f32)]) -> Option<((f32, f32), (f32, f32))> {
    let least = places.iter().map(|place| place.0).reduce(f32::min)?;
    let most = places.iter().map(|place| place.0).reduce(f32::max)?;
    let bins = ((most - least) as usize + 1).min(4096);
    let mut extremes = vec![(f32::MAX, f32::MIN); bins];
    for (u, v) in places {
        let bin = &mut extremes[((u - least) as usize).min(bins - 1)];
        *bin = (bin.0.min(*v), bin.1.max(*v));
    }
    let seen = || extremes.iter().enumerate().filter(|(_, bin)| bin.0 <= bin.1);
    let middle = |bin: usize| least + bin as f32 + 0.5;
    let low: Vec<(f32, f32)> = seen().map(|(bin, extreme)| (middle(bin), extreme.0)).collect();
    let high: Vec<(f32, f32)> = seen().map(|(bin, extreme)| (middle(bin), extreme.1)).collect();
    Some((line(&low, -1.0)?, line(&high, 1.0)?))
}

/// Least squares through the outermost places: those that lie further in than the line by more than a cell and a
/// half belong to a frayed edge and are dropped, twice.
fn line(places: &[(f32, f32)], outwards: f32) -> Option<(f32, f32)> {
    let mut kept = places.to_vec();
    let mut fitted = fit(&kept)?;
    for _ in 0..2 {
        kept.retain(|(u, v)| (v - (fitted.0 + fitted.1 * u)) * outwards > -1.5);
        fitted = fit(&kept)?;
    }
    Some(fitted)
}

fn fit(places: &[(f32, f32)]) -> Option<(f32, f32)> {
    let count = places.len() as f32;
    if places.is_empty() {
        return None;
    }
    let (mean_u, mean_v) = (
        places.iter().map(|place| place.0).sum::<f32>() / count,
        places.iter().map(|place| place.1).sum::<f32>() / count,
    );
    let spread: f32 = places.iter().map(|(u, _)| (u - mean_u) * (u - mean_u)).sum();
    let shared: f32 = places.iter().map(|(u, v)| (u - mean_u) * (v - mean_v)).sum();
    // Short edges tell no slope.
    let slope = if places.len() < 5 { 0.0 } else { (shared / spread.max(1e-3)).clamp(-0.4, 0.4) };
    Some((mean_v - slope * mean_u, slope))
}

fn blurred(cells: &[[f32; 3]], columns: usize, rows: usize) -> Vec<[f32; 3]> {
    let mut smooth = vec![[0.0f32; 3]; cells.len()];
    for row in 0..rows {
        for column in 0..columns {
            let sum = &mut smooth[row * columns + column];
            for y in row.saturating_sub(1)..(row + 2).min(rows) {
                for x in column.saturating_sub(1)..(column + 2).min(columns) {
                    (0..3).for_each(|n| sum[n] += cells[y * columns + x][n]);
                }
            }
        }
    }
    smooth
}

/// The direction across the edges, in radians, -π/2 to π/2.
fn direction([across, down, product]: [f32; 3]) -> f32 {
    0.5 * (2.0 * product).atan2(across - down)
}

fn coherence([across, down, product]: [f32; 3]) -> f32 {
    ((across - down).powi(2) + 4.0 * product * product).sqrt() / (across + down).max(1e-3)
}

/// Between two directions that have no sign, 0 to π/2.
fn turn_between(one: f32, other: f32) -> f32 {
    let difference = (one - other).rem_euclid(std::f32::consts::PI);
    difference.min(std::f32::consts::PI - difference)
}

fn strongest(mut patches: Vec<Patch>) -> Vec<Patch> {
    patches.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    patches
}
