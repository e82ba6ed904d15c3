//! What paper, ink and glass do to light: blacks and whites, colours, grain, and what is around the document.

use crate::document::part;
use crate::geometry::Point;
use image::RgbImage;

pub(super) const MEASURES: usize = 11;

/// Side of the blocks that grain is measured in, in pixels of the picture.
const BLOCK: i64 = 12;

pub(super) fn measure(picture: &RgbImage, corners: &[Point; 4], flat: &RgbImage) -> [f32; MEASURES] {
    let mut levels: Vec<u8> = flat.pixels().step_by(7).map(|pixel| pixel.0[1]).collect();
    levels.sort_unstable();
    let rank = |share: f32| {
        levels.get((levels.len() as f32 * share) as usize).map_or(0.0, |value| f32::from(*value))
    };
    let (blue, colourful) = colours(flat);
    let (light_grain, colour_grain) = grain(picture, corners);
    let around = around(picture, corners);
    [
        rank(0.01) / 64.0,
        rank(0.5) / 64.0,
        rank(0.99) / 64.0,
        blue,
        colourful,
        light_grain,
        colour_grain,
        around.white,
        around.dark,
        around.spread,
        around.step,
    ]
}

/// Median logarithm of blue over green, and the range of red over green.
fn colours(flat: &RgbImage) -> (f32, f32) {
    let ratios = |channel: usize| {
        let bright = flat.pixels().step_by(11).filter(|pixel| pixel.0.iter().all(|value| *value > 24));
        let mut ratios: Vec<f32> =
            bright.map(|pixel| (f32::from(pixel.0[channel]) / f32::from(pixel.0[1])).ln()).collect();
        ratios.sort_by(f32::total_cmp);
        ratios
    };
    let (red, blue) = (ratios(0), ratios(2));
    let rank = |values: &[f32], share: f32| {
        values.get((values.len() as f32 * share) as usize).copied().unwrap_or(0.0)
    };
    (rank(&blue, 0.5), rank(&red, 0.95) - rank(&red, 0.05))
}

/// Logarithm of the deviation of neighbouring pixels from each other in the smoothest quarter of the blocks, of green and
/// of red against blue.
fn grain(picture: &RgbImage, corners: &[Point; 4]) -> (f32, f32) {
    let mut blocks: Vec<(f32, f32)> = Vec::new();
    for index in 0..24 * 16 {
        let (u, v) = (0.04 + 0.92 * (index % 24) as f32 / 23.0, 0.05 + 0.9 * (index / 24) as f32 / 15.0);
        let Some([place, ..]) = part(corners, [u, v, u, v]) else { continue };
        let (x0, y0) = (place.x as i64, place.y as i64);
        let fits = x0 >= BLOCK
            && y0 >= BLOCK
            && x0 + BLOCK < i64::from(picture.width())
            && y0 + BLOCK < i64::from(picture.height());
        if !place.x.is_finite() || !place.y.is_finite() || !fits {
            continue;
        }
        let pixel = |x: i64, y: i64| {
            let [red, green, blue] = picture.get_pixel(x as u32, y as u32).0.map(f32::from);
            (green, red - blue)
        };
        let (mut light, mut colour) = (0.0, 0.0);
        for y in y0 - BLOCK / 2..y0 + BLOCK / 2 {
            for x in x0 - BLOCK / 2..x0 + BLOCK / 2 {
                let around = [pixel(x - 1, y), pixel(x + 1, y), pixel(x, y - 1), pixel(x, y + 1)];
                let mean =
                    around.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0 / 4.0, sum.1 + one.1 / 4.0));
                let here = pixel(x, y);
                light += (here.0 - mean.0).powi(2);
                colour += (here.1 - mean.1).powi(2);
            }
        }
        let count = (BLOCK * BLOCK) as f32;
        blocks.push((light / count, colour / count));
    }
    let quarter = |pick: fn(&(f32, f32)) -> f32| {
        let mut values: Vec<f32> = blocks.iter().map(pick).collect();
        values.sort_by(f32::total_cmp);
        (values.get(values.len() / 4).copied().unwrap_or(0.0) + 0.05).ln() / 2.0
    };
    (quarter(|block| block.0), quarter(|block| block.1))
}

struct Around {
    /// Shares of the band around the document that are white and that are dark and without colour.
    white: f32,
    dark: f32,
    /// Deviation of its light.
    spread: f32,
    /// Mean change of light from the band's inner to its outer edge.
    step: f32,
}

/// The band from 1.5 to 6 % beyond the document's sides.
fn around(picture: &RgbImage, corners: &[Point; 4]) -> Around {
    let mut inner = Vec::new();
    let mut outer = Vec::new();
    for depth in [0.015, 0.03, 0.06] {
        let band = if depth < 0.02 { &mut inner } else { &mut outer };
        for index in 0..160 {
            let along = (index % 40) as f32 / 39.0;
            let (u, v) = match index / 40 {
                0 => (along, -depth),
                1 => (1.0 + depth, along),
                2 => (along, 1.0 + depth),
                _ => (-depth, along),
            };
            let Some([place, ..]) = part(corners, [u, v, u, v]) else { continue };
            let inside = place.x >= 0.0
                && place.y >= 0.0
                && place.x < picture.width() as f32
                && place.y < picture.height() as f32;
            if inside {
                band.push(picture.get_pixel(place.x as u32, place.y as u32).0.map(f32::from));
            }
        }
    }
    let light = |colour: &[f32; 3]| (colour[0] + colour[1] + colour[2]) / 3.0;
    let colourless = |colour: &[f32; 3]| colour.iter().all(|value| (value - light(colour)).abs() < 12.0);
    let all: Vec<[f32; 3]> = inner.iter().chain(&outer).copied().collect();
    let count = all.len().max(1) as f32;
    let share =
        |test: &dyn Fn(&[f32; 3]) -> bool| all.iter().filter(|colour| test(colour)).count() as f32 / count;
    let mean = |colours: &[[f32; 3]]| colours.iter().map(light).sum::<f32>() / colours.len().max(1) as f32;
    let middle = mean(&all);
    let spread = (all.iter().map(|colour| (light(colour) - middle).powi(2)).sum::<f32>() / count).sqrt();
    Around {
        white: share(&|colour| light(colour) > 190.0 && colourless(colour)),
        dark: share(&|colour| light(colour) < 60.0 && colourless(colour)),
        spread: spread / 64.0,
        step: (mean(&inner) - mean(&outer)) / 64.0,
    }
}
