//! What check digits cannot vouch for must have been read well, or the zone is not called valid.

use model::reading::LineReading;

use super::draft::{self, Choice, Draft};
use crate::mrz::check_digit::same_value;
use crate::mrz::class;
use crate::mrz::field::{CheckName, Field};
use crate::mrz::finding::Finding;
use crate::mrz::format::{Format, Span};
use crate::mrz::zone::Mrz;

/// Names, codes and the like, over which no check digit lies, must be read with at least this confidence.
const SURE: f32 = 0.5;

/// The same for the names of a line that had to be aligned, and for a code that nobody knows.
const QUITE_SURE: f32 = 0.9;

/// An alternative that no check digit can tell from the first choice must be less likely than this against it.
const BLIND_ODDS: f32 = 0.2;

/// The chance that a field whose check digit holds is wrong all the same must be less than this.
const RISK: f32 = 0.01;

/// Adds a finding for every field that was read too unsurely to call the zone valid.
pub(super) fn unsure(draft: &Draft, findings: &mut Vec<Finding>) {
    for (field, span) in draft.format.fields() {
        let choices = &draft.choices[span.line][span.start..span.end];
        let cells = &draft.cells[span.line][span.start..span.end];
        let least = choices.iter().map(|choice| choice.confidence).fold(1.0, f32::min);
        let uncovered =
            choices.iter().zip(cells).any(|(choice, cell)| !cell.covered && choice.confidence < SURE);
        let blind = choices.iter().zip(cells).any(|(choice, cell)| cell.covered && blind_rival(choice));
        let unknown = least < QUITE_SURE && is_unknown_code(draft, *field, *span);
        if uncovered || blind || unknown {
            findings.push(Finding::Unsure { field: *field, confidence: least });
        }
    }
    for (field, spans) in groups(draft.format) {
        let confidences: Vec<f32> = spans
            .iter()
            .flat_map(|span| &draft.choices[span.line][span.start..span.end])
            .map(|choice| choice.confidence)
            .collect();
        if several_wrong(&confidences) / 10.0 > RISK {
            let least = confidences.iter().copied().fold(1.0, f32::min);
            findings.push(Finding::Unsure { field, confidence: least });
        }
    }
}

/// Names of a line that was aligned: a letter that was one too many would go unnoticed, so they must be clear.
pub(super) fn aligned_names(
    format: Format,
    lines: &[LineReading],
    mrz: &mut Mrz,
    findings: &mut Vec<Finding>,
) {
    let Some(span) = format.span(Field::Names) else { return };
    let length = format.size().1;
    let least = lines
        .get(span.line)
        .map_or(1.0, |line| line.glyphs.iter().map(|glyph| glyph.best().confidence).fold(1.0, f32::min));
    if lines.get(span.line).is_some_and(|line| line.glyphs.len() != length) && least < QUITE_SURE {
        findings.push(Finding::Unsure { field: Field::Names, confidence: least });
        mrz.valid = false;
    }
}

fn blind_rival(choice: &Choice) -> bool {
    choice
        .alternatives
        .iter()
        .any(|other| same_value(other.character, choice.character) && choice.odds(other) > BLIND_ODDS)
}

fn is_unknown_code(draft: &Draft, field: Field, span: Span) -> bool {
    let text = draft.sheet().read(span);
    !draft::known(draft.format, field, text.trim_end_matches('<'))
}

/// Cells by the one check digit that really tests them: the composite tests what no other does.
fn groups(format: Format) -> Vec<(Field, Vec<Span>)> {
    let mut groups = Vec::new();
    for check in format.checks() {
        let field = match check.name {
            CheckName::DocumentNumber => Field::DocumentNumber,
            CheckName::BirthDate => Field::BirthDate,
            CheckName::ExpiryDate => Field::ExpiryDate,
            CheckName::OptionalData => Field::OptionalData,
            CheckName::Composite => continue,
        };
        groups.push((field, check.covers.iter().chain([&check.digit]).copied().collect()));
    }
    let cells = class::cells(format);
    for (field, span) in format.fields() {
        let tested = groups.iter().any(|(tested, _)| tested == field);
        if !tested && cells[span.line][span.start].covered {
            groups.push((*field, vec![*span]));
        }
    }
    groups
}

/// The chance that two or more of these characters are wrong: one wrong character a check digit always notices, blind
/// spots aside, and of several it notices nine in ten.
fn several_wrong(confidences: &[f32]) -> f32 {
    let none: f32 = confidences.iter().product();
    let one: f32 = confidences.iter().map(|c| (1.0 - c) * none / c.max(1e-6)).sum();
    (1.0 - none - one).max(0.0)
}
