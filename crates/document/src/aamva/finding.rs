//! What was noticed about a payload. Findings are values: a payload with findings is still read.

use serde::Serialize;

/// Something noticed about a payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    /// Nothing in the payload looks like an element of the standard.
    NotALicence,
    /// Neither `ANSI ` nor `AAMVA` with an issuer number was found; elements were read all the same.
    NoHeader,
    /// AAMVA has not assigned the issuer's number.
    UnknownIssuer { number: String },
    /// A version number that no edition of the standard has.
    UnknownVersion { version: u8 },
    /// A subfile does not stand where the directory says, or is not as long.
    DirectoryDisagrees { subfile: String },
    /// Separators between elements are missing and were guessed.
    SeparatorsMissing,
    /// Text between elements that belongs to none.
    StrayText,
    /// The same element with different contents; the first was taken.
    Repeated { element: String },
    /// An element that every version demands is missing or blank.
    Missing { element: &'static str },
    /// A date that does not exist.
    ImpossibleDate { element: &'static str },
    /// A date written in the order of the other country (month first in the US, year first in Canada).
    UnusualDateOrder { element: &'static str },
    /// The combined name has no separators, so which part is the family name was guessed.
    AmbiguousName,
    /// The payload is longer than any PDF417 symbol holds and was cut.
    TooLong,
}
