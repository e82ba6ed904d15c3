//! Lets check digits choose between close readings, and never more than that.
//!
//! A random change satisfies a check digit once in ten times, so a repair needs three things: the reading must be
//! one the recogniser itself thought plausible, no other plausible reading may satisfy the check digits too, and the
//! whole zone must then be right. The composite check digit counts the document number with the same weights as the
//! number's own digit (both begin at weight 7 in all formats), so it adds nothing there: such repairs, and all of a
//! visa, which has no composite, must be a single character and closer still.

use jiff::civil::Date;
use model::reading::Candidate;

use super::RepairReason;
use super::draft::{Draft, PLAUSIBLE};
use crate::mrz::decode::{Sheet, decode};
use crate::mrz::field::{CheckName, Field};
use crate::mrz::finding::Finding;
use crate::mrz::format::Span;

/// How close a reading must be where only one check digit vouches for it.
const CLOSE: f32 = 0.1;

/// Substitutions considered at most, the closest first.
const MOST_SUBSTITUTIONS: usize = 16;

/// One character in place of another.
#[derive(Debug, Clone, Copy)]
struct Substitution {
    at: (usize, usize),
    to: Candidate,
    odds: f32,
}

/// Repairs the draft if exactly one plausible reading makes the zone right. Returns whether there were several.
pub(super) fn by_check_digits(draft: &mut Draft, today: Date) -> bool {
    let mut settled = draft.clone();
    settled.settle_codes();
    let (mrz, findings) = decode(&settled.sheet(), today);
    if mrz.valid || !findings.iter().filter(|finding| finding.breaks_validity()).all(may_be_misread) {
        return false;
    }
    let suspects = suspects(draft);
    let mut found: Option<Vec<Substitution>> = None;
    for combination in combinations(&substitutions(draft, &suspects)) {
        let mut attempt = settled.sheet();
        for substitution in &combination {
            attempt.lines[substitution.at.0][substitution.at.1] = substitution.to.character;
        }
        if !decode(&attempt, today).0.valid {
            continue;
        }
        if found.is_some() {
            return true;
        }
        found = Some(combination);
    }
    if let Some(found) = found.filter(|found| close_enough(draft, found)) {
        for substitution in found {
            draft.substitute(substitution.at, substitution.to, RepairReason::CheckDigit);
        }
    }
    false
}

/// Findings that go away when a character of a checked field was misread.
fn may_be_misread(finding: &Finding) -> bool {
    matches!(finding, Finding::CheckFails { .. } | Finding::ImpossibleDate { .. })
}

/// The cells that may be wrong: those of failing check digits, except where another check digit holds over them. A
/// date that does not exist is suspect although its check digit holds.
fn suspects(draft: &Draft) -> Vec<(usize, usize)> {
    let sheet = draft.sheet();
    let checks: Vec<_> = sheet.checks().into_iter().zip(draft.format.checks()).collect();
    let vouched: Vec<Span> = checks
        .iter()
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
            choice.alternatives.iter().map(move |to| Substitution { at, to: *to, odds: choice.odds(to) })
        })
        .filter(|substitution| substitution.odds >= PLAUSIBLE)
        .collect();
    substitutions.sort_by(|a, b| b.odds.total_cmp(&a.odds));
    substitutions.truncate(MOST_SUBSTITUTIONS);
    substitutions
}

/// One or two substitutions in different cells that are plausible together.
fn combinations(substitutions: &[Substitution]) -> Vec<Vec<Substitution>> {
    let mut combinations: Vec<Vec<Substitution>> = substitutions.iter().map(|one| vec![*one]).collect();
    for (index, one) in substitutions.iter().enumerate() {
        for other in &substitutions[index + 1..] {
            if one.at != other.at && one.odds * other.odds >= PLAUSIBLE {
                combinations.push(vec![*one, *other]);
            }
        }
    }
    combinations
}

/// Whether a reading is close enough for what vouches for it.
fn close_enough(draft: &Draft, found: &[Substitution]) -> bool {
    let number = draft.format.checks().iter().find(|check| check.name == CheckName::DocumentNumber);
    let in_number = |substitution: &Substitution| {
        number.is_some_and(|check| {
            check.covers.iter().chain([&check.digit]).any(|span| {
                span.line == substitution.at.0 && (span.start..span.end).contains(&substitution.at.1)
            })
        })
    };
    let weakly_vouched = draft.format.is_visa() || found.iter().any(in_number);
    !weakly_vouched || matches!(found, [only] if only.odds >= CLOSE)
}
