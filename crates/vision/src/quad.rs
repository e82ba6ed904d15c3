//! Quadrilaterals in a picture, cut out flat.

use image::GrayImage;

use crate::geometry::Point;
use crate::pyramid::Pyramid;

/// The projection of the unit square onto a quadrilateral, its corners given clockwise from the upper left one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Projection([f32; 8]);

impl Projection {
    /// None where three corners lie on one line or the sides cross.
    pub(crate) fn onto([a, b, c, d]: [Point; 4]) -> Option<Self> {
        let turns = [(a, b, c), (b, c, d), (c, d, a), (d, a, b)].map(|(p, q, r)| (q - p).cross(r - q));
        let convex = turns.iter().all(|turn| *turn > 1e-3) || turns.iter().all(|turn| *turn < -1e-3);
        if !convex || ![a, b, c, d].iter().all(|point| point.x.is_finite() && point.y.is_finite()) {
            return None;
        }
        let (right, left) = (b - c, d - c);
        let skew = a - b + c - d;
        let determinant = right.cross(left);
        let g = skew.cross(left) / determinant;
        let h = right.cross(skew) / determinant;
        let across = b - a + b * g;
        let down = d - a + d * h;
        Some(Self([across.x, down.x, a.x, across.y, down.y, a.y, g, h]))
    }

    /// Where a place of the unit square lies; a little outside of the square is allowed.
    pub(crate) fn at(&self, u: f32, v: f32) -> Point {
        let [xu, xv, x, yu, yv, y, g, h] = self.0;
        let depth = g * u + h * v + 1.0;
        let depth = if depth.abs() < 1e-4 { 1e-4 } else { depth };
        Point::new((xu * u + xv * v + x) / depth, (yu * u + yv * v + y) / depth)
    }
}

/// Mean length of the upper and lower and of the left and right side.
pub(crate) fn size([a, b, c, d]: [Point; 4]) -> (f32, f32) {
    (f32::midpoint((b - a).length(), (c - d).length()), f32::midpoint((d - a).length(), (c - b).length()))
}

/// The quadrilateral in grey, `width` by `height` pixels. Beyond the picture its edge goes on.
pub(crate) fn cut_grey(pyramid: &Pyramid, quad: [Point; 4], width: u32, height: u32) -> Option<GrayImage> {
    let projection = Projection::onto(quad)?;
    let (across, down) = size(quad);
    let (level, factor) = pyramid.for_step((across / width as f32).min(down / height as f32));
    let mut raw = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            let at = projection.at((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32);
            raw.push(sample_grey(level, at * (1.0 / factor)));
        }
    }
    GrayImage::from_raw(width, height, raw)
}

fn sample_grey(image: &GrayImage, at: Point) -> u8 {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let x = (at.x - 0.5).clamp(0.0, width as f32 - 1.0);
    let y = (at.y - 0.5).clamp(0.0, height as f32 - 1.0);
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let raw = image.as_raw();
    let pixel = |x: usize, y: usize| f32::from(raw[y * width + x]);
    let (across, down) = (x - left as f32, y - top as f32);
    let upper = pixel(left, top) * (1.0 - across) + pixel(right, top) * across;
    let lower = pixel(left, bottom) * (1.0 - across) + pixel(right, bottom) * across;
    (upper * (1.0 - down) + lower * down + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_of_the_square_fall_on_the_corners_of_the_quadrilateral() {
        let quad = [(10.0, 12.0), (110.0, 5.0), (130.0, 80.0), (4.0, 70.0)].map(|(x, y)| Point::new(x, y));
        let projection = Projection::onto(quad).unwrap();
        for (corner, (u, v)) in quad.into_iter().zip([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]) {
            assert!((projection.at(u, v) - corner).length() < 1e-3, "{corner:?}");
        }
    }

    #[test]
    fn three_corners_on_a_line_are_no_quadrilateral() {
        let flat = [(0.0, 0.0), (5.0, 0.0), (10.0, 0.0), (3.0, 9.0)].map(|(x, y)| Point::new(x, y));
        assert!(Projection::onto(flat).is_none());
    }
}
