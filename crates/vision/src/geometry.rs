//! Points, and smooth curves through rows of them.

use std::ops::{Add, Mul, Sub};

/// A place in a picture: pixels from the left and the top edge, the centre of the first pixel at 0.5.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(crate) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    pub(crate) fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }

    pub(crate) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    pub(crate) fn unit(self) -> Self {
        self * (1.0 / self.length().max(1e-6))
    }

    /// A quarter turn clockwise as seen on the screen: from reading direction to "down the page".
    pub(crate) fn down(self) -> Self {
        Self::new(-self.y, self.x)
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Point {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// `at(k) = origin + k·step + k²·bend`: the centres of a row of evenly spaced glyphs, `k` counting cells. The bend
/// takes up perspective (cells shrink along the row) and pages that do not lie flat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub(crate) origin: Point,
    pub(crate) step: Point,
    pub(crate) bend: Point,
}

impl Row {
    pub(crate) fn at(&self, k: f32) -> Point {
        self.origin + self.step * k + self.bend * (k * k)
    }

    pub(crate) fn tangent(&self, k: f32) -> Point {
        self.step + self.bend * (2.0 * k)
    }

    /// The cell whose centre lies nearest to `point`, as a fraction.
    pub(crate) fn nearest(&self, point: Point) -> f32 {
        let mut k = 0.0;
        for _ in 0..4 {
            let tangent = self.tangent(k);
            k += (point - self.at(k)).dot(tangent) / tangent.dot(tangent).max(1e-6);
        }
        k
    }

    /// The row in other pixels, `factor` new ones per old one.
    pub(crate) fn scaled(&self, factor: f32) -> Self {
        Self { origin: self.origin * factor, step: self.step * factor, bend: self.bend * factor }
    }

    /// The row beside this one, moved by `offset`.
    pub(crate) fn moved(&self, offset: Point) -> Self {
        Self { origin: self.origin + offset, ..*self }
    }

    /// The same row read from the other end: cell `k` becomes cell `-k`.
    pub(crate) fn reversed(&self) -> Self {
        Self { step: self.step * -1.0, ..*self }
    }

    /// Least-squares fit; straight where the row is too short to tell a bend from noise.
    pub(crate) fn fit(cells: &[(f32, Point)]) -> Option<Self> {
        let first = cells.iter().map(|cell| cell.0).fold(f32::MAX, f32::min);
        let last = cells.iter().map(|cell| cell.0).fold(f32::MIN, f32::max);
        let bent = cells.len() >= 14 && last - first >= 16.0;
        // Centred cell numbers keep the sums well conditioned.
        let middle = f32::midpoint(first, last);
        let mut s = [0.0f64; 5];
        let mut x = [0.0f64; 3];
        let mut y = [0.0f64; 3];
        for &(k, point) in cells {
            let k = f64::from(k - middle);
            let mut power = 1.0;
            for n in 0..5 {
                s[n] += power;
                if n < 3 {
                    x[n] += power * f64::from(point.x);
                    y[n] += power * f64::from(point.y);
                }
                power *= k;
            }
        }
        let (x, y) = if bent { (solve3(&s, x)?, solve3(&s, y)?) } else { (solve2(&s, x)?, solve2(&s, y)?) };
        let term = |n: usize| Point::new(x[n] as f32, y[n] as f32);
        let centred = Self { origin: term(0), step: term(1), bend: term(2) };
        Some(Self { origin: centred.at(-middle), step: centred.tangent(-middle), bend: centred.bend })
    }
}

fn solve2(s: &[f64; 5], b: [f64; 3]) -> Option<[f64; 3]> {
    let determinant = s[0] * s[2] - s[1] * s[1];
    (determinant.abs() > 1e-9)
        .then(|| [(b[0] * s[2] - b[1] * s[1]) / determinant, (s[0] * b[1] - s[1] * b[0]) / determinant, 0.0])
}

fn solve3(s: &[f64; 5], b: [f64; 3]) -> Option<[f64; 3]> {
    let rows = [[s[0], s[1], s[2]], [s[1], s[2], s[3]], [s[2], s[3], s[4]]];
    let determinant = det3(rows);
    if determinant.abs() < 1e-9 {
        return None;
    }
    let mut solution = [0.0; 3];
    for (column, value) in solution.iter_mut().enumerate() {
        let mut replaced = rows;
        for (row, b) in replaced.iter_mut().zip(b) {
            row[column] = b;
        }
        *value = det3(replaced) / determinant;
    }
    Some(solution)
}

fn det3(m: [[f64; 3]; 3]) -> f64 {
    m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
}
