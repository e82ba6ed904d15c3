//! Names of the fields and check digits of a machine-readable zone.

use serde::{Deserialize, Serialize};

/// A field of the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    DocumentCode,
    IssuingState,
    DocumentNumber,
    Nationality,
    BirthDate,
    Sex,
    ExpiryDate,
    OptionalData,
    #[serde(rename = "optional_data_2")]
    OptionalData2,
    /// Surname and given names; on the French national identity card the surname alone.
    Names,
    /// Only where the given names have a place of their own (French national identity card).
    GivenNames,
}

/// A check digit, named after what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    DocumentNumber,
    BirthDate,
    ExpiryDate,
    /// Over the optional data (personal number) of a passport.
    OptionalData,
    Composite,
}
