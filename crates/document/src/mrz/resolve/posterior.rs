//! How likely it is that the characters under check digits are right, given that the check digits hold.
//!
//! Every reading of the covered cells has a probability, and the check digits rule out about 99 in 100 of them or,
//! over the document number, 9 in 10. What remains is counted exactly: a sum over all readings that satisfy all
//! checks, kept by the residues modulo 10 of the check being summed and of the composite. The chosen reading's share
//! of that sum is the answer. Characters that no check digit can tell apart (`6` and `G`, `<` and `K`) count as
//! rivals by themselves, and so do pairs of errors that cancel out.

use super::draft::{Choice, Draft};
use crate::mrz::check_digit::{WEIGHTS, value};
use crate::mrz::field::CheckName;
use crate::mrz::format::{CheckLayout, Span};

/// Networks are surer than they are right: so much of each cell is taken to be some other character at all events.
const OVERSIGHT: f64 = 0.003;

/// One covered cell: how much of it falls to each residue, the chosen character's part, and its weights.
struct Term {
    residues: [f64; 10],
    chosen: f64,
    own: usize,
    composite: usize,
}

/// The share of the draft's reading among all that satisfy the check digits, in `0.0..=1.0`. It means something only
/// if the draft satisfies them.
pub(super) fn of_covered(draft: &Draft) -> f32 {
    let groups = groups(draft);
    let chosen: f64 = groups.iter().flatten().map(|term| term.chosen).product();
    let mut by_composite = [0.0; 10];
    by_composite[0] = 1.0;
    for group in &groups {
        by_composite = sum(group, by_composite);
    }
    (chosen / by_composite[0].max(f64::MIN_POSITIVE)).clamp(0.0, 1.0) as f32
}

/// Adds a group's cells to the sums by composite residue, keeping what satisfies the group's own check digit.
fn sum(group: &[Term], by_composite: [f64; 10]) -> [f64; 10] {
    let mut sums = [[0.0; 10]; 10];
    sums[0] = by_composite;
    for term in group {
        let mut next = [[0.0; 10]; 10];
        for (own, row) in sums.iter().enumerate() {
            for (composite, sum) in row.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
                for (residue, part) in term.residues.iter().enumerate() {
                    let own = (own + residue * term.own) % 10;
                    let composite = (composite + residue * term.composite) % 10;
                    next[own][composite] += sum * part;
                }
            }
        }
        sums = next;
    }
    sums[0]
}

/// The covered cells by the check digit that tests them first; those that only the composite tests come last.
fn groups(draft: &Draft) -> Vec<Vec<Term>> {
    let format = draft.format;
    let long_number = draft.sheet().long_number().is_some();
    let composite = format.checks().iter().find(|check| check.name == CheckName::Composite);
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut groups = Vec::new();
    for check in format.checks() {
        // The digit of a long number lies elsewhere; only the composite is counted for it, which is less than there is.
        let own_counts =
            !(check.name == CheckName::Composite || long_number && check.name == CheckName::DocumentNumber);
        let mut group = Vec::new();
        for (at, weight) in weighted(check) {
            if !taken.contains(&at) {
                taken.push(at);
                let own = if own_counts { weight } else { 0 };
                let share = composite.map_or(0, |check| weight_of(check, at));
                group.push(term(&draft.choices[at.0][at.1], own, share));
            }
        }
        groups.push(group);
    }
    groups
}

/// The cells of a check with their weights; its digit has the weight that makes the whole vanish modulo 10.
fn weighted(check: &CheckLayout) -> Vec<((usize, usize), usize)> {
    let cells = |span: &Span| (span.start..span.end).map(|column| (span.line, column)).collect::<Vec<_>>();
    let covered = check.covers.iter().flat_map(cells).zip(WEIGHTS.into_iter().cycle());
    covered
        .map(|(at, weight)| (at, weight as usize))
        .chain([((check.digit.line, check.digit.start), 9)])
        .collect()
}

fn weight_of(check: &CheckLayout, at: (usize, usize)) -> usize {
    weighted(check).into_iter().find(|(cell, _)| *cell == at).map_or(0, |(_, weight)| weight)
}

fn term(choice: &Choice, own: usize, composite: usize) -> Term {
    let listed = [(choice.character, choice.confidence)]
        .into_iter()
        .chain(choice.alternatives.iter().map(|other| (other.character, other.confidence)));
    let mut residues = [0.0; 10];
    let mut sum = 0.0;
    for (character, confidence) in listed {
        let confidence = f64::from(confidence.max(0.0));
        residues[residue(character)] += confidence;
        sum += confidence;
    }
    let rest = (1.0 - sum).max(OVERSIGHT);
    let scale = (1.0 - rest) / sum.max(f64::MIN_POSITIVE);
    for (at, part) in residues.iter_mut().enumerate() {
        *part *= scale;
        // Rivals of the same residue are those the recogniser listed; what it did not think of lies elsewhere.
        if at != residue(choice.character) {
            *part += rest / 9.0;
        }
    }
    Term { residues, chosen: f64::from(choice.confidence) * scale, own, composite }
}

fn residue(character: char) -> usize {
    (value(character) % 10) as usize
}
