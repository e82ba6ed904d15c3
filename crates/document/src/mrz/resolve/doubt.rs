//! What was read too unsurely to call the zone valid, although everything that is checked holds.

use model::reading::LineReading;

use super::draft::{self, Draft};
use super::posterior;
use crate::mrz::field::Field;
use crate::mrz::finding::Finding;
use crate::mrz::format::{Format, Span};
use crate::mrz::zone::Mrz;

/// The reading under the check digits must have at least this share of all readings that satisfy them.
pub(super) const VOUCHED: f32 = 0.9;

/// Each character over which no check digit lies (names, codes, sex) must be read with at least this confidence.
const SURE: f32 = 0.6;

/// And all of these characters together with at least this. The network is right far more often than it is sure: of 120
/// synthetic photographs (medium and hard) and ten public specimens it read every line whole, and a limit of 0.6 doubted
/// ten of them.
const JOINTLY_SURE: f32 = 0.25;

/// The names of a line that had to be aligned, and a code that nobody knows, must be clearer still.
const QUITE_SURE: f32 = 0.9;

/// Adds a finding for every field that was read too unsurely.
pub(super) fn unsure(draft: &Draft, findings: &mut Vec<Finding>) {
    let mut jointly = 1.0;
    let mut least_sure: Option<(Field, f32)> = None;
    let mut least_vouched: Option<(Field, f32)> = None;
    for (field, span) in draft.format.fields() {
        let choices = &draft.choices[span.line][span.start..span.end];
        let least = choices.iter().map(|choice| choice.confidence).fold(1.0, f32::min);
        let covered = draft.cells[span.line][span.start].covered;
        let unknown = least < QUITE_SURE && is_unknown_code(draft, *field, *span);
        if !covered {
            jointly *= choices.iter().map(|choice| choice.confidence).product::<f32>();
        }
        if !covered && least < SURE || unknown {
            findings.push(Finding::Unsure { field: *field, confidence: least });
        }
        let lowest = if covered { &mut least_vouched } else { &mut least_sure };
        if lowest.is_none_or(|(_, confidence)| least < confidence) {
            *lowest = Some((*field, least));
        }
    }
    let told = findings.iter().any(|finding| matches!(finding, Finding::Unsure { .. }));
    let too_many = least_sure.filter(|_| jointly < JOINTLY_SURE && !told);
    let rivalled = least_vouched.filter(|_| posterior::of_covered(draft) < VOUCHED);
    for (field, confidence) in too_many.into_iter().chain(rivalled) {
        findings.push(Finding::Unsure { field, confidence });
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
    let Some(line) = lines.get(span.line).filter(|line| line.glyphs.len() != format.size().1) else { return };
    let least = line.glyphs.iter().map(|glyph| glyph.best().confidence).fold(1.0, f32::min);
    if least < QUITE_SURE {
        findings.push(Finding::Unsure { field: Field::Names, confidence: least });
        mrz.valid = false;
    }
}

fn is_unknown_code(draft: &Draft, field: Field, span: Span) -> bool {
    let text = draft.sheet().read(span);
    !draft::known(draft.format, field, text.trim_end_matches('<'))
}
