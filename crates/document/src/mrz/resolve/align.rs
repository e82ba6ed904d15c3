//! Lines that are a glyph or two too long or too short: where the difference may lie.

use model::reading::{Candidate, Glyph};

/// A line cut to length, and how far-fetched the cut is.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) cost: usize,
}

/// The ways to bring a line to its length. Long rows of fillers are what is miscounted most, the last row before all
/// others; next comes a speck at either end that was taken for a character. Letters and digits are never invented.
pub(super) fn variants(glyphs: &[Glyph], length: usize) -> Vec<Variant> {
    if glyphs.len() == length {
        return vec![Variant { glyphs: glyphs.to_vec(), cost: 0 }];
    }
    let slip = glyphs.len().abs_diff(length);
    let runs = filler_runs(glyphs);
    let mut variants = Vec::new();
    for (rank, run) in runs.iter().rev().enumerate() {
        let cost = rank.min(3);
        if glyphs.len() < length && run.len() >= 2 {
            let fillers = std::iter::repeat_n(presumed_filler(), slip);
            let mut longer = glyphs.to_vec();
            longer.splice(run.start..run.start, fillers);
            variants.push(Variant { glyphs: longer, cost });
        }
        if glyphs.len() > length && run.len() > slip {
            let mut shorter = glyphs.to_vec();
            shorter.drain(run.start..run.start + slip);
            variants.push(Variant { glyphs: shorter, cost });
        }
    }
    if glyphs.len() > length {
        variants.push(Variant { glyphs: glyphs[slip..].to_vec(), cost: 4 });
        variants.push(Variant { glyphs: glyphs[..length].to_vec(), cost: 4 });
    }
    variants
}

/// A filler that was not seen but must have been there.
fn presumed_filler() -> Glyph {
    Glyph { candidates: vec![Candidate { character: '<', confidence: 0.9 }] }
}

fn filler_runs(glyphs: &[Glyph]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in glyphs.iter().enumerate().filter(|(_, glyph)| glyph.best().character == '<') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// One variant of each line, in all combinations, at most `most` of them.
pub(super) fn combinations(lines: &[Vec<Variant>], most: usize) -> Vec<Vec<&Variant>> {
    let mut chosen: Vec<Vec<&Variant>> = vec![Vec::new()];
    for variants in lines {
        chosen = chosen
            .iter()
            .flat_map(|start| {
                variants.iter().map(move |variant| start.iter().copied().chain([variant]).collect())
            })
            .take(most)
            .collect();
    }
    chosen
}
