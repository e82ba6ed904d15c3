//! A document as if it lay flat under a scanner.

use super::plane::Projection;
use super::shape::Shape;
use super::shrink::averaged;
use crate::geometry::Point;
use image::{Rgb, RgbImage};

/// Longer side of a flattened document in pixels; a sheet that the picture shows in more detail gets more.
const LONGER_SIDE: f32 = 1280.0;
const SHEET_SIDE: f32 = 1754.0;
/// Phases of the interpolation between two pixels.
const PHASES: usize = 64;

/// The document with its first corner at the upper left, in the standard size of its shape (a card 1280 by 807 pixels),
/// standing if its first side is the shorter one. What lies outside the picture is grey.
pub fn flatten(picture: &RgbImage, corners: &[Point; 4], shape: Shape) -> RgbImage {
    let (width, height) = flat_size(corners, shape);
    flatten_to(picture, corners, (width, height))
}

/// The same in a size of one's own choice, at most 4096 by 4096 pixels.
pub fn flatten_to(picture: &RgbImage, corners: &[Point; 4], (width, height): (u32, u32)) -> RgbImage {
    let (width, height) = (width.clamp(1, 4096), height.clamp(1, 4096));
    let size = (width as f32, height as f32);
    let source = Source::cut(picture, corners, size);
    let corners = corners.map(|corner| source.place(corner));
    let mut flat = RgbImage::from_pixel(width, height, Rgb([128; 3]));
    let Some(plane) = Projection::of(size, &corners) else { return flat };
    let kernel = kernel();
    for (x, y, pixel) in flat.enumerate_pixels_mut() {
        let at = plane.at(x as f32 + 0.5, y as f32 + 0.5);
        if let Some(colour) = sampled(&source.pixels, at, &kernel) {
            *pixel = Rgb(colour);
        }
    }
    flat
}

fn flat_size(corners: &[Point; 4], shape: Shape) -> (u32, u32) {
    let side = |from: usize, to: usize| (corners[to] - corners[from]).length();
    let (across, down) = (side(0, 1).max(side(3, 2)), side(1, 2).max(side(0, 3)));
    let seen = across.max(down);
    let longer = if shape == Shape::Card || seen < SHEET_SIDE { LONGER_SIDE } else { SHEET_SIDE };
    let shorter = (longer / shape.proportion()).round();
    if across >= down { (longer as u32, shorter as u32) } else { (shorter as u32, longer as u32) }
}

/// The part of the picture that is needed, shrunk so that one of its pixels is about one of the result.
struct Source {
    pixels: RgbImage,
    origin: Point,
    scale: (f32, f32),
}

impl Source {
    fn cut(picture: &RgbImage, corners: &[Point; 4], size: (f32, f32)) -> Self {
        let fold = |pick: fn(&Point) -> f32, most: u32| {
            let low = corners.iter().map(pick).fold(f32::MAX, f32::min) - 4.0;
            let high = corners.iter().map(pick).fold(f32::MIN, f32::max) + 4.0;
            let low = (low.max(0.0) as u32).min(most - 1);
            (low, (high.max(0.0).ceil() as u32).clamp(low + 1, most))
        };
        if picture.width() == 0 || picture.height() == 0 {
            return Self { pixels: RgbImage::new(1, 1), origin: Point::new(0.0, 0.0), scale: (1.0, 1.0) };
        }
        let (left, right) = fold(|corner| corner.x, picture.width());
        let (top, bottom) = fold(|corner| corner.y, picture.height());
        let (width, height) = (right - left, bottom - top);
        let cut = image::imageops::crop_imm(picture, left, top, width, height).to_image();
        // Detail is wanted where the document is nearest to the camera.
        let side = |from: usize, to: usize| (corners[to] - corners[from]).length();
        let step = (side(0, 1).max(side(3, 2)) / size.0).max(side(1, 2).max(side(0, 3)) / size.1);
        let origin = Point::new(left as f32, top as f32);
        if step < 1.3 {
            return Self { pixels: cut, origin, scale: (1.0, 1.0) };
        }
        let fitting = |length: u32| ((length as f32 / step).round() as u32).max(1);
        let pixels = averaged(&cut, fitting(width), fitting(height));
        let scale = (pixels.width() as f32 / width as f32, pixels.height() as f32 / height as f32);
        Self { pixels, origin, scale }
    }

    fn place(&self, at: Point) -> Point {
        Point::new((at.x - self.origin.x) * self.scale.0, (at.y - self.origin.y) * self.scale.1)
    }
}

/// Keys' cubic with a = -1/2 (1981) at 64 places between two pixels: weights of the four pixels around.
fn kernel() -> Vec<[f32; 4]> {
    let weights = |phase: usize| {
        let t = phase as f32 / PHASES as f32;
        let (t2, t3) = (t * t, t * t * t);
        [-0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1.0, -1.5 * t3 + 2.0 * t2 + 0.5 * t, 0.5 * (t3 - t2)]
    };
    (0..=PHASES).map(weights).collect()
}

/// Bicubic; the picture's border goes on for two pixels, beyond that there is nothing.
fn sampled(picture: &RgbImage, at: Point, kernel: &[[f32; 4]]) -> Option<[u8; 3]> {
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    let (width, height) = (picture.width() as i32, picture.height() as i32);
    if !(x > -2.0 && y > -2.0 && x < width as f32 + 1.0 && y < height as f32 + 1.0) {
        return None;
    }
    let (left, top) = (x.floor(), y.floor());
    let across = &kernel[((x - left) * PHASES as f32) as usize];
    let down = &kernel[((y - top) * PHASES as f32) as usize];
    let (left, top) = (left as i32, top as i32);
    let raw = picture.as_raw();
    let mut sum = [0f32; 3];
    for (row, weight) in down.iter().enumerate() {
        let y = (top - 1 + row as i32).clamp(0, height - 1);
        let line = &raw[(y * width * 3) as usize..][..width as usize * 3];
        for (column, share) in across.iter().enumerate() {
            let x = (left - 1 + column as i32).clamp(0, width - 1) as usize;
            let weight = weight * share;
            for (sum, value) in sum.iter_mut().zip(&line[x * 3..x * 3 + 3]) {
                *sum += weight * f32::from(*value);
            }
        }
    }
    Some(sum.map(|value| (value + 0.5).clamp(0.0, 255.0) as u8))
}
