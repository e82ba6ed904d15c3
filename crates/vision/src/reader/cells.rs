//! What stands in each cell of the grid, with the likeliest alternatives.

use model::reading::{Candidate, Glyph, LineReading};

use super::grid::Grid;
use super::scores::{ALPHABET, CLASSES, Scores};

/// Alternatives kept per cell: enough for a check digit to choose from.
const CANDIDATES: usize = 5;
/// The part of the pitch around a cell's centre where the network was taught to name the character.
const REACH: f32 = 0.27;

/// The network was taught to leave this much in doubt, spread over all classes (`train.py`, label smoothing). That is
/// a help to learning and no knowledge about the picture, so it is taken out again.
const TAUGHT_DOUBT: f32 = 0.02;

/// The line, and the sum of the log-probabilities of its best characters.
pub(super) fn read(scores: &Scores, grid: &Grid) -> (LineReading, f32) {
    let mut certainty = 0.0;
    let mut glyphs = Vec::with_capacity(grid.centres.len());
    for &centre in &grid.centres {
        let glyph = glyph(&cell(scores, centre, grid.pitch * REACH));
        certainty += glyph.best().confidence.max(1e-4).ln();
        glyphs.push(glyph);
    }
    (LineReading { glyphs }, certainty)
}

/// The class probabilities of a cell: the columns near its centre, averaged as logarithms and made to sum to one.
fn cell(scores: &Scores, centre: f32, reach: f32) -> [f32; CLASSES] {
    let last = scores.len() - 1;
    let nearest = (centre.round().max(0.0) as usize).min(last);
    let from = ((centre - reach).ceil().max(0.0) as usize).min(nearest);
    let to = ((centre + reach).floor().max(0.0) as usize).clamp(nearest, last);
    let mut mean = [0.0; CLASSES];
    for at in from..=to {
        for (sum, log) in mean.iter_mut().zip(scores.column(at)) {
            *sum += log / (to - from + 1) as f32;
        }
    }
    let highest = mean.iter().copied().fold(f32::MIN, f32::max);
    let total: f32 = mean.iter().map(|log| (log - highest).exp()).sum();
    let share = TAUGHT_DOUBT / CLASSES as f32;
    let known = mean.map(|log| ((log - highest).exp() / total - share).max(0.0));
    let certain: f32 = known.iter().sum();
    known.map(|probability| probability / certain)
}

fn glyph(probabilities: &[f32; CLASSES]) -> Glyph {
    let mut candidates: Vec<Candidate> = ALPHABET
        .iter()
        .zip(&probabilities[1..])
        .map(|(&character, &confidence)| Candidate { character: char::from(character), confidence })
        .collect();
    candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    candidates.truncate(CANDIDATES);
    Glyph { candidates }
}
