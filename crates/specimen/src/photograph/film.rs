//! The picture while light still falls on it: linear rows of red, green and blue as numbers, 0 to 255.

use crate::canvas::Colour;
use crate::dice::Dice;
use image::RgbImage;

pub(crate) struct Film {
    pub(crate) width: usize,
    pub(crate) height: usize,
    values: Vec<f32>,
    /// The buffer that the next blur writes to.
    spare: Vec<f32>,
}

/// One step of a blur: how far to look along x and y, and how much of it to take.
pub(crate) type Tap = (i32, i32, f32);

impl Film {
    pub(crate) fn new((width, height): (u32, u32)) -> Film {
        let (width, height) = (width as usize, height as usize);
        Film { width, height, values: vec![0.0; width * height * 3], spare: Vec::new() }
    }

    /// Changes every pixel within left, top, right and bottom, cut to the film.
    pub(crate) fn each(&mut self, bounds: [f32; 4], mut change: impl FnMut(f32, f32, Colour) -> Colour) {
        let inside = |value: f32, most: usize| (value.max(0.0) as usize).min(most);
        let columns = inside(bounds[0], self.width)..inside(bounds[2] + 1.0, self.width);
        for y in inside(bounds[1], self.height)..inside(bounds[3] + 1.0, self.height) {
            let row = &mut self.values[y * self.width * 3..][..self.width * 3];
            let pixels = row[columns.start * 3..columns.end * 3].as_chunks_mut::<3>().0;
            for (x, pixel) in columns.clone().zip(pixels) {
                *pixel = change(x as f32 + 0.5, y as f32 + 0.5, *pixel);
            }
        }
    }

    pub(crate) fn everywhere(&self) -> [f32; 4] {
        [0.0, 0.0, self.width as f32, self.height as f32]
    }

    /// A sum of shifted copies; beyond the edge the edge goes on.
    pub(crate) fn convolve(&mut self, taps: &[Tap]) {
        if taps.len() < 2 {
            return;
        }
        let row_length = self.width * 3;
        self.spare.resize(self.values.len(), 0.0);
        for (y, out) in self.spare.chunks_exact_mut(row_length).enumerate() {
            out.fill(0.0);
            for &(dx, dy, weight) in taps {
                let from = y.saturating_add_signed(dy as isize).min(self.height - 1);
                add_shifted(out, &self.values[from * row_length..][..row_length], dx, weight);
            }
        }
        std::mem::swap(&mut self.values, &mut self.spare);
    }

    /// Adds the sensor's noise, stronger in the light as photons count, and rounds to bytes.
    pub(crate) fn develop(self, noise: f32, dice: &mut Dice) -> RgbImage {
        let mut bytes = vec![0; self.values.len()];
        for (pair, bytes) in self.values.chunks(2).zip(bytes.chunks_mut(2)) {
            let bits = dice.bits().to_le_bytes();
            for ((value, byte), throw) in pair.iter().zip(bytes).zip(bits.as_chunks::<4>().0) {
                // The sum of four even bytes is near enough to normal: mean 510, deviation 147.8.
                let sum: u16 = throw.iter().map(|byte| u16::from(*byte)).sum();
                let normal = (f32::from(sum) - 510.0) / 147.8;
                let deviation = noise * (0.5 + 0.5 * (value.max(0.0) / 128.0).sqrt());
                *byte = (value + normal * deviation + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
        RgbImage::from_raw(self.width as u32, self.height as u32, bytes)
            .expect("the film has three values for each pixel")
    }
}

fn add_shifted(out: &mut [f32], row: &[f32], dx: i32, weight: f32) {
    let length = out.len();
    let shift = (dx.unsigned_abs() as usize * 3).min(length - 3);
    let edge: [f32; 3];
    let (inner, source, outer) = if dx >= 0 {
        edge = [row[length - 3], row[length - 2], row[length - 1]];
        let (inner, outer) = out.split_at_mut(length - shift);
        (inner, &row[shift..], outer)
    } else {
        edge = [row[0], row[1], row[2]];
        let (outer, inner) = out.split_at_mut(shift);
        (inner, &row[..length - shift], outer)
    };
    for (out, value) in inner.iter_mut().zip(source) {
        *out += weight * value;
    }
    for (index, out) in outer.iter_mut().enumerate() {
        *out += weight * edge[index % 3];
    }
}
