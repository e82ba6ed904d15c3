//! Grey copies of a picture at falling sizes.

use image::{GrayImage, RgbImage};

/// The picture in grey and its halvings: `levels[n]` is `2^n` times smaller than the picture.
pub(crate) struct Pyramid {
    levels: Vec<GrayImage>,
}

/// No level's longer side falls below this.
const SMALLEST_SIDE: u32 = 256;

impl Pyramid {
    pub(crate) fn of(pixels: &RgbImage) -> Self {
        let mut levels = vec![grey(pixels)];
        while let Some(last) = levels.last()
            && last.width().max(last.height()) / 2 >= SMALLEST_SIDE
            && last.width().min(last.height()) >= 2
        {
            let half = halve(last);
            levels.push(half);
        }
        Self { levels }
    }

    pub(crate) fn full(&self) -> &GrayImage {
        &self.levels[0]
    }

    /// The level to sample when neighbouring samples lie `step` picture pixels apart, and its shrink factor.
    pub(crate) fn for_step(&self, step: f32) -> (&GrayImage, f32) {
        let mut level = 0;
        let mut factor = 1.0;
        while level + 1 < self.levels.len() && step >= factor * 1.7 {
            level += 1;
            factor *= 2.0;
        }
        (&self.levels[level], factor)
    }

    /// The picture with its longer side at `side` pixels, and picture pixels per pixel of it.
    pub(crate) fn resized(&self, side: u32) -> (GrayImage, f32) {
        let full = self.full().width().max(self.full().height());
        let step = full as f32 / side as f32;
        let (level, factor) = self.for_step(step);
        (stretch(level, step / factor, self.full().dimensions(), step), step)
    }
}

fn grey(pixels: &RgbImage) -> GrayImage {
    let raw = pixels
        .as_raw()
        .chunks_exact(3)
        .map(|rgb| {
            ((u32::from(rgb[0]) * 77 + u32::from(rgb[1]) * 150 + u32::from(rgb[2]) * 29 + 128) >> 8) as u8
        })
        .collect();
    GrayImage::from_raw(pixels.width(), pixels.height(), raw).expect("one grey byte per pixel")
}

/// Mean of each block of 2 by 2 pixels; an odd last row or column is dropped.
pub(crate) fn halve(image: &GrayImage) -> GrayImage {
    let (width, height) = (image.width() as usize / 2, image.height() as usize / 2);
    let stride = image.width() as usize;
    let source = image.as_raw();
    let mut raw = Vec::with_capacity(width * height);
    for y in 0..height {
        let upper = &source[2 * y * stride..][..2 * width];
        let lower = &source[(2 * y + 1) * stride..][..2 * width];
        raw.extend(upper.chunks_exact(2).zip(lower.chunks_exact(2)).map(|(upper, lower)| {
            let sum = u16::from(upper[0]) + u16::from(upper[1]) + u16::from(lower[0]) + u16::from(lower[1]);
            ((sum + 2) / 4) as u8
        }));
    }
    GrayImage::from_raw(width as u32, height as u32, raw).expect("one byte per block")
}

fn stretch(level: &GrayImage, ratio: f32, full: (u32, u32), step: f32) -> GrayImage {
    let width = ((full.0 as f32 / step).round() as u32).max(1);
    let height = ((full.1 as f32 / step).round() as u32).max(1);
    if (width, height) == level.dimensions() {
        return level.clone();
    }
    let columns: Vec<_> = (0..width).map(|x| tap(x, ratio, level.width())).collect();
    let stride = level.width() as usize;
    let source = level.as_raw();
    let mut raw = Vec::with_capacity(width as usize * height as usize);
    for y in 0..height {
        let (top, bottom, down) = tap(y, ratio, level.height());
        let upper = &source[top * stride..][..stride];
        let lower = &source[bottom * stride..][..stride];
        raw.extend(columns.iter().map(|&(left, right, across)| {
            let mix = |row: &[u8]| u32::from(row[left]) * (256 - across) + u32::from(row[right]) * across;
            ((mix(upper) * (256 - down) + mix(lower) * down + (1 << 15)) >> 16) as u8
        }));
    }
    GrayImage::from_raw(width, height, raw).expect("one byte per pixel")
}

/// The two source pixels that a target pixel lies between, and the weight of the second in 256ths.
fn tap(target: u32, ratio: f32, length: u32) -> (usize, usize, u32) {
    let centre = ((target as f32 + 0.5) * ratio - 0.5).clamp(0.0, length as f32 - 1.0);
    let first = centre as u32;
    let second = (first + 1).min(length - 1);
    (first as usize, second as usize, ((centre - first as f32) * 256.0) as u32)
}
