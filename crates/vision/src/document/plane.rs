//! A flat rectangle seen by a camera: the projection, and what it tells of the rectangle's true proportions.

use crate::geometry::Point;

/// From a rectangle to the picture of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Projection([[f64; 3]; 3]);

impl Projection {
    /// Takes (0, 0), (width, 0), (width, height) and (0, height) to the four corners (Heckbert 1989, §2.2); nothing if
    /// three corners lie on a line.
    pub(crate) fn of((width, height): (f32, f32), corners: &[Point; 4]) -> Option<Self> {
        let [p, q, r, s] = corners.map(|corner| (f64::from(corner.x), f64::from(corner.y)));
        let (dx1, dy1) = (q.0 - r.0, q.1 - r.1);
        let (dx2, dy2) = (s.0 - r.0, s.1 - r.1);
        let (dx3, dy3) = (p.0 - q.0 + r.0 - s.0, p.1 - q.1 + r.1 - s.1);
        let determinant = dx1 * dy2 - dy1 * dx2;
        if determinant.abs() < 1e-6 {
            return None;
        }
        let g = (dx3 * dy2 - dy3 * dx2) / determinant;
        let h = (dx1 * dy3 - dy1 * dx3) / determinant;
        let (w, v) = (f64::from(width.max(1e-6)), f64::from(height.max(1e-6)));
        Some(Self([
            [(q.0 - p.0 + g * q.0) / w, (s.0 - p.0 + h * s.0) / v, p.0],
            [(q.1 - p.1 + g * q.1) / w, (s.1 - p.1 + h * s.1) / v, p.1],
            [g / w, h / v, 1.0],
        ]))
    }

    /// From the picture back to the rectangle: the adjugate, which is the inverse up to scale.
    pub(crate) fn inverse(&self) -> Self {
        let m = &self.0;
        let minor = |a: usize, b: usize, c: usize, d: usize| m[a][b] * m[c][d] - m[a][d] * m[c][b];
        Self([
            [minor(1, 1, 2, 2), -minor(0, 1, 2, 2), minor(0, 1, 1, 2)],
            [-minor(1, 0, 2, 2), minor(0, 0, 2, 2), -minor(0, 0, 1, 2)],
            [minor(1, 0, 2, 1), -minor(0, 0, 2, 1), minor(0, 0, 1, 1)],
        ])
    }

    /// Where a point of the rectangle lies in the picture.
    pub(crate) fn at(&self, x: f32, y: f32) -> Point {
        let (x, y) = (f64::from(x), f64::from(y));
        let [across, down, depth] = self.0.map(|row| row[0] * x + row[1] * y + row[2]);
        let depth = if depth.abs() < 1e-9 { 1e-9 } else { depth };
        Point::new((across / depth) as f32, (down / depth) as f32)
    }
}

/// Width over height of the rectangle whose corners these are, if the camera's axis meets the middle of the picture
/// (Zhang and He 2007, §3). Where the perspective is too weak to tell the focal length, a telephone's is taken.
pub(super) fn proportion(corners: &[Point; 4], (width, height): (f32, f32)) -> f32 {
    let middle = Point::new(width / 2.0, height / 2.0);
    let unit = f64::from(width.max(height).max(1.0));
    let ray = |corner: Point| {
        let offset = corner + middle * -1.0;
        [f64::from(offset.x) / unit, f64::from(offset.y) / unit, 1.0]
    };
    // The paper's m1 to m4: upper left, upper right, lower left, lower right.
    let (m1, m2, m4, m3) = (ray(corners[0]), ray(corners[1]), ray(corners[2]), ray(corners[3]));
    let flat = || plain_proportion(corners);
    let triple = |a: [f64; 3], b: [f64; 3], c: [f64; 3]| dot(cross(a, b), c);
    let (below2, below3) = (triple(m2, m4, m3), triple(m3, m4, m2));
    if below2.abs() < 1e-9 || below3.abs() < 1e-9 {
        return flat();
    }
    let (k2, k3) = (triple(m1, m4, m3) / below2, triple(m1, m4, m2) / below3);
    let n2: [f64; 3] = std::array::from_fn(|i| k2 * m2[i] - m1[i]);
    let n3: [f64; 3] = std::array::from_fn(|i| k3 * m3[i] - m1[i]);
    // With one pair of sides all but parallel the focal length drowns in noise.
    let product = n2[2] * n3[2];
    let solved = -(n2[0] * n3[0] + n2[1] * n3[1]) / product;
    let focal2 = if product.abs() > 4e-3 && solved > 0.0 { solved.clamp(0.3, 9.0) } else { 1.3 };
    let length = |n: [f64; 3]| (n[0] * n[0] + n[1] * n[1]) / focal2 + n[2] * n[2];
    let (across, down) = (length(n2), length(n3));
    if across <= 0.0 || down <= 0.0 { flat() } else { (across / down).sqrt() as f32 }
}

/// Mean length of the horizontal sides over that of the vertical ones.
fn plain_proportion(corners: &[Point; 4]) -> f32 {
    let side = |from: usize, to: usize| (corners[to] - corners[from]).length();
    (side(0, 1) + side(3, 2)) / (side(1, 2) + side(0, 3)).max(1e-3)
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
