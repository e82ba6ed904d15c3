//! Looks up a page's colour between its dots.

use crate::canvas::{Colour, DOTS_PER_MM};
use image::RgbImage;

/// A page's image, halved as often as the picture is smaller than it.
pub(crate) struct Sampler<'a> {
    image: std::borrow::Cow<'a, RgbImage>,
    dots_per_mm: f32,
}

impl Sampler<'_> {
    /// `halvings` is how often the sheet may be halved at most.
    pub(crate) fn new(image: &RgbImage, pixels_per_mm: f32, halvings: u32) -> Sampler<'_> {
        let mut sampler = Sampler { image: std::borrow::Cow::Borrowed(image), dots_per_mm: DOTS_PER_MM };
        for _ in 0..halvings {
            let image = &sampler.image;
            if pixels_per_mm > 0.62 * sampler.dots_per_mm || image.width() < 8 || image.height() < 8 {
                break;
            }
            let half = image::imageops::thumbnail(image.as_ref(), image.width() / 2, image.height() / 2);
            let dots_per_mm = sampler.dots_per_mm * half.width() as f32 / image.width() as f32;
            sampler = Sampler { image: std::borrow::Cow::Owned(half), dots_per_mm };
        }
        sampler
    }

    /// The colour at a point in millimetres, between the dots.
    pub(crate) fn at(&self, u: f32, v: f32) -> Colour {
        let (width, height) = (self.image.width() as usize, self.image.height() as usize);
        let x = (u * self.dots_per_mm - 0.5).clamp(0.0, width as f32 - 1.001);
        let y = (v * self.dots_per_mm - 0.5).clamp(0.0, height as f32 - 1.001);
        let (column, row) = (x as usize, y as usize);
        let (share_x, share_y) = (x - column as f32, y - row as f32);
        let upper = &self.image.as_raw()[(row * width + column) * 3..][..6];
        let lower = &self.image.as_raw()[((row + 1) * width + column) * 3..][..6];
        std::array::from_fn(|channel| {
            let along = |row: &[u8]| {
                let (left, right) = (f32::from(row[channel]), f32::from(row[channel + 3]));
                left + (right - left) * share_x
            };
            let (upper, lower) = (along(upper), along(lower));
            upper + (lower - upper) * share_y
        })
    }
}
