//! Where text lies above and below a known line: rows of the picture with many strokes across them.

use crate::pyramid::Pyramid;
use crate::rectify::{Line, cut};

/// Samples per pitch.
const FINENESS: f32 = 8.0;
/// Pitches looked at above and below the line.
const REACH: f32 = 7.0;
/// Two lines are at least this many pitches apart.
const APART: f32 = 1.2;
/// Strokes in a text line, relative to those in the known one.
const LEAST_SHARE: f32 = 0.3;

/// The nearest text line to the known one that is not in `taken`, as a distance downwards in picture pixels; `taken`
/// are such distances.
pub(super) fn next_line(pyramid: &Pyramid, known: &Line, taken: &[f32]) -> Option<f32> {
    let step = known.pitch() / FINENESS;
    let height = (2.0 * REACH * FINENESS) as u32 + 1;
    let strokes = smooth(&strokes(&cut(pyramid, known, step, height)), FINENESS as usize / 2);
    let centre = strokes.len() / 2;
    let offset = |index: usize| (index as f32 - centre as f32) * step;
    let least = strokes[centre] * LEAST_SHARE;
    let is_peak = |&index: &usize| {
        let window = index.saturating_sub(6)..(index + 7).min(strokes.len());
        strokes[index] >= least && strokes[window].iter().all(|&other| other <= strokes[index])
    };
    (4..strokes.len() - 4)
        .filter(is_peak)
        .map(offset)
        .filter(|offset| offset.abs() >= APART * known.pitch())
        .filter(|offset| taken.iter().all(|other| (other - offset).abs() >= APART * known.pitch()))
        .min_by(|a, b| a.abs().total_cmp(&b.abs()))
}

/// Mean change from sample to sample along each row.
fn strokes(cut: &image::GrayImage) -> Vec<f32> {
    let width = cut.width() as usize;
    cut.as_raw()
        .chunks_exact(width)
        .map(|row| {
            let changes: u32 = row.windows(2).map(|pair| u32::from(pair[0].abs_diff(pair[1]))).sum();
            changes as f32 / width as f32
        })
        .collect()
}

fn smooth(values: &[f32], reach: usize) -> Vec<f32> {
    (0..values.len())
        .map(|index| {
            let window = &values[index.saturating_sub(reach)..(index + reach + 1).min(values.len())];
            window.iter().sum::<f32>() / window.len() as f32
        })
        .collect()
}
