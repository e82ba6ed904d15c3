//! What was noticed about a zone. Findings are values, not errors: a zone with findings is still a zone.

use serde::Serialize;

use super::field::{CheckName, Field};

/// A zone that is recognised but not decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsupported {
    /// French driving licence: one line of 30 that begins with `D1FRA`.
    FrenchDrivingLicence,
    /// Swiss driving licence: lines of 9, 30 and 30, the second beginning with `FACHE` or `FALIE`.
    SwissDrivingLicence,
    /// Another driving licence with one line of 30 that begins with `D` (ISO/IEC 18013-2).
    DrivingLicence,
}

/// Something noticed about a zone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    /// Number and lengths of the lines belong to no format.
    NoFormat,
    Unsupported {
        zone: Unsupported,
    },
    /// A line was one or two characters longer or shorter than its format; fillers were taken away or put in.
    Realigned {
        line: usize,
        found: usize,
    },
    /// Which fillers to put in or take away cannot be told.
    Misaligned {
        line: usize,
        found: usize,
    },
    /// A character that may not stand there. Line and column count from 0.
    ForeignCharacter {
        field: Option<Field>,
        line: usize,
        column: usize,
        character: char,
    },
    CheckFails {
        check: CheckName,
        expected: char,
        found: char,
    },
    /// A date that does not exist.
    ImpossibleDate {
        field: Field,
    },
    /// Month, day or all of the birth date is not known to the issuer.
    IncompleteBirthDate,
    /// The expiry date is left blank; lawful on a few identity cards only.
    NoExpiryDate,
    /// Neither ISO 3166-1 nor ICAO has this code.
    UnknownCountry {
        field: Field,
        country: String,
    },
    /// The first letter is not one the standard has for this size of document.
    UnusualDocumentCode {
        document_code: String,
    },
    /// A field that must hold something is blank or begins with a filler.
    Blank {
        field: Field,
    },
    /// Fillers within the names stand where the standard has none.
    IrregularNames,
    /// The name field is full to its last character, so names may be cut off.
    NamesTruncated,
    /// A departure from the standard that is known of this issuer.
    Deviation {
        note: &'static str,
    },
    /// Characters that no check digit vouches for were read with too little confidence.
    Unsure {
        field: Field,
        confidence: f32,
    },
    /// More than one plausible reading satisfies the check digits, so none was chosen.
    AmbiguousRepair,
}

impl Finding {
    /// Whether a zone with this finding cannot be called valid.
    pub fn breaks_validity(&self) -> bool {
        match self {
            Self::NoFormat
            | Self::Unsupported { .. }
            | Self::Misaligned { .. }
            | Self::ForeignCharacter { .. }
            | Self::CheckFails { .. }
            | Self::ImpossibleDate { .. }
            | Self::Blank { .. }
            | Self::Unsure { .. }
            | Self::AmbiguousRepair => true,
            Self::Realigned { .. }
            | Self::IncompleteBirthDate
            | Self::NoExpiryDate
            | Self::UnknownCountry { .. }
            | Self::UnusualDocumentCode { .. }
            | Self::IrregularNames
            | Self::NamesTruncated
            | Self::Deviation { .. } => false,
        }
    }

    /// One sentence for people. It names fields and positions, and of the content only single characters and codes.
    pub fn message(&self) -> String {
        match self {
            Self::NoFormat => "The lines belong to no known format.".into(),
            Self::Unsupported { .. } => "This kind of machine-readable zone is not supported.".into(),
            Self::Realigned { line, found } => {
                format!("Line {} had {found} characters and was aligned by its fillers.", line + 1)
            }
            Self::Misaligned { line, found } => {
                format!("Line {} has {found} characters and cannot be aligned for certain.", line + 1)
            }
            Self::ForeignCharacter { line, column, character, .. } => {
                format!("Line {} column {}: {character:?} may not stand there.", line + 1, column + 1)
            }
            Self::CheckFails { check, expected, found } => {
                format!("The {} check digit is {found:?} and should be {expected:?}.", words(check))
            }
            Self::ImpossibleDate { field } => format!("The {} does not exist.", words(field)),
            Self::IncompleteBirthDate => "Part of the birth date is unknown.".into(),
            Self::NoExpiryDate => "There is no expiry date.".into(),
            Self::UnknownCountry { field, country } => {
                format!("The {} {country:?} is unknown.", words(field))
            }
            Self::UnusualDocumentCode { document_code } => {
                format!("The document code {document_code:?} is unusual for this format.")
            }
            Self::Blank { field } => format!("The {} is blank.", words(field)),
            Self::IrregularNames => "The fillers between the names are irregular.".into(),
            Self::NamesTruncated => "The names may be cut off.".into(),
            Self::Deviation { note } => (*note).into(),
            Self::Unsure { field, .. } => {
                format!("The {} was read with too little confidence.", words(field))
            }
            Self::AmbiguousRepair => "Several readings satisfy the check digits.".into(),
        }
    }
}

/// A field's or check's name with spaces.
fn words(name: &impl Serialize) -> String {
    serde_json::to_value(name)
        .ok()
        .and_then(|value| Some(value.as_str()?.replace('_', " ")))
        .unwrap_or_default()
}
