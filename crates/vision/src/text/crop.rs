//! A line cut out upright, 48 pixels high.

use image::{Rgb, RgbImage};

use crate::geometry::Point;
use crate::quad::{self, Projection};

/// Height of the recogniser's input.
pub(super) const HEIGHT: u32 = 48;
/// Longer lines are squeezed; a line of 150 characters has about so many pixels.
const WIDEST: u32 = 3200;

/// Averages over the picture's pixels where they are smaller than the strip's.
pub(super) fn strip(picture: &RgbImage, corners: [Point; 4]) -> Option<RgbImage> {
    if picture.width() == 0 || picture.height() == 0 {
        return None;
    }
    let (across, down) = quad::size(corners);
    if !(across >= 1.0 && down >= 1.0) {
        return None;
    }
    let width = ((across * HEIGHT as f32 / down).ceil() as u32).clamp(8, WIDEST);
    let projection = Projection::onto(corners)?;
    let taps = ((down / HEIGHT as f32 / 1.2).ceil() as u32).clamp(1, 8);
    let mut strip = RgbImage::new(width, HEIGHT);
    for (x, y, pixel) in strip.enumerate_pixels_mut() {
        let mut sum = [0.0f32; 3];
        for tap in 0..taps * taps {
            let offset = |n: u32| (n as f32 + 0.5) / taps as f32;
            let u = (x as f32 + offset(tap % taps)) / width as f32;
            let v = (y as f32 + offset(tap / taps)) / HEIGHT as f32;
            let colour = sample(picture, projection.at(u, v));
            (0..3).for_each(|channel| sum[channel] += colour[channel]);
        }
        *pixel = Rgb(sum.map(|value| (value / (taps * taps) as f32 + 0.5) as u8));
    }
    Some(strip)
}

/// Bilinear; beyond the edge the edge goes on.
fn sample(picture: &RgbImage, at: Point) -> [f32; 3] {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let x = (at.x - 0.5).clamp(0.0, width as f32 - 1.0);
    let y = (at.y - 0.5).clamp(0.0, height as f32 - 1.0);
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let raw = picture.as_raw();
    let (across, down) = (x - left as f32, y - top as f32);
    std::array::from_fn(|channel| {
        let pixel = |x: usize, y: usize| f32::from(raw[(y * width + x) * 3 + channel]);
        let upper = pixel(left, top) * (1.0 - across) + pixel(right, top) * across;
        let lower = pixel(left, bottom) * (1.0 - across) + pixel(right, bottom) * across;
        upper * (1.0 - down) + lower * down
    })
}

/// Blue, green and red planes, −1 to 1, of a picture placed at the left of `width` columns of middle grey.
pub(super) fn planes(picture: &RgbImage, width: u32) -> Vec<f32> {
    let (columns, rows) = (width as usize, picture.height() as usize);
    let mut planes = vec![0.0f32; 3 * columns * rows];
    for (x, y, pixel) in picture.enumerate_pixels().filter(|(x, _, _)| *x < width) {
        for (plane, channel) in [2, 1, 0].into_iter().enumerate() {
            planes[(plane * rows + y as usize) * columns + x as usize] =
                f32::from(pixel[channel]) / 127.5 - 1.0;
        }
    }
    planes
}
