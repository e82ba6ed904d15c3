//! Where colour changes: how strongly, in which direction, and how much it stands out from the texture around it.

use image::RgbImage;

/// Radius of the neighbourhood that an edge has to stand out from, in pixels.
const RADIUS: usize = 8;
/// Changes of so many levels across two pixels count half.
const FAINT: f32 = 5.0;
/// Evidence below this is no edge.
const LEAST: f32 = 0.08;

/// The edges of a picture. Vectors have one entry per pixel.
pub(super) struct Edges {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Unit normal of the edge times its evidence, which is 0 (nothing) to 1 (strong and alone). It points to the
    /// lighter side.
    pub(super) field: Vec<(f32, f32)>,
    /// Change of the most changing colour, in levels across two pixels.
    pub(super) strength: Vec<f32>,
    /// The ridges of `field`.
    pub(super) edgels: Vec<Edgel>,
}

#[derive(Clone, Copy)]
pub(super) struct Edgel {
    pub(super) x: f32,
    pub(super) y: f32,
    /// Direction of the normal in radians, 0 to π.
    pub(super) angle: f32,
    pub(super) weight: f32,
}

impl Edges {
    pub(super) fn of(picture: &RgbImage) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let gradient = gradient(picture);
        let strength: Vec<f32> = gradient.iter().map(|(x, y)| x.hypot(*y)).collect();
        let around = means(&strength, width, height);
        let field = gradient
            .iter()
            .zip(strength.iter().zip(&around))
            .map(|(&(x, y), (&strength, &around))| {
                let evidence = (strength - around).max(0.0) / (strength + FAINT);
                let scale = evidence / strength.max(1e-3);
                (x * scale, y * scale)
            })
            .collect();
        let mut edges = Self { width, height, field, strength, edgels: Vec::new() };
        edges.edgels = edges.ridges();
        edges
    }

    /// Pixels stronger than both neighbours across the edge.
    fn ridges(&self) -> Vec<Edgel> {
        let mut edgels = Vec::new();
        for y in 1..self.height.saturating_sub(1) {
            for x in 1..self.width - 1 {
                let index = y * self.width + x;
                let (u, v) = self.field[index];
                let weight = u.hypot(v);
                if weight < LEAST {
                    continue;
                }
                let step = across(u, v, self.width);
                let here = self.strength[index];
                if here <= self.strength[index - step] || here < self.strength[index + step] {
                    continue;
                }
                let angle = v.atan2(u);
                let angle = if angle < 0.0 { angle + std::f32::consts::PI } else { angle };
                edgels.push(Edgel { x: x as f32 + 0.5, y: y as f32 + 0.5, angle, weight });
            }
        }
        edgels
    }
}

/// The neighbour across an edge, as a distance in the vector: one of the four directions.
fn across(u: f32, v: f32, width: usize) -> usize {
    let (long, short) = (u.abs().max(v.abs()), u.abs().min(v.abs()));
    match short > 0.414 * long {
        true if (u > 0.0) == (v > 0.0) => width + 1,
        true => width - 1,
        false if u.abs() > v.abs() => 1,
        false => width,
    }
}

/// Scharr's operator on the colour that changes most; the outermost pixels have none.
fn gradient(picture: &RgbImage) -> Vec<(f32, f32)> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut gradient = vec![(0.0, 0.0); width * height];
    let stride = width * 3;
    let raw = picture.as_raw();
    let mut across = vec![0i32; stride];
    let mut down = vec![0i32; stride];
    for y in 1..height.saturating_sub(1) {
        let rows = [
            &raw[(y - 1) * stride..][..stride],
            &raw[y * stride..][..stride],
            &raw[(y + 1) * stride..][..stride],
        ];
        for index in 0..stride {
            let [upper, middle, lower] = rows.map(|row| i32::from(row[index]));
            across[index] = 3 * (upper + lower) + 10 * middle;
            down[index] = lower - upper;
        }
        let line = &mut gradient[y * width..][..width];
        for (x, target) in line.iter_mut().enumerate().take(width.saturating_sub(1)).skip(1) {
            let mut best = (0, 0, -1);
            for channel in x * 3..x * 3 + 3 {
                let u = across[channel + 3] - across[channel - 3];
                let v = 3 * (down[channel - 3] + down[channel + 3]) + 10 * down[channel];
                let square = u * u + v * v;
                if square > best.2 {
                    best = (u, v, square);
                }
            }
            *target = (best.0 as f32 / 16.0, best.1 as f32 / 16.0);
        }
    }
    gradient
}

/// Mean over the square around each pixel.
fn means(values: &[f32], width: usize, height: usize) -> Vec<f32> {
    let mut rows = vec![0.0; values.len()];
    for (from, to) in values.chunks_exact(width.max(1)).zip(rows.chunks_exact_mut(width.max(1))) {
        running_means(from, to);
    }
    let mut columns = vec![0f64; width];
    let mut result = vec![0.0; values.len()];
    for y in 0..height + RADIUS {
        if y < height {
            let entering = &rows[y * width..][..width];
            columns.iter_mut().zip(entering).for_each(|(sum, value)| *sum += f64::from(*value));
        }
        if y > 2 * RADIUS {
            let leaving = &rows[(y - 2 * RADIUS - 1).min(height - 1) * width..][..width];
            columns.iter_mut().zip(leaving).for_each(|(sum, value)| *sum -= f64::from(*value));
        }
        if y >= RADIUS {
            let middle = y - RADIUS;
            let count = ((middle + RADIUS).min(height - 1) - middle.saturating_sub(RADIUS) + 1) as f64;
            let target = &mut result[middle * width..][..width];
            target.iter_mut().zip(&columns).for_each(|(mean, sum)| *mean = (*sum / count) as f32);
        }
    }
    result
}

fn running_means(from: &[f32], to: &mut [f32]) {
    let length = from.len();
    let mut sum: f64 = from.iter().take(RADIUS).map(|value| f64::from(*value)).sum();
    for x in 0..length {
        if x + RADIUS < length {
            sum += f64::from(from[x + RADIUS]);
        }
        if x > RADIUS {
            sum -= f64::from(from[x - RADIUS - 1]);
        }
        let count = (x + RADIUS).min(length - 1) - x.saturating_sub(RADIUS) + 1;
        to[x] = (sum / count as f64) as f32;
    }
}
