//! Which characters may stand in which cell of a zone.

use super::field::{CheckName, Field};
use super::format::{Format, Span};

/// A set of the zone's 37 characters: bits 0–9 digits, 10–35 letters, 36 the filler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CharSet(u64);

const fn index(character: char) -> Option<u32> {
    match character {
        '0'..='9' => Some(character as u32 - '0' as u32),
        'A'..='Z' => Some(character as u32 - 'A' as u32 + 10),
        '<' => Some(36),
        _ => None,
    }
}

impl CharSet {
    pub(super) const DIGITS: Self = Self((1 << 10) - 1);
    pub(super) const LETTERS: Self = Self(((1 << 26) - 1) << 10);
    pub(super) const FILLER: Self = Self(1 << 36);
    pub(super) const ALL: Self = Self((1 << 37) - 1);

    /// The characters of a text; others are left out.
    pub(super) const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut bits, mut at) = (0, 0);
        while at < bytes.len() {
            if let Some(bit) = index(bytes[at] as char) {
                bits |= 1 << bit;
            }
            at += 1;
        }
        Self(bits)
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn contains(self, character: char) -> bool {
        index(character).is_some_and(|bit| self.0 & (1 << bit) != 0)
    }
}

/// One cell of a format: what it belongs to and what may stand there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// `None` for a check digit.
    pub(super) field: Option<Field>,
    pub(super) allowed: CharSet,
    /// Whether some check digit covers it, or it is one itself.
    pub(super) covered: bool,
}

/// The cells of a format, line by line.
pub(super) fn cells(format: Format) -> Vec<Vec<Cell>> {
    let (lines, length) = format.size();
    let blank = Cell { field: None, allowed: CharSet::ALL, covered: false };
    let mut cells = vec![vec![blank; length]; lines];
    for (field, span) in format.fields() {
        for (offset, cell) in cells[span.line][span.start..span.end].iter_mut().enumerate() {
            cell.field = Some(*field);
            cell.allowed = allowed(format, *field, offset);
        }
    }
    for check in format.checks() {
        let digit = &mut cells[check.digit.line][check.digit.start];
        digit.allowed = check_digit_characters(format, check.name);
        for span in check.covers.iter().chain([&check.digit]) {
            cover(&mut cells, *span);
        }
    }
    cells
}

fn cover(cells: &mut [Vec<Cell>], span: Span) {
    for cell in &mut cells[span.line][span.start..span.end] {
        cell.covered = true;
    }
}

/// ICAO 9303-4 to -7, the tables of data elements (§4.2.2): letters in codes and names, digits in dates.
fn allowed(format: Format, field: Field, offset: usize) -> CharSet {
    const LETTER_OR_FILLER: CharSet = CharSet::LETTERS.or(CharSet::FILLER);
    const DIGIT_OR_FILLER: CharSet = CharSet::DIGITS.or(CharSet::FILLER);
    match (field, offset) {
        (Field::DocumentCode, 0) if format.is_visa() => CharSet::of("V"),
        (Field::DocumentCode, 0) => CharSet::of("ABCDEFGHIJKLMNOPQRSTUWXYZ"),
        (Field::IssuingState | Field::Nationality, 0) => CharSet::LETTERS,
        (
            Field::DocumentCode | Field::IssuingState | Field::Nationality | Field::Names | Field::GivenNames,
            _,
        ) => LETTER_OR_FILLER,
        // Month and day begin with few digits; a filler stands for a part that is not known.
        (Field::BirthDate | Field::ExpiryDate, 2) => CharSet::of("01<"),
        (Field::BirthDate | Field::ExpiryDate, 4) => CharSet::of("0123<"),
        (Field::BirthDate | Field::ExpiryDate, _) => DIGIT_OR_FILLER,
        (Field::Sex, _) => CharSet::of("MF<"),
        (Field::DocumentNumber | Field::OptionalData | Field::OptionalData2, _) => CharSet::ALL,
    }
}

/// A check digit is a digit, except: the filler that tells of a long document number (9303-5 and -6 §4.2.2), and the
/// filler a passport may have over blank optional data (9303-4 §4.2.2.2).
fn check_digit_characters(format: Format, name: CheckName) -> CharSet {
    match name {
        CheckName::DocumentNumber if format.long_number_rest().is_some() => {
            CharSet::DIGITS.or(CharSet::FILLER)
        }
        CheckName::OptionalData => CharSet::DIGITS.or(CharSet::FILLER),
        _ => CharSet::DIGITS,
    }
}

#[cfg(test)]
mod tests {
    use super::{CharSet, cells};
    use crate::mrz::Format;

    #[test]
    fn every_cell_of_every_format_is_a_field_or_a_check_digit() {
        for format in Format::ALL {
            let checks = format.checks().len();
            let digits = cells(format).iter().flatten().filter(|cell| cell.field.is_none()).count();
            assert_eq!(digits, checks, "{format:?}");
        }
    }

    #[test]
    fn sets_hold_what_they_are_made_of() {
        let set = CharSet::of("M5<");
        assert!(set.contains('M') && set.contains('5') && set.contains('<'));
        assert!(!set.contains('N') && !set.contains('0') && !set.contains('é') && !set.contains('m'));
    }
}
