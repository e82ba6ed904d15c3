//! Lets check digits choose between close readings, and never more than that.
//!
//! A random change satisfies a check digit once in ten times, so a repair needs three things: each new character is
//! one the recogniser itself thought plausible, the whole zone is then right, and hardly any probability is left for
//! other readings that would be right as well ([`posterior`]). The composite check digit counts the document number
//! with the same weights as the number's own digit (both begin at weight 7 in all formats), so it adds nothing there;
//! the count of rivals knows that.

use jiff::civil::Date;
use model::reading::Candidate;

use super::draft::Draft;
use super::{RepairReason, posterior};
use crate::mrz::decode::{Sheet, decode};
use crate::mrz::field::{CheckName, Field};
use crate::mrz::finding::Finding;
use crate::mrz::format::Span;

/// How likely a new character must be against the first choice. Documents with wrong check digits exist, forged and
/// specimen ones above all: what was read clearly is not explained away.
const CLOSE: f32 = 0.15;

/// Substitutions considered at most, the closest first.
const MOST_SUBSTITUTIONS: usize = 16;

/// One character in place of another.
#[derive(Debug, Clone, Copy)]
struct Substitution {
    at: (usize, usize),
    to: Candidate,
    odds: f32,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Nothing to repair, or nothing that would help.
    Nothing,
    Repaired,
    /// Readings that would be right exist, none of them far enough before the others.
    Ambiguous,
}

/// Repairs the draft if one plausible reading that makes the zone right stands out.
pub(super) fn by_check_digits(draft: &mut Draft, today: Date) -> Attempt {
    let mut settled = draft.clone();
    settled.settle_codes();
    let (mrz, findings) = decode(&settled.sheet(), today);
    if mrz.valid || !findings.iter().filter(|finding| finding.breaks_validity()).all(may_be_misread) {
        return Attempt::Nothing;
    }
    let right = combinations(&substitutions(draft, &suspects(draft))).into_iter().find(|combination| {
        let mut attempt = settled.sheet();
        for substitution in combination {
            attempt.lines[substitution.at.0][substitution.at.1] = substitution.to.character;
        }
        decode(&attempt, today).0.valid
    });
    let Some(likeliest) = right else { return Attempt::Nothing };
    let mut repaired = draft.clone();
    for substitution in likeliest {
        repaired.substitute(substitution.at, substitution.to, RepairReason::CheckDigit);
    }
    if posterior::of_covered(&repaired) < super::doubt::VOUCHED {
        return Attempt::Ambiguous;
    }
    *draft = repaired;
    Attempt::Repaired
}

/// Findings that go away when a character of a checked field was misread.
fn may_be_misread(finding: &Finding) -> bool {
    matches!(finding, Finding::CheckFails { .. } | Finding::ImpossibleDate { .. })
}

/// The cells that may be wrong: those of failing check digits, except where another check digit holds over them. A
/// date that does not exist is suspect although its check digit holds.
fn suspects(draft: &Draft) -> Vec<(usize, usize)> {
    let sheet = draft.sheet();
    let vouched: Vec<Span> = sheet
        .checks()
        .into_iter()
        .zip(draft.format.checks())
        .filter(|(check, _)| {
            check.holds && check.name != CheckName::Composite && is_possible(&sheet, check.name)
        })
        .flat_map(|(_, layout)| layout.covers.iter().chain([&layout.digit]).copied())
        .collect();
    let mut suspects = Vec::new();
    for (line, cells) in draft.cells.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let inside = |span: &Span| span.line == line && (span.start..span.end).contains(&column);
            if cell.covered && !vouched.iter().any(inside) {
                suspects.push((line, column));
            }
        }
    }
    suspects
}

/// Whether a checked field is at least shaped like what it is: a date has digits and a month.
fn is_possible(sheet: &Sheet, check: CheckName) -> bool {
    let field = match check {
        CheckName::BirthDate => Field::BirthDate,
        CheckName::ExpiryDate => Field::ExpiryDate,
        _ => return true,
    };
    let Some(span) = sheet.format.span(field) else { return true };
    let text = sheet.read(span);
    let part = |range: std::ops::Range<usize>, most: u8| {
        &text[range.clone()] == "<<" || text[range].parse::<u8>().is_ok_and(|part| (1..=most).contains(&part))
    };
    text.is_ascii() && part(2..4, 12) && part(4..6, 31)
}

fn substitutions(draft: &Draft, suspects: &[(usize, usize)]) -> Vec<Substitution> {
    let mut substitutions: Vec<Substitution> = suspects
        .iter()
        .flat_map(|&at| {
            let choice = &draft.choices[at.0][at.1];
            choice.alternatives.iter().map(move |to| Substitution { at, to: *to, odds: choice.odds(*to) })
        })
        .filter(|substitution| substitution.odds >= CLOSE)
        .collect();
    substitutions.sort_by(|a, b| b.odds.total_cmp(&a.odds));
    substitutions.truncate(MOST_SUBSTITUTIONS);
    substitutions
}

/// One or two substitutions in different cells that are plausible together, the likeliest first.
fn combinations(substitutions: &[Substitution]) -> Vec<Vec<Substitution>> {
    let mut combinations: Vec<(f32, Vec<Substitution>)> =
        substitutions.iter().map(|one| (one.odds, vec![*one])).collect();
    for (index, one) in substitutions.iter().enumerate() {
        for other in &substitutions[index + 1..] {
            if one.at != other.at {
                combinations.push((one.odds * other.odds, vec![*one, *other]));
            }
        }
    }
    combinations.sort_by(|a, b| b.0.total_cmp(&a.0));
    combinations.into_iter().map(|(_, combination)| combination).collect()
}
