//! The formats of machine-readable zones and where their fields and check digits lie.

use serde::{Deserialize, Serialize};

use super::field::{CheckName, Field};

/// A layout of lines. Visas are told from documents of the same size by their leading `V`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Format {
    /// Card of credit-card size, 3 lines of 30 (ICAO 9303-5).
    #[serde(rename = "TD1")]
    Td1,
    /// Larger card, 2 lines of 36 (ICAO 9303-6).
    #[serde(rename = "TD2")]
    Td2,
    /// Passport booklet, 2 lines of 44 (ICAO 9303-4).
    #[serde(rename = "TD3")]
    Td3,
    /// Full-size visa, 2 lines of 44 (ICAO 9303-7 §4).
    #[serde(rename = "MRVA")]
    MrvA,
    /// Small visa, 2 lines of 36 (ICAO 9303-7 §5).
    #[serde(rename = "MRVB")]
    MrvB,
    /// French national identity card issued until 2021, 2 lines of 36 with a layout of its own.
    #[serde(rename = "FRENCH_NATIONAL_ID")]
    FrenchId,
}

/// A run of characters: zero-based line, first column and the column after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) line: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Where a check digit stands and what it covers, in the order of the calculation.
#[derive(Debug, Clone, Copy)]
pub(super) struct CheckLayout {
    pub(super) name: CheckName,
    pub(super) digit: Span,
    pub(super) covers: &'static [Span],
}

const fn span(line: usize, start: usize, end: usize) -> Span {
    Span { line, start, end }
}

const fn check(name: CheckName, digit: Span, covers: &'static [Span]) -> CheckLayout {
    CheckLayout { name, digit, covers }
}

impl Format {
    /// Every format, in the order in which they are tried.
    pub const ALL: [Self; 6] = [Self::Td1, Self::Td2, Self::Td3, Self::MrvA, Self::MrvB, Self::FrenchId];

    /// Name as printed: `TD1`, `TD2`, `TD3`, `MRVA`, `MRVB`, `FRENCH_NATIONAL_ID`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Td1 => "TD1",
            Self::Td2 => "TD2",
            Self::Td3 => "TD3",
            Self::MrvA => "MRVA",
            Self::MrvB => "MRVB",
            Self::FrenchId => "FRENCH_NATIONAL_ID",
        }
    }

    /// Number of lines and characters in each.
    pub fn size(self) -> (usize, usize) {
        match self {
            Self::Td1 => (3, 30),
            Self::Td2 | Self::MrvB | Self::FrenchId => (2, 36),
            Self::Td3 | Self::MrvA => (2, 44),
        }
    }

    /// Whether this is a visa, which has no composite check digit and no check digit over its optional data.
    pub fn is_visa(self) -> bool {
        matches!(self, Self::MrvA | Self::MrvB)
    }

    /// Where a document number of more than nine characters goes on (ICAO 9303-5 and 9303-6 §4.2.2, note on the
    /// document number): its check position holds a filler and the rest opens the optional data.
    pub(super) fn long_number_rest(self) -> Option<Span> {
        match self {
            Self::Td1 => Some(span(0, 15, 30)),
            Self::Td2 => Some(span(1, 28, 35)),
            _ => None,
        }
    }

    /// The span of a field, if the format has it.
    pub(super) fn span(self, field: Field) -> Option<Span> {
        self.fields().iter().find(|(name, _)| *name == field).map(|(_, span)| *span)
    }

    /// Fields with their places, check digits left out.
    pub(super) fn fields(self) -> &'static [(Field, Span)] {
        match self {
            Self::Td1 => TD1,
            Self::Td2 => TD2,
            Self::MrvB => MRV_B,
            Self::Td3 => TD3,
            Self::MrvA => MRV_A,
            Self::FrenchId => FRENCH_ID,
        }
    }

    /// Check digits with what they cover.
    pub(super) fn checks(self) -> &'static [CheckLayout] {
        match self {
            Self::Td1 => TD1_CHECKS,
            Self::Td2 => TD2_CHECKS,
            Self::Td3 => TD3_CHECKS,
            Self::MrvA | Self::MrvB => VISA_CHECKS,
            Self::FrenchId => FRENCH_ID_CHECKS,
        }
    }
}

// ICAO 9303-5 §4.2.2 and §4.2.4.
const TD1: &[(Field, Span)] = &[
    (Field::DocumentCode, span(0, 0, 2)),
    (Field::IssuingState, span(0, 2, 5)),
    (Field::DocumentNumber, span(0, 5, 14)),
    (Field::OptionalData, span(0, 15, 30)),
    (Field::BirthDate, span(1, 0, 6)),
    (Field::Sex, span(1, 7, 8)),
    (Field::ExpiryDate, span(1, 8, 14)),
    (Field::Nationality, span(1, 15, 18)),
    (Field::OptionalData2, span(1, 18, 29)),
    (Field::Names, span(2, 0, 30)),
];
const TD1_CHECKS: &[CheckLayout] = &[
    check(CheckName::DocumentNumber, span(0, 14, 15), &[span(0, 5, 14)]),
    check(CheckName::BirthDate, span(1, 6, 7), &[span(1, 0, 6)]),
    check(CheckName::ExpiryDate, span(1, 14, 15), &[span(1, 8, 14)]),
    check(
        CheckName::Composite,
        span(1, 29, 30),
        &[span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)],
    ),
];

// ICAO 9303-6 §4.2.2 and §4.2.4.
const TD2: &[(Field, Span)] = &[
    (Field::DocumentCode, span(0, 0, 2)),
    (Field::IssuingState, span(0, 2, 5)),
    (Field::Names, span(0, 5, 36)),
    (Field::DocumentNumber, span(1, 0, 9)),
    (Field::Nationality, span(1, 10, 13)),
    (Field::BirthDate, span(1, 13, 19)),
    (Field::Sex, span(1, 20, 21)),
    (Field::ExpiryDate, span(1, 21, 27)),
    (Field::OptionalData, span(1, 28, 35)),
];
const TD2_CHECKS: &[CheckLayout] = &[
    check(CheckName::DocumentNumber, span(1, 9, 10), &[span(1, 0, 9)]),
    check(CheckName::BirthDate, span(1, 19, 20), &[span(1, 13, 19)]),
    check(CheckName::ExpiryDate, span(1, 27, 28), &[span(1, 21, 27)]),
    check(CheckName::Composite, span(1, 35, 36), &[span(1, 0, 10), span(1, 13, 20), span(1, 21, 35)]),
];

// ICAO 9303-4 §4.2.2 and §4.2.4.
const TD3: &[(Field, Span)] = &[
    (Field::DocumentCode, span(0, 0, 2)),
    (Field::IssuingState, span(0, 2, 5)),
    (Field::Names, span(0, 5, 44)),
    (Field::DocumentNumber, span(1, 0, 9)),
    (Field::Nationality, span(1, 10, 13)),
    (Field::BirthDate, span(1, 13, 19)),
    (Field::Sex, span(1, 20, 21)),
    (Field::ExpiryDate, span(1, 21, 27)),
    (Field::OptionalData, span(1, 28, 42)),
];
const TD3_CHECKS: &[CheckLayout] = &[
    check(CheckName::DocumentNumber, span(1, 9, 10), &[span(1, 0, 9)]),
    check(CheckName::BirthDate, span(1, 19, 20), &[span(1, 13, 19)]),
    check(CheckName::ExpiryDate, span(1, 27, 28), &[span(1, 21, 27)]),
    check(CheckName::OptionalData, span(1, 42, 43), &[span(1, 28, 42)]),
    check(CheckName::Composite, span(1, 43, 44), &[span(1, 0, 10), span(1, 13, 20), span(1, 21, 43)]),
];

// ICAO 9303-7 §4.2.2: as a passport, but the rest of line 2 is optional data without check digits.
const MRV_A: &[(Field, Span)] = &[
    (Field::DocumentCode, span(0, 0, 2)),
    (Field::IssuingState, span(0, 2, 5)),
    (Field::Names, span(0, 5, 44)),
    (Field::DocumentNumber, span(1, 0, 9)),
    (Field::Nationality, span(1, 10, 13)),
    (Field::BirthDate, span(1, 13, 19)),
    (Field::Sex, span(1, 20, 21)),
    (Field::ExpiryDate, span(1, 21, 27)),
    (Field::OptionalData, span(1, 28, 44)),
];
// ICAO 9303-7 §5.2.2: as a TD2 card, but again without check digits at the end.
const MRV_B: &[(Field, Span)] = &[
    (Field::DocumentCode, span(0, 0, 2)),
    (Field::IssuingState, span(0, 2, 5)),
    (Field::Names, span(0, 5, 36)),
    (Field::DocumentNumber, span(1, 0, 9)),
    (Field::Nationality, span(1, 10, 13)),
    (Field::BirthDate, span(1, 13, 19)),
    (Field::Sex, span(1, 20, 21)),
    (Field::ExpiryDate, span(1, 21, 27)),
    (Field::OptionalData, span(1, 28, 36)),
];
const VISA_CHECKS: &[CheckLayout] = &[
    check(CheckName::DocumentNumber, span(1, 9, 10), &[span(1, 0, 9)]),
    check(CheckName::BirthDate, span(1, 19, 20), &[span(1, 13, 19)]),
    check(CheckName::ExpiryDate, span(1, 27, 28), &[span(1, 21, 27)]),
];

// Décret n° 55-1397 cards ("CNIS", issued 1994 to 2021): not ICAO. Surname and office code on line 1; issue
// year and month, department and a serial number make up the document number on line 2; the last digit covers
// both lines. It has no nationality and no expiry date.
const FRENCH_ID: &[(Field, Span)] = &[
    (Field::DocumentCode, span(0, 0, 2)),
    (Field::IssuingState, span(0, 2, 5)),
    (Field::Names, span(0, 5, 30)),
    (Field::OptionalData, span(0, 30, 36)),
    (Field::DocumentNumber, span(1, 0, 12)),
    (Field::GivenNames, span(1, 13, 27)),
    (Field::BirthDate, span(1, 27, 33)),
    (Field::Sex, span(1, 34, 35)),
];
const FRENCH_ID_CHECKS: &[CheckLayout] = &[
    check(CheckName::DocumentNumber, span(1, 12, 13), &[span(1, 0, 12)]),
    check(CheckName::BirthDate, span(1, 33, 34), &[span(1, 27, 33)]),
    check(CheckName::Composite, span(1, 35, 36), &[span(0, 0, 36), span(1, 0, 35)]),
];
