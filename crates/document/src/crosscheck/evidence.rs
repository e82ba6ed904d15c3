//! What one part of a document says, in one form for all parts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::ComparedField;
use crate::printed::{Printed, PrintedField};
use crate::{aamva, mrz};

/// Where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Mrz,
    Front,
    Back,
    Barcode,
    Chip,
    /// What the integrator or the person said beforehand.
    Expected,
}

/// What one part says; empty and `None` where it says nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    pub source: Source,
    pub surname: String,
    pub given_names: String,
    /// Instead of the two, where they stand in one.
    pub full_name: String,
    /// The names may be cut off.
    pub names_truncated: bool,
    pub birth_date: Option<Date>,
    pub sex: Option<mrz::Sex>,
    /// Alpha-3.
    pub nationality: String,
    pub document_number: String,
    pub personal_number: String,
    pub issue_date: Option<Date>,
    pub expiry_date: Option<Date>,
    /// Readings that are less than certain, `0.0..=1.0`.
    pub confidences: BTreeMap<ComparedField, f32>,
}

impl Evidence {
    /// A part that says nothing yet.
    pub fn new(source: Source) -> Self {
        Self {
            source,
            surname: String::new(),
            given_names: String::new(),
            full_name: String::new(),
            names_truncated: false,
            birth_date: None,
            sex: None,
            nationality: String::new(),
            document_number: String::new(),
            personal_number: String::new(),
            issue_date: None,
            expiry_date: None,
            confidences: BTreeMap::new(),
        }
    }

    /// Of a machine-readable zone.
    pub fn of_zone(fields: &mrz::Fields) -> Self {
        Self {
            surname: fields.surname.clone(),
            given_names: fields.given_names.clone(),
            names_truncated: fields.names_truncated,
            birth_date: fields.date_of_birth,
            // A filler says nothing of the sex.
            sex: fields.sex.filter(|sex| *sex != mrz::Sex::Unspecified),
            nationality: fields.nationality.clone(),
            document_number: fields.document_number.clone(),
            personal_number: fields.personal_number.clone(),
            expiry_date: fields.expiration_date,
            ..Self::new(Source::Mrz)
        }
    }

    /// Of the visual zone of one side.
    pub fn of_printed(source: Source, printed: &Printed) -> Self {
        let text = |field| printed.text(field).to_owned();
        let nationality = printed.get(PrintedField::Nationality).and_then(|found| found.country);
        let names = [
            (ComparedField::Surname, PrintedField::Surname),
            (ComparedField::GivenNames, PrintedField::GivenNames),
            (ComparedField::FullName, PrintedField::FullName),
            (ComparedField::BirthDate, PrintedField::BirthDate),
            (ComparedField::Sex, PrintedField::Sex),
            (ComparedField::Nationality, PrintedField::Nationality),
            (ComparedField::DocumentNumber, PrintedField::DocumentNumber),
            (ComparedField::PersonalNumber, PrintedField::PersonalNumber),
            (ComparedField::IssueDate, PrintedField::IssueDate),
            (ComparedField::ExpiryDate, PrintedField::ExpiryDate),
        ];
        let confidences =
            names.into_iter().filter_map(|(field, own)| Some((field, printed.get(own)?.confidence)));
        Self {
            surname: text(PrintedField::Surname),
            given_names: text(PrintedField::GivenNames),
            full_name: text(PrintedField::FullName),
            birth_date: printed.date(PrintedField::BirthDate),
            sex: printed.get(PrintedField::Sex).and_then(|found| found.sex),
            nationality: nationality.unwrap_or_default().to_owned(),
            document_number: text(PrintedField::DocumentNumber),
            personal_number: text(PrintedField::PersonalNumber),
            issue_date: printed.date(PrintedField::IssueDate),
            expiry_date: printed.date(PrintedField::ExpiryDate),
            confidences: confidences.collect(),
            ..Self::new(source)
        }
    }

    /// Of the barcode of a North American licence.
    pub fn of_barcode(fields: &aamva::Fields) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let given = [text(&fields.first_name), text(&fields.middle_name)].join(" ");
        let flags = [fields.family_name_truncated, fields.first_name_truncated, fields.middle_name_truncated];
        Self {
            surname: text(&fields.family_name),
            given_names: given.trim().to_owned(),
            names_truncated: flags.contains(&Some(true)),
            birth_date: fields.date_of_birth,
            sex: fields.sex.map(|sex| match sex {
                aamva::Sex::Male => mrz::Sex::Male,
                aamva::Sex::Female => mrz::Sex::Female,
                aamva::Sex::Unspecified => mrz::Sex::Unspecified,
            }),
            document_number: text(&fields.customer_number),
            issue_date: fields.issue_date,
            expiry_date: fields.expiration_date,
            ..Self::new(Source::Barcode)
        }
    }

    pub(super) fn birth(&self) -> Option<Date> {
        self.birth_date
    }

    pub(super) fn document(&self) -> &str {
        &self.document_number
    }

    /// The whole name in the orders in which it is written; empty if there is none.
    pub(super) fn whole_names(&self) -> Vec<String> {
        if !self.full_name.is_empty() {
            return vec![self.full_name.clone()];
        }
        match (self.surname.is_empty(), self.given_names.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => vec![self.surname.clone()],
            (false, false) => vec![
                format!("{} {}", self.surname, self.given_names),
                format!("{} {}", self.given_names, self.surname),
            ],
        }
    }

    pub(super) fn confidence(&self, field: ComparedField) -> f32 {
        self.confidences.get(&field).copied().unwrap_or(1.0)
    }
}
