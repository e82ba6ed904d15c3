//! Names of the fields of the visual zone.

use serde::{Deserialize, Serialize};

/// A field of the visual zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintedField {
    Surname,
    GivenNames,
    /// Where one label covers the whole name.
    FullName,
    BirthName,
    BirthDate,
    BirthPlace,
    Sex,
    Nationality,
    DocumentNumber,
    PersonalNumber,
    IssueDate,
    ExpiryDate,
    Authority,
    Address,
    Height,
    EyeColour,
    MaritalStatus,
    /// Classes of vehicles.
    Categories,
}

/// What a label may announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    Field(PrintedField),
    /// The second of two surnames.
    SecondSurname,
    /// Surname, given name or both, as the rest of the document tells.
    Name,
    /// Date and place of birth in one.
    Birth,
    /// Something that we do not read: signatures, titles, parents.
    Other,
}

impl PrintedField {
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::Surname | Self::GivenNames | Self::FullName | Self::BirthName)
    }
}
