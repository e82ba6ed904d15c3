//! The sex mark of a travel document.

use serde::{Deserialize, Serialize};

/// Sex as the machine-readable zone can say it (ICAO 9303-4 §4.2.2.2: `M`, `F`, or the filler if unspecified).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    #[serde(rename = "M")]
    Male,
    #[serde(rename = "F")]
    Female,
    #[serde(rename = "X")]
    Unspecified,
}

impl Sex {
    /// The character in the zone.
    pub fn mrz_character(self) -> char {
        match self {
            Self::Male => 'M',
            Self::Female => 'F',
            Self::Unspecified => '<',
        }
    }

    /// `M`, `F` or `X`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "M",
            Self::Female => "F",
            Self::Unspecified => "X",
        }
    }

    /// What a character of the zone means; `None` if it may not stand there.
    pub fn from_mrz(character: char) -> Option<Self> {
        match character {
            'M' => Some(Self::Male),
            'F' => Some(Self::Female),
            '<' => Some(Self::Unspecified),
            _ => None,
        }
    }
}
