//! Periods that a document does not have by itself: the grid of a screen, its beat with the camera's, rows of dots.

use crate::document::part;
use crate::geometry::Point;
use image::RgbImage;
use std::f32::consts::TAU;

/// What is measured: the strongest peak of light and of colour, how many there are, and how energy falls off.
pub(super) const MEASURES: usize = 7;

/// Places on the document that windows are cut around.
const PLACES: [(f32, f32); 4] = [(0.28, 0.32), (0.72, 0.32), (0.28, 0.68), (0.72, 0.68)];

pub(super) fn measure(picture: &RgbImage, corners: &[Point; 4]) -> Option<[f32; MEASURES]> {
    let side = |from: usize, to: usize| (corners[to] - corners[from]).length();
    let shorter = side(0, 1).min(side(1, 2)).min(side(2, 3)).min(side(3, 0));
    let size = if shorter > 320.0 { 256 } else { 128 };
    if !shorter.is_finite() || shorter <= 120.0 || picture.width() < size || picture.height() < size {
        return None;
    }
    let size = size as usize;
    let transform = Transform::new(size);
    let mut light = vec![0f32; size * size];
    let mut colour = vec![0f32; size * size];
    let mut windows = 0.0;
    for (u, v) in PLACES {
        let place = part(corners, [u, v, u, v])?[0];
        if !place.x.is_finite() || !place.y.is_finite() {
            continue;
        }
        transform.add(picture, place, &mut light, &mut colour);
        windows += 1.0;
    }
    if windows < 1.0 {
        return None;
    }
    [&mut light, &mut colour].into_iter().flatten().for_each(|value| *value /= windows);
    let (light, colour) = (Peaks::of(&light, size, 0.12), Peaks::of(&colour, size, 0.03));
    Some([
        light.highest,
        colour.highest,
        (1.0 + light.count).ln(),
        (1.0 + colour.count).ln(),
        light.fine - light.coarse,
        colour.fine - colour.coarse,
        colour.fine - light.fine,
    ])
}

struct Transform {
    size: usize,
    /// Hann's window.
    window: Vec<f32>,
    turns: Vec<(f32, f32)>,
}

impl Transform {
    fn new(size: usize) -> Self {
        let window =
            (0..size).map(|index| 0.5 - 0.5 * (TAU * (index as f32 + 0.5) / size as f32).cos()).collect();
        let turns =
            (0..size / 2).map(|index| (-TAU * index as f32 / size as f32).sin_cos()).map(|(s, c)| (c, s));
        Self { size, window, turns: turns.collect() }
    }

    /// Adds the logarithms of the power of light and of red against blue in the window around a place.
    fn add(&self, picture: &RgbImage, place: Point, light: &mut [f32], colour: &mut [f32]) {
        let size = self.size;
        let corner =
            |at: f32, most: u32| ((at as i64 - size as i64 / 2).max(0) as usize).min(most as usize - size);
        let (left, top) = (corner(place.x, picture.width()), corner(place.y, picture.height()));
        let stride = picture.width() as usize * 3;
        let raw = picture.as_raw();
        // Light as the real part, colour as the imaginary one: both in one transform.
        let mut grid: Vec<(f32, f32)> = Vec::with_capacity(size * size);
        for y in 0..size {
            let row = &raw[(top + y) * stride + left * 3..][..size * 3];
            grid.extend(row.chunks_exact(3).map(|pixel| {
                let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
                (0.3 * red + 0.59 * green + 0.11 * blue, red - blue)
            }));
        }
        let count = (size * size) as f32;
        let mean = grid.iter().fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0 / count, sum.1 + cell.1 / count));
        for (index, cell) in grid.iter_mut().enumerate() {
            let weight = self.window[index % size] * self.window[index / size];
            *cell = ((cell.0 - mean.0) * weight, (cell.1 - mean.1) * weight);
        }
        self.rows(&mut grid);
        transpose(&mut grid, size);
        self.rows(&mut grid);
        for y in 0..size {
            for x in 0..size {
                let (one, other) = (grid[y * size + x], grid[(size - y) % size * size + (size - x) % size]);
                let real = (f32::midpoint(one.0, other.0), 0.5 * (one.1 - other.1));
                let imaginary = (f32::midpoint(one.1, other.1), 0.5 * (other.0 - one.0));
                let power = |(a, b): (f32, f32)| (a * a + b * b + 1.0).ln();
                light[y * size + x] += power(real);
                colour[y * size + x] += power(imaginary);
            }
        }
    }

    fn rows(&self, grid: &mut [(f32, f32)]) {
        for row in grid.chunks_exact_mut(self.size) {
            self.one(row);
        }
    }

    /// Cooley and Tukey's transform of one row in place, radix 2.
    fn one(&self, row: &mut [(f32, f32)]) {
        let bits = self.size.trailing_zeros();
        for index in 0..self.size {
            let other = index.reverse_bits() >> (usize::BITS - bits);
            if index < other {
                row.swap(index, other);
            }
        }
        let mut half = 1;
        while half < self.size {
            let step = self.size / (2 * half);
            for block in row.chunks_exact_mut(2 * half) {
                let (first, second) = block.split_at_mut(half);
                for (index, (a, b)) in first.iter_mut().zip(second).enumerate() {
                    let (c, s) = self.turns[index * step];
                    let turned = (b.0 * c - b.1 * s, b.0 * s + b.1 * c);
                    *b = (a.0 - turned.0, a.1 - turned.1);
                    *a = (a.0 + turned.0, a.1 + turned.1);
                }
            }
            half *= 2;
        }
    }
}

fn transpose(grid: &mut [(f32, f32)], size: usize) {
    for y in 0..size {
        for x in y + 1..size {
            grid.swap(y * size + x, x * size + y);
        }
    }
}

struct Peaks {
    /// The highest value above the median of its ring, in deviations.
    highest: f32,
    /// Places more than five deviations up.
    count: f32,
    /// Mean logarithm of the power at 0.35 to 0.5 and at 0.1 to 0.2 cycles per pixel.
    fine: f32,
    coarse: f32,
}

impl Peaks {
    fn of(spectrum: &[f32], size: usize, from: f32) -> Self {
        let reach = size / 2;
        let mut rings: Vec<Vec<f32>> = vec![Vec::new(); reach];
        // The lower half mirrors the upper one.
        for y in 0..=reach {
            for x in 0..size {
                let across = if x > reach { x as f32 - size as f32 } else { x as f32 };
                let radius = across.hypot(y as f32) as usize;
                if radius < reach && !is_block_pattern(x, y, size) {
                    rings[radius].push(spectrum[y * size + x]);
                }
            }
        }
        let mut peaks = Self { highest: 0.0, count: 0.0, fine: 0.0, coarse: 0.0 };
        let least = ((from * size as f32) as usize).max(3);
        for ring in &mut rings[least..] {
            ring.sort_by(f32::total_cmp);
            if ring.len() < 8 {
                continue;
            }
            let median = ring[ring.len() / 2];
            // The spread above the median from that of the upper quarter, which a few peaks do not move.
            let spread = (ring[ring.len() * 3 / 4] - median).max(0.05) / 0.674;
            let height = |value: f32| (value - median) / spread;
            peaks.highest = peaks.highest.max(height(ring[ring.len() - 1]));
            peaks.count += ring.iter().rev().take_while(|value| height(**value) > 5.0).count() as f32;
        }
        let mean = |low: f32, high: f32| {
            let band = &rings[(low * size as f32) as usize..(high * size as f32) as usize];
            let (sum, count) =
                band.iter().flatten().fold((0.0, 0.0f32), |(sum, count), value| (sum + value, count + 1.0));
            sum / count.max(1.0)
        };
        (peaks.fine, peaks.coarse) = (mean(0.35, 0.5), mean(0.1, 0.2));
        peaks
    }
}

/// JPEG's blocks of 8 (and, for colour, 16) pixels have periods of their own.
fn is_block_pattern(x: usize, y: usize, size: usize) -> bool {
    let near = |value: usize| {
        let rest = value % (size / 16);
        rest <= 1 || rest + 1 >= size / 16
    };
    near(x) && near(y) && (x < 2 || y < 2 || x + 2 > size)
}
