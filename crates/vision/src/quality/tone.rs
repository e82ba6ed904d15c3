//! Light, reflections and colour of a flat document.

use super::BrightnessIssue;
use image::RgbImage;

/// Reflections smaller than this share of the document hide nothing.
const LEAST_GLARE: f32 = 0.006;
/// Range of the logarithms of red and blue over green below which a document has no colours.
const COLOURLESS: f32 = 0.09;

pub(super) struct Tone {
    pub(super) brightness_score: f32,
    pub(super) issue: BrightnessIssue,
    /// Reflections: left, top, right, bottom as fractions of the document.
    pub(super) glare: Vec<[f32; 4]>,
    pub(super) colour_score: f32,
    pub(super) is_colourless: bool,
}

pub(super) fn measure(flat: &RgbImage) -> Tone {
    let mut levels: Vec<u8> = flat.pixels().map(|pixel| level(pixel.0)).collect();
    levels.sort_unstable();
    let rank = |share: f32| f32::from(levels[((levels.len() - 1) as f32 * share) as usize]);
    let (ink, middle, paper) = (rank(0.02), rank(0.5), rank(0.85));
    // Paper of an evenly lit document is at 150 to 250; ink that is not dark any more is washed out.
    let dark = ((paper - 35.0) / 85.0).clamp(0.0, 1.0);
    let washed = if middle > 200.0 { ((ink - 130.0) / 90.0).clamp(0.0, 1.0) } else { 0.0 };
    let brightness_score = 100.0 * dark * (1.0 - washed);
    let issue = match brightness_score < 45.0 {
        true if dark < 0.45 => BrightnessIssue::TooDark,
        true => BrightnessIssue::TooBright,
        false => BrightnessIssue::Ok,
    };
    let range = colour_range(flat);
    Tone {
        brightness_score,
        issue,
        glare: glare(flat, middle, rank(0.7)),
        colour_score: (range / 0.4 * 100.0).clamp(0.0, 100.0),
        // Ink on paper has to be there for its lack of colour to mean anything.
        is_colourless: range < COLOURLESS && paper - ink > 40.0,
    }
}

fn level([red, green, blue]: [u8; 3]) -> u8 {
    ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
}

/// How far the colours spread apart from each other, whatever the colour of the light: the wider of the ranges of red
/// and blue over green, in logarithms, without the outermost twentieths.
fn colour_range(flat: &RgbImage) -> f32 {
    let range = |channel: usize| {
        let mut ratios: Vec<f32> = flat
            .pixels()
            .filter(|pixel| pixel.0.iter().all(|value| *value > 30))
            .map(|pixel| (f32::from(pixel.0[channel]) / f32::from(pixel.0[1])).ln())
            .collect();
        if ratios.len() < 50 {
            return 0.0;
        }
        ratios.sort_by(f32::total_cmp);
        ratios[ratios.len() * 19 / 20] - ratios[ratios.len() / 20]
    };
    range(0).max(range(2))
}

/// Boxes around patches that are nearly white in all colours and clearly lighter than the document's paper. A document
/// that is white all over has none.
fn glare(flat: &RgbImage, middle: f32, paper: f32) -> Vec<[f32; 4]> {
    let (width, height) = (flat.width() as usize, flat.height() as usize);
    let least = (paper + 14.0).max(middle + 20.0).max(225.0);
    let mut open: Vec<bool> =
        flat.pixels().map(|pixel| f32::from(*pixel.0.iter().min().unwrap_or(&0)) >= least).collect();
    let needed = (LEAST_GLARE * (width * height) as f32) as usize;
    let mut boxes = Vec::new();
    for start in 0..open.len() {
        if !open[start] {
            continue;
        }
        open[start] = false;
        let mut stack = vec![start];
        let mut count = 0;
        let (mut left, mut top, mut right, mut bottom) = (width, height, 0, 0);
        while let Some(cell) = stack.pop() {
            let (x, y) = (cell % width, cell / width);
            count += 1;
            (left, top, right, bottom) = (left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1));
            let neighbours = [
                (x > 0).then(|| cell - 1),
                (x + 1 < width).then(|| cell + 1),
                (y > 0).then(|| cell - width),
                (y + 1 < height).then(|| cell + width),
            ];
            for next in neighbours.into_iter().flatten() {
                if open[next] {
                    open[next] = false;
                    stack.push(next);
                }
            }
        }
        // A reflection is a blot; letters' gaps and frames are not.
        if count >= needed && count * 5 > (right - left) * (bottom - top) * 2 {
            let (w, h) = (width as f32, height as f32);
            boxes.push([left as f32 / w, top as f32 / h, right as f32 / w, bottom as f32 / h]);
        }
    }
    boxes
}
