//! A zone being settled: every cell holds one character that may stand there, and keeps its alternatives.

use std::collections::BTreeMap;

use model::reading::{Candidate, Glyph, LineReading};

use super::{Repair, RepairReason};
use crate::mrz::class::{self, Cell, CharSet};
use crate::mrz::country::{alpha3, country_name};
use crate::mrz::decode::{Sheet, usual_code};
use crate::mrz::field::Field;
use crate::mrz::format::{Format, Span};
use crate::mrz::parse::has_french_number;

/// How much of a character's probability goes over to the character of the same shape, where only that may stand.
const SHAPE_SHARE: f32 = 0.95;

/// Alternatives less likely than this against the first choice are not thought of.
pub(super) const PLAUSIBLE: f32 = 0.02;

/// What one cell holds.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// What the recogniser put first.
    pub(super) seen: char,
    pub(super) character: char,
    pub(super) confidence: f32,
    /// Others that may stand there, most likely first.
    pub(super) alternatives: Vec<Candidate>,
    reason: RepairReason,
}

impl Choice {
    /// How likely an alternative is against what stands there.
    pub(super) fn odds(&self, alternative: Candidate) -> f32 {
        alternative.confidence / self.confidence.max(f32::EPSILON)
    }
}

/// A zone of one format with a choice in each cell.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) format: Format,
    pub(super) cells: Vec<Vec<Cell>>,
    pub(super) choices: Vec<Vec<Choice>>,
}

impl Draft {
    /// Settles each cell by what may stand there. The lines have the format's lengths.
    pub(super) fn new<'a>(format: Format, lines: impl Iterator<Item = &'a [Glyph]>) -> Self {
        let cells = class::cells(format);
        let choices = lines
            .zip(&cells)
            .map(|(glyphs, cells)| {
                glyphs.iter().zip(cells).map(|(glyph, cell)| choose(glyph, cell.allowed)).collect()
            })
            .collect();
        let mut draft = Self { format, cells, choices };
        draft.clear_specks();
        draft
    }

    pub(super) fn sheet(&self) -> Sheet {
        let lines =
            self.choices.iter().map(|line| line.iter().map(|choice| choice.character).collect()).collect();
        Sheet { format: self.format, lines }
    }

    /// Puts one of a cell's alternatives in its place.
    pub(super) fn substitute(&mut self, (line, column): (usize, usize), to: Candidate, reason: RepairReason) {
        let choice = &mut self.choices[line][column];
        let former = Candidate { character: choice.character, confidence: choice.confidence };
        choice.alternatives.retain(|other| other.character != to.character);
        choice.alternatives.insert(0, former);
        choice.character = to.character;
        choice.confidence = to.confidence;
        choice.reason = reason;
    }

    /// The least confidence in each field.
    pub(super) fn confidence(&self) -> BTreeMap<Field, f32> {
        let least = |span: Span| {
            self.choices[span.line][span.start..span.end]
                .iter()
                .map(|choice| choice.confidence)
                .fold(1.0, f32::min)
        };
        self.format.fields().iter().map(|(field, span)| (*field, least(*span))).collect()
    }

    /// What differs from the recogniser's first choice.
    pub(super) fn into_repaired(self) -> Vec<Repair> {
        let mut repaired = Vec::new();
        for (line, choices) in self.choices.iter().enumerate() {
            for (column, choice) in choices.iter().enumerate().filter(|(_, c)| c.character != c.seen) {
                repaired.push(Repair {
                    line,
                    column,
                    from: choice.seen,
                    to: choice.character,
                    reason: choice.reason,
                });
            }
        }
        repaired
    }

    /// A lone letter between rows of fillers after the names is a filler that was misread (`<` as K, C, E or S), if
    /// the recogniser thought of the filler at all.
    fn clear_specks(&mut self) {
        let Some(span) = self.format.span(Field::Names) else { return };
        for column in span.start + 2..span.end {
            let line = &self.choices[span.line];
            let filler_at = |at: usize| at >= span.end || line[at].character == '<';
            let alone = filler_at(column - 1)
                && filler_at(column - 2)
                && filler_at(column + 1)
                && filler_at(column + 2);
            let after_names =
                line[span.start..column].windows(2).any(|pair| pair.iter().all(|c| c.character == '<'));
            if line[column].character == '<' || !alone || !after_names || only_given_name(line, span, column)
            {
                continue;
            }
            let filler = line[column].alternatives.iter().find(|other| other.character == '<').copied();
            if let Some(filler) = filler.filter(|filler| line[column].odds(*filler) >= PLAUSIBLE) {
                self.substitute((span.line, column), filler, RepairReason::Filler);
            }
        }
    }

    /// Where the document code, the issuing state or the nationality is unknown and exactly one plausible reading of
    /// its cells is known, that reading is taken.
    pub(super) fn settle_codes(&mut self) {
        for field in [Field::DocumentCode, Field::IssuingState, Field::Nationality] {
            let Some(span) = self.format.span(field) else { continue };
            if known(self.format, field, self.sheet().read(span).trim_end_matches('<')) {
                continue;
            }
            let mut readings: Vec<(Vec<Candidate>, f32)> = vec![(Vec::new(), 1.0)];
            for column in span.start..span.end {
                readings = self.extended(&readings, (span.line, column));
            }
            readings.retain(|(reading, _)| {
                let text: String = reading.iter().map(|candidate| candidate.character).collect();
                known(self.format, field, text.trim_end_matches('<'))
            });
            if let [(reading, _)] = readings.as_slice() {
                for (column, candidate) in (span.start..span.end).zip(reading) {
                    let at = (span.line, column);
                    if self.choices[at.0][at.1].character != candidate.character {
                        self.substitute(at, self.backed(at, *candidate), RepairReason::Code);
                    }
                }
            }
        }
    }

    /// Each reading with each plausible character of one more cell.
    fn extended(
        &self,
        readings: &[(Vec<Candidate>, f32)],
        (line, column): (usize, usize),
    ) -> Vec<(Vec<Candidate>, f32)> {
        let choice = &self.choices[line][column];
        let first = Candidate { character: choice.character, confidence: choice.confidence };
        let mut extended = Vec::new();
        for (reading, odds) in readings {
            for candidate in choice.alternatives.iter().chain([&first]) {
                let odds = odds * choice.odds(*candidate);
                if odds >= PLAUSIBLE {
                    extended.push(([reading.as_slice(), &[*candidate]].concat(), odds));
                }
            }
        }
        extended
    }

    /// An alternative with the weight the list of codes gives it: of all codes of three letters, one in sixty exists.
    fn backed(&self, (line, column): (usize, usize), candidate: Candidate) -> Candidate {
        let rival = self.choices[line][column].confidence / 60.0;
        Candidate { confidence: candidate.confidence / (candidate.confidence + rival), ..candidate }
    }
}

/// Whether a code is one that exists; other fields have no such list. A country code has its fillers at the end only.
pub(super) fn known(format: Format, field: Field, text: &str) -> bool {
    match field {
        Field::DocumentCode => usual_code(format, text),
        Field::IssuingState | Field::Nationality => country_name(alpha3(text)).is_some(),
        _ => true,
    }
}

/// Whether the letter is the first after the surname: `SMITH<<J<<<<` has a given name of one letter.
fn only_given_name(line: &[Choice], span: Span, column: usize) -> bool {
    let before: String = line[span.start..column].iter().map(|choice| choice.character).collect();
    before.ends_with("<<") && !before.ends_with("<<<") && !before.trim_end_matches('<').contains("<<")
}

/// The likeliest character of the class, its own probability raised by those of the same shape outside the class.
fn choose(glyph: &Glyph, allowed: CharSet) -> Choice {
    let seen = glyph.best().character;
    let mut inside: Vec<Candidate> = Vec::new();
    for candidate in &glyph.candidates {
        let moved = if allowed.contains(candidate.character) {
            Some(*candidate)
        } else {
            same_shape(candidate.character)
                .chars()
                .find(|twin| allowed.contains(*twin))
                .map(|character| Candidate { character, confidence: candidate.confidence * SHAPE_SHARE })
        };
        let Some(moved) = moved else { continue };
        match inside.iter_mut().find(|other| other.character == moved.character) {
            Some(other) => other.confidence += moved.confidence,
            None => inside.push(moved),
        }
    }
    inside.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    // Nothing of the class was seen: the cell keeps what was, and decoding says that it may not stand there.
    let chosen = if inside.is_empty() { glyph.best() } else { inside.remove(0) };
    Choice {
        seen,
        character: chosen.character,
        confidence: chosen.confidence.clamp(0.0, 1.0),
        alternatives: inside,
        reason: RepairReason::CharacterClass,
    }
}

/// Characters of OCR-B that are taken for one another across letters and digits.
fn same_shape(character: char) -> &'static str {
    match character {
        '0' => "OD",
        'O' | 'D' | 'Q' => "0",
        '1' => "IL",
        'I' | 'L' => "1",
        '2' => "Z",
        'Z' => "2",
        '5' => "S",
        'S' => "5",
        '6' => "G",
        'G' => "6",
        '8' => "B",
        'B' => "8",
        _ => "",
    }
}

/// Whether the lines may begin like this format: visas with `V`, the French card with `IDFRA`, others not with `V`.
pub(super) fn may_begin(format: Format, lines: &[LineReading]) -> bool {
    let Some(first) = lines.first() else { return false };
    let may_be = |at: usize, letter: char| {
        first.glyphs.get(at).is_some_and(|glyph: &Glyph| {
            let best = glyph.best().confidence;
            glyph
                .candidates
                .iter()
                .any(|other| other.character == letter && other.confidence >= best * PLAUSIBLE)
        })
    };
    let surely =
        |at: usize, letter: char| first.glyphs.get(at).is_some_and(|glyph| glyph.best().character == letter);
    let second: Vec<char> = lines.get(1).map(|line| line.text().chars().collect()).unwrap_or_default();
    let french =
        "IDFRA".chars().enumerate().all(|(at, letter)| may_be(at, letter)) && has_french_number(&second);
    match format {
        Format::Td1 => true,
        Format::Td3 => !surely(0, 'V') || may_be(0, 'P'),
        Format::Td2 => !surely(0, 'V') && !french,
        Format::MrvA | Format::MrvB => may_be(0, 'V'),
        Format::FrenchId => french,
    }
}
