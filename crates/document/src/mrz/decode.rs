//! From the characters of a zone, already cut to a format, to fields, checks and findings.

use jiff::civil::Date;

use super::check_digit::check_digit;
use super::class::{self, CharSet};
use super::country::{alpha3, country_name};
use super::date::{ReadDate, birth_date, expiry_date};
use super::deviation::{self, Rule};
use super::field::{CheckName, Field};
use super::finding::Finding;
use super::format::{CheckLayout, Format, Span};
use super::name;
use super::sex::Sex;
use super::zone::{Check, Fields, Mrz};

/// The characters of a zone, `format.size()` of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) format: Format,
    pub(super) lines: Vec<Vec<char>>,
}

impl Sheet {
    pub(super) fn read(&self, span: Span) -> String {
        self.lines[span.line][span.start..span.end].iter().collect()
    }

    fn field(&self, field: Field) -> String {
        self.format.span(field).map(|span| self.read(span)).unwrap_or_default()
    }

    /// Document code and issuing state as text, Germany as `DEU`.
    fn issuer(&self) -> (String, String) {
        let state = self.field(Field::IssuingState);
        (trimmed(&self.field(Field::DocumentCode)), alpha3(state.trim_end_matches('<')).to_owned())
    }

    fn has(&self, rule: Rule) -> Option<&'static str> {
        let (code, state) = self.issuer();
        deviation::find(&state, self.format, &code, rule)
    }

    /// A document number of more than nine characters: the rest, its check digit, and how much of the optional data
    /// both take up. The filler in the check position tells of it.
    pub(super) fn long_number(&self) -> Option<LongNumber> {
        let rest_span = self.format.long_number_rest()?;
        let digit = self.format.checks().iter().find(|check| check.name == CheckName::DocumentNumber)?.digit;
        let head = self.field(Field::DocumentNumber);
        if self.read(digit) != "<" || head.contains('<') {
            return None;
        }
        let text = self.read(rest_span);
        let rest = text.split('<').next().unwrap_or_default();
        let (last, _) = rest.char_indices().next_back()?;
        Some(LongNumber {
            head,
            rest: rest[..last].to_owned(),
            digit: rest[last..].chars().next()?,
            taken: rest.len(),
        })
    }

    /// The check digits with what they should be.
    pub(super) fn checks(&self) -> Vec<Check> {
        self.format.checks().iter().map(|layout| self.check(layout)).collect()
    }

    fn check(&self, layout: &CheckLayout) -> Check {
        if layout.name == CheckName::DocumentNumber
            && let Some(long) = self.long_number()
        {
            return long.check();
        }
        let covered: String = layout.covers.iter().map(|span| self.read(*span)).collect();
        let found = self.lines[layout.digit.line][layout.digit.start];
        let expected = check_digit(&covered);
        // A passport may have a filler over blank optional data (ICAO 9303-4 §4.2.2.2); issuers that leave the
        // expiry date blank leave its digit blank too.
        let blank_allowed = layout.name == CheckName::OptionalData
            || layout.name == CheckName::ExpiryDate && self.has(Rule::BlankExpiry).is_some();
        let blank = blank_allowed && found == '<' && covered.bytes().all(|byte| byte == b'<');
        Check { name: layout.name, expected, found, holds: found == expected || blank }
    }
}

/// A document number that goes on in the optional data.
pub(super) struct LongNumber {
    head: String,
    rest: String,
    digit: char,
    /// Characters of the optional data, the check digit included.
    pub(super) taken: usize,
}

impl LongNumber {
    fn text(&self) -> String {
        format!("{}{}", self.head, self.rest)
    }

    /// ICAO 9303-5 counts the filler in the check position as part of the calculation (Belgian cards do, and the
    /// standard's sample fits both ways); some issuers leave it out, as 9303-11 does for the chip's key. Either is
    /// accepted: the composite check digit covers the number again.
    fn check(&self) -> Check {
        let expected = check_digit(&format!("{}<{}", self.head, self.rest));
        let without = check_digit(&self.text());
        let holds = self.digit == expected || self.digit == without;
        Check { name: CheckName::DocumentNumber, expected, found: self.digit, holds }
    }
}

/// Decodes the sheet. The confidence map is left empty.
pub(super) fn decode(sheet: &Sheet, today: Date) -> (Mrz, Vec<Finding>) {
    let mut findings = Vec::new();
    find_foreign_characters(sheet, &mut findings);
    let checks = sheet.checks();
    for check in checks.iter().filter(|check| !check.holds) {
        findings.push(Finding::CheckFails {
            check: check.name,
            expected: check.expected,
            found: check.found,
        });
    }
    let fields = read_fields(sheet, today, &mut findings);
    let valid = !findings.iter().any(Finding::breaks_validity);
    let lines = sheet.lines.iter().map(|line| line.iter().collect()).collect();
    (
        Mrz {
            format: sheet.format,
            lines,
            fields,
            checks,
            valid,
            confidence: std::collections::BTreeMap::new(),
        },
        findings,
    )
}

fn find_foreign_characters(sheet: &Sheet, findings: &mut Vec<Finding>) {
    let digits_in_names = sheet.has(Rule::DigitsInNames);
    let digit_in_code = sheet.has(Rule::DigitInDocumentCode);
    let blank_expiry = sheet.has(Rule::BlankExpiry);
    for (line, cells) in class::cells(sheet.format).iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let character = sheet.lines[line][column];
            if cell.allowed.contains(character) {
                continue;
            }
            let note = match cell.field {
                Some(Field::Names) if CharSet::DIGITS.contains(character) => digits_in_names,
                Some(Field::DocumentCode) if column == 1 && CharSet::DIGITS.contains(character) => {
                    digit_in_code
                }
                None if character == '<' => blank_expiry,
                _ => None,
            };
            match note {
                Some(note) => add_once(findings, Finding::Deviation { note }),
                None => {
                    findings.push(Finding::ForeignCharacter { field: cell.field, line, column, character });
                }
            }
        }
    }
}

fn add_once(findings: &mut Vec<Finding>, finding: Finding) {
    if !findings.contains(&finding) {
        findings.push(finding);
    }
}

fn read_fields(sheet: &Sheet, today: Date, findings: &mut Vec<Finding>) -> Fields {
    let (document_code, issuing_state) = sheet.issuer();
    if !usual_code(sheet.format, &document_code) {
        findings.push(Finding::UnusualDocumentCode { document_code: document_code.clone() });
    }
    let expiry_text = sheet.field(Field::ExpiryDate);
    let expiration_date = read_expiry(sheet, &expiry_text, today, findings);
    let birth_text = sheet.field(Field::BirthDate);
    let date_of_birth = read_birth(&birth_text, today, expiration_date, findings);
    let (document_number, optional_data) = read_number(sheet, findings);
    let optional_data_2 = spaced(&sheet.field(Field::OptionalData2));
    let names = read_names(sheet, findings);
    Fields {
        nationality: read_nationality(sheet, &issuing_state, findings),
        personal_number: personal_number(sheet, &optional_data, &optional_data_2),
        sex: sheet.field(Field::Sex).chars().next().and_then(Sex::from_mrz),
        issuing_state: read_state(Field::IssuingState, &issuing_state, findings),
        birth_date: birth_text,
        expiry_date: expiry_text,
        surname: names.surname,
        given_names: names.given_names,
        names_truncated: names.truncated,
        document_code,
        document_number,
        date_of_birth,
        expiration_date,
        optional_data,
        optional_data_2,
    }
}

/// First letters: `P` for booklets, `V` for visas, `A`, `C` or `I` for cards (ICAO 9303-4 to -7 §4.2.2), and `P` on
/// the passport cards of a few states.
pub(super) fn usual_code(format: Format, code: &str) -> bool {
    let first = match format {
        Format::Td3 => "P",
        Format::MrvA | Format::MrvB => "V",
        Format::Td1 | Format::Td2 => "ACIP",
        Format::FrenchId => "I",
    };
    code.starts_with(|letter| first.contains(letter))
}

fn read_state(field: Field, code: &str, findings: &mut Vec<Finding>) -> String {
    if code.is_empty() || code.contains('<') {
        findings.push(Finding::Blank { field });
    } else if country_name(code).is_none() {
        findings.push(Finding::UnknownCountry { field, country: code.to_owned() });
    }
    code.to_owned()
}

/// The French national identity card has no nationality: it is issued to nationals alone.
fn read_nationality(sheet: &Sheet, issuing_state: &str, findings: &mut Vec<Finding>) -> String {
    if sheet.format == Format::FrenchId {
        return issuing_state.to_owned();
    }
    let text = sheet.field(Field::Nationality);
    read_state(Field::Nationality, alpha3(text.trim_end_matches('<')), findings)
}

fn read_expiry(sheet: &Sheet, text: &str, today: Date, findings: &mut Vec<Finding>) -> Option<Date> {
    if sheet.format == Format::FrenchId {
        return None;
    }
    let (code, state) = sheet.issuer();
    if let Some(note) = deviation::perpetual(&state, sheet.format, &code, text) {
        findings.push(Finding::Deviation { note });
        return None;
    }
    match expiry_date(text, today) {
        ReadDate::Full(date) => Some(date),
        ReadDate::Absent if matches!(sheet.format, Format::Td1 | Format::Td2) => {
            findings.push(Finding::NoExpiryDate);
            None
        }
        ReadDate::Absent if sheet.has(Rule::BlankExpiry).is_some() => {
            findings.push(Finding::NoExpiryDate);
            None
        }
        _ => {
            findings.push(Finding::ImpossibleDate { field: Field::ExpiryDate });
            None
        }
    }
}

fn read_birth(text: &str, today: Date, expiry: Option<Date>, findings: &mut Vec<Finding>) -> Option<Date> {
    match birth_date(text, today, expiry) {
        ReadDate::Full(date) => Some(date),
        ReadDate::Partial | ReadDate::Absent => {
            findings.push(Finding::IncompleteBirthDate);
            None
        }
        ReadDate::Impossible => {
            findings.push(Finding::ImpossibleDate { field: Field::BirthDate });
            None
        }
    }
}

/// Document number and what remains of the first optional field.
fn read_number(sheet: &Sheet, findings: &mut Vec<Finding>) -> (String, String) {
    let optional = sheet.field(Field::OptionalData);
    if let Some(long) = sheet.long_number() {
        return (long.text(), spaced(&optional[long.taken..]));
    }
    let number = sheet.field(Field::DocumentNumber);
    if number.starts_with('<') {
        findings.push(Finding::Blank { field: Field::DocumentNumber });
    }
    (spaced(&number), spaced(&optional))
}

fn personal_number(sheet: &Sheet, optional_data: &str, optional_data_2: &str) -> String {
    if sheet.format.is_visa() || sheet.format == Format::FrenchId {
        return String::new();
    }
    let first = (sheet.has(Rule::OptionalDataNotPersonal).is_none()).then_some(optional_data);
    let second = (sheet.has(Rule::OptionalData2NotPersonal).is_none()).then_some(optional_data_2);
    [first, second].into_iter().flatten().find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

fn read_names(sheet: &Sheet, findings: &mut Vec<Finding>) -> name::HolderName {
    let field = sheet.field(Field::Names);
    let names = match sheet.format {
        Format::FrenchId => name::split_french(&field, &sheet.field(Field::GivenNames)),
        _ => name::split(&field),
    };
    if names.surname.is_empty() {
        findings.push(Finding::Blank { field: Field::Names });
    }
    if names.irregular {
        findings.push(Finding::IrregularNames);
    }
    if names.truncated {
        findings.push(Finding::NamesTruncated);
    }
    names
}

/// Without fillers at the end.
fn trimmed(text: &str) -> String {
    text.trim_end_matches('<').to_owned()
}

/// Without fillers around it, and one space for any within.
fn spaced(text: &str) -> String {
    text.split('<').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
