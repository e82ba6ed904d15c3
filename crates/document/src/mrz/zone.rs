//! A decoded zone and its parts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::field::{CheckName, Field};
use super::format::Format;
use super::sex::Sex;

/// A machine-readable zone, taken apart. Whether it may be believed is what `valid` says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mrz {
    pub format: Format,
    /// The lines as decoded, of the format's exact lengths.
    pub lines: Vec<String>,
    pub fields: Fields,
    pub checks: Vec<Check>,
    /// Every mandatory check digit holds and every field has the structure of the standard.
    pub valid: bool,
    /// The least confidence of any character of the field, in `0.0..=1.0`; 1 for text.
    pub confidence: BTreeMap<Field, f32>,
}

/// What the zone says. Texts are without surrounding fillers and have spaces for fillers within.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Fields {
    /// `P`, `ID`, `AC`, `V` …
    pub document_code: String,
    /// Alpha-3 or one of ICAO's codes; Germany's `D` is `DEU` here.
    pub issuing_state: String,
    pub document_number: String,
    pub nationality: String,
    /// `YYMMDD` as in the zone.
    pub birth_date: String,
    /// The day, if the zone has one that exists.
    pub date_of_birth: Option<Date>,
    /// `None` if the zone has a character that stands for no sex.
    pub sex: Option<Sex>,
    /// `YYMMDD` as in the zone; empty where the format has no expiry date.
    pub expiry_date: String,
    /// The last day of validity; `None` also for documents that do not run out.
    pub expiration_date: Option<Date>,
    pub optional_data: String,
    pub optional_data_2: String,
    /// The optional data that holds a number of the person, as far as is known of the issuer.
    pub personal_number: String,
    pub surname: String,
    pub given_names: String,
    pub names_truncated: bool,
}

/// A check digit and whether it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Check {
    pub name: CheckName,
    pub expected: char,
    pub found: char,
    pub holds: bool,
}
