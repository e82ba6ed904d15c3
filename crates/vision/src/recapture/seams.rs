//! Places on a document that do not belong to the rest of it.

use super::Place;
use image::RgbImage;

pub(super) const PORTRAIT: usize = 6;
pub(super) const FIELD: usize = 4;

/// A part of the flat picture in pixels: left, top, right, bottom; nothing if it is smaller than 8 pixels each way.
fn pixels(flat: &RgbImage, [left, top, right, bottom]: Place) -> Option<[i64; 4]> {
    let (width, height) = (flat.width() as f32, flat.height() as f32);
    let place = [left * width, top * height, right * width, bottom * height];
    if !place.iter().all(|value| value.is_finite()) {
        return None;
    }
    let [left, top, right, bottom] = place.map(|value| value.round() as i64);
    let (left, top) = (left.max(0), top.max(0));
    let (right, bottom) = (right.min(i64::from(flat.width())), bottom.min(i64::from(flat.height())));
    (right - left >= 8 && bottom - top >= 8).then_some([left, top, right, bottom])
}

fn level(flat: &RgbImage, x: i64, y: i64) -> f32 {
    let x = x.clamp(0, i64::from(flat.width()) - 1) as u32;
    let y = y.clamp(0, i64::from(flat.height()) - 1) as u32;
    let [red, green, blue] = flat.get_pixel(x, y).0.map(f32::from);
    0.3 * red + 0.59 * green + 0.11 * blue
}

/// How far a pixel is from the mean of its neighbours two pixels away.
fn fine(flat: &RgbImage, x: i64, y: i64) -> f32 {
    let around =
        level(flat, x - 2, y) + level(flat, x + 2, y) + level(flat, x, y - 2) + level(flat, x, y + 2);
    (level(flat, x, y) - around / 4.0).abs()
}

/// Along the portrait's frame: lines that are lighter or darker than both sides, how steep its edge is, and how grain
/// and light differ on it from the rest of the document.
pub fn portrait(flat: &RgbImage, place: Place) -> Option<[f32; PORTRAIT]> {
    let [left, top, right, bottom] = pixels(flat, place)?;
    let (mut light, mut dark, mut steep) = (0f32, 0f32, 0f32);
    let sides =
        [(left..right, 0, top), (left..right, 0, bottom), (top..bottom, 1, left), (top..bottom, 1, right)];
    for (along, axis, at) in &sides {
        // The mean across the frame, 24 pixels either way, over the middle of the side.
        let margin = (along.end - along.start) / 8;
        let middle = along.start + margin..along.end - margin;
        let count = (middle.end - middle.start).max(1) as f32;
        let across: Vec<f32> = (-24..=24)
            .map(|shift| {
                let at = at + shift;
                let at = |step| if *axis == 0 { level(flat, step, at) } else { level(flat, at, step) };
                middle.clone().map(at).sum::<f32>() / count
            })
            .collect();
        for index in 8..across.len() - 8 {
            let (before, here, after) = (across[index - 7], across[index], across[index + 7]);
            light = light.max(here - before.max(after));
            dark = dark.max(before.min(after) - here);
            steep = steep.max((across[index + 1] - across[index - 1]).abs());
        }
    }
    let grain_of = |from: [i64; 4]| median(sample(from).map(|(x, y)| fine(flat, x, y)).collect());
    let inner = [left + 8, top + 8, right - 8, bottom - 8];
    let whole = [0, 0, i64::from(flat.width()), i64::from(flat.height())];
    let (own, other) = (grain_of(inner), grain_of(whole));
    let ratio = |channel: usize| {
        let mean = |from: [i64; 4]| {
            let (mut sum, mut green) = (1.0, 1.0);
            for (x, y) in sample(from) {
                let pixel = flat.get_pixel(x as u32, y as u32).0;
                sum += f32::from(pixel[channel]);
                green += f32::from(pixel[1]);
            }
            sum / green
        };
        if right - left > 20 && bottom - top > 20 { mean(inner) / mean(whole) } else { 1.0 }
    };
    let tint = (ratio(0).ln()).abs().max(ratio(2).ln().abs());
    Some([light / 32.0, dark / 32.0, steep / 32.0, ((own + 0.3) / (other + 0.3)).ln(), own / 8.0, tint])
}

/// How smooth the ground between and around the letters of a value is against the ground further away, and how steep its
/// letters are against the rest of the document's.
pub fn field(flat: &RgbImage, place: Place) -> Option<[f32; FIELD]> {
    let [left, top, right, bottom] = pixels(flat, place)?;
    let high = bottom - top;
    let far = [left - 3 * high, top - 3 * high, right + 3 * high, bottom + 3 * high];
    let far = [
        far[0].max(0),
        far[1].max(0),
        far[2].min(i64::from(flat.width())),
        far[3].min(i64::from(flat.height())),
    ];
    let near = [left, top, right, bottom];
    let paper = quantile(sample(near).map(|(x, y)| level(flat, x, y)).collect(), 0.7);
    let ground = |from: [i64; 4]| {
        let ground = sample(from).filter(|(x, y)| (level(flat, *x, *y) - paper).abs() < 24.0);
        ground.map(|(x, y)| fine(flat, x, y)).collect::<Vec<f32>>()
    };
    let (own, other) = (ground(near), ground(far));
    if own.len() < 30 || other.len() < 30 {
        return None;
    }
    let (own, other) = (
        [0.5, 0.8].map(|share| quantile(own.clone(), share)),
        [0.5, 0.8].map(|share| quantile(other.clone(), share)),
    );
    let ink = |from: [i64; 4]| quantile(sample(from).map(|(x, y)| level(flat, x, y)).collect(), 0.06);
    let steep = |from: [i64; 4]| quantile(sample(from).map(|(x, y)| fine(flat, x, y)).collect(), 0.95);
    Some([
        ((own[0] + 0.3) / (other[0] + 0.3)).ln(),
        ((own[1] + 0.3) / (other[1] + 0.3)).ln(),
        (ink(near) - ink(far)) / 64.0,
        ((steep(near) + 1.0) / (steep(far) + 1.0)).ln(),
    ])
}

/// About 4000 places of a part, evenly spread.
fn sample([left, top, right, bottom]: [i64; 4]) -> impl Iterator<Item = (i64, i64)> {
    let area = ((right - left).max(0) * (bottom - top).max(0)) as f32;
    let step = ((area / 4000.0).sqrt().floor() as usize).max(1);
    (top..bottom).step_by(step).flat_map(move |y| (left..right).step_by(step).map(move |x| (x, y)))
}

fn median(values: Vec<f32>) -> f32 {
    quantile(values, 0.5)
}

fn quantile(mut values: Vec<f32>, share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    values
        .get(((values.len() as f32 * share) as usize).min(values.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0.0)
}
