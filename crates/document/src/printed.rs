//! The visual zone: from recognised lines of text with their places to the fields they are.
//!
//! Labels in the languages of the European Union, the United Kingdom, the Americas, Turkey and the Balkans are data
//! (`labels.txt`); so are month names and nationalities. A value stands in the label's line, below it or to its right;
//! driving licences number their fields instead (Directive 2006/126/EC annex I, ISO/IEC 18013-1).

pub mod date;
mod dissect;
mod field;
mod label;
mod layout;
mod nationality;
mod numbered;
mod value;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

pub use field::PrintedField;
pub(crate) use nationality::named as countries_named;
pub use nationality::nationality;

use crate::mrz::Sex;

/// One recognised line.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    pub text: String,
    /// Top left, top right, bottom right and bottom left, in fractions of the flattened document's width and height.
    pub corners: [(f32, f32); 4],
    /// `0.0..=1.0`.
    pub confidence: f32,
}

/// What is known of the document beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Hints {
    /// Issuing country, alpha-3: the order of day and month depends on it.
    pub country: Option<String>,
    /// Whether its fields are numbered as on driving licences; found out where `None`.
    pub driving_licence: Option<bool>,
    /// Settles the century of years with two digits.
    pub today: Date,
}

/// A field's value and where it was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// As printed, without label and numbering; lines of an address are joined by `, `.
    pub text: String,
    /// Fields that are dates.
    pub date: Option<Date>,
    /// [`PrintedField::Sex`].
    pub sex: Option<Sex>,
    /// [`PrintedField::Nationality`]: alpha-3.
    pub country: Option<&'static str>,
    /// [`PrintedField::Height`]: centimetres.
    pub centimetres: Option<u16>,
    /// The recogniser's confidence in the line, less what speaks against its being this field; `0.0..=1.0`.
    pub confidence: f32,
    /// Index of the line that holds the value.
    pub line: usize,
    /// Index of the line that holds the label; `None` if the place or the form of the value told.
    pub label: Option<usize>,
}

/// Fields of the visual zone.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Printed {
    pub fields: BTreeMap<PrintedField, Found>,
}

impl Printed {
    /// A field, if it was found.
    pub fn get(&self, field: PrintedField) -> Option<&Found> {
        self.fields.get(&field)
    }

    /// The text of a field; empty if it was not found.
    pub fn text(&self, field: PrintedField) -> &str {
        self.get(field).map_or("", |found| &found.text)
    }

    /// The day of a field that is a date.
    pub fn date(&self, field: PrintedField) -> Option<Date> {
        self.get(field).and_then(|found| found.date)
    }
}

/// More lines than any document has are not looked at.
const MOST_LINES: usize = 200;

/// Reads the fields of one side of a document.
///
/// ```
/// use document::printed::{Hints, PrintedField, TextLine, read};
///
/// let line = |text: &str, y: f32| TextLine {
///     text: text.into(), corners: [(0.3, y), (0.7, y), (0.7, y + 0.04), (0.3, y + 0.04)], confidence: 0.98,
/// };
/// let lines = [line("Nom / Surname", 0.2), line("MARTIN", 0.25), line("Date de naissance : 12 AVR/APR 84", 0.4)];
/// let hints = Hints { country: Some("FRA".into()), driving_licence: None, today: jiff::civil::date(2026, 11, 23) };
/// let printed = read(&lines, &hints);
/// assert_eq!(printed.text(PrintedField::Surname), "MARTIN");
/// assert_eq!(printed.date(PrintedField::BirthDate), Some(jiff::civil::date(1984, 4, 12)));
/// ```
pub fn read(lines: &[TextLine], hints: &Hints) -> Printed {
    let lines: Vec<&TextLine> = lines.iter().take(MOST_LINES).collect();
    let mut reader = layout::Reader::new(&lines, hints);
    reader.numbered();
    reader.labelled();
    reader.unlabelled();
    reader.finish()
}
