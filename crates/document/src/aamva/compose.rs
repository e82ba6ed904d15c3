//! Makes payloads of every version: the inverse of parsing, for synthetic cards.

use jiff::civil::Date;

use super::issuer::{Country, Issuer};
use super::licence::Kind;
use super::value::{Height, Sex};

/// What a payload is made of. Empty texts are left out or written as the version demands.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub issuer: Issuer,
    pub kind: Kind,
    /// The jurisdiction's own version, 0 to 99; versions 0 and 1 have none.
    pub jurisdiction_version: u8,
    pub family_name: String,
    pub first_name: String,
    pub middle_name: String,
    pub name_suffix: String,
    pub date_of_birth: Date,
    pub issue_date: Date,
    pub expiration_date: Date,
    pub sex: Sex,
    pub height: Height,
    /// Three letters of ANSI D-20: `BRO`.
    pub eye_colour: String,
    pub hair_colour: String,
    pub street_1: String,
    pub street_2: String,
    pub city: String,
    pub postal_code: String,
    pub customer_number: String,
    pub document_discriminator: String,
    pub vehicle_class: String,
    pub restrictions: String,
    pub endorsements: String,
    pub organ_donor: bool,
    pub veteran: bool,
    /// Any other elements of the standard, letters and value, written as they are: `("DCK", "0123")`.
    pub more: Vec<(String, String)>,
    /// The jurisdiction's own subfile: its elements begin with `Z` and the jurisdiction's letter.
    pub own: Vec<(String, String)>,
}

/// Why there is no payload of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Uncomposable {
    #[error("version {0} is not one of 1 to 11")]
    Version(u8),
    #[error("element {0} holds a separator")]
    Separator(String),
    #[error("{0:?} is no element's name")]
    Element(String),
    #[error("a subfile is longer than the directory can say")]
    TooLong,
}

/// Names longer than this are cut off, and the truncation flag says so (annex D table D.3).
const LONGEST_NAME: usize = 40;

/// The payload of a version from 1 to 11.
pub fn compose(version: u8, record: &Record) -> Result<Vec<u8>, Uncomposable> {
    if !(1..=11).contains(&version) {
        return Err(Uncomposable::Version(version));
    }
    let mut subfiles = vec![subfile(record.kind.designator(), &standard(version, record))?];
    if let Some((id, _)) = record.own.first() {
        let kind = id.get(..2).ok_or_else(|| Uncomposable::Element(id.clone()))?;
        subfiles.push(subfile(kind, &record.own)?);
    }
    let own = if version > 1 { format!("{:02}", record.jurisdiction_version.min(99)) } else { String::new() };
    let payload = format!("@\n\u{1e}\rANSI {}{version:02}{own}{:02}", record.issuer.number, subfiles.len());
    let mut offset = payload.len() + 10 * subfiles.len();
    let mut directory = Vec::new();
    for subfile in &subfiles {
        if offset > 9999 || subfile.len() > 9999 {
            return Err(Uncomposable::TooLong);
        }
        directory.push(format!("{}{offset:04}{:04}", &subfile[..2], subfile.len()));
        offset += subfile.len();
    }
    Ok([payload, directory.concat(), subfiles.concat()].concat().into_bytes())
}

fn subfile(kind: &str, elements: &[(String, String)]) -> Result<String, Uncomposable> {
    let mut out = kind.to_owned();
    for (at, (id, value)) in elements.iter().enumerate() {
        if id.len() != 3 || !id.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Uncomposable::Element(id.clone()));
        }
        if value.contains(char::is_control) {
            return Err(Uncomposable::Separator(id.clone()));
        }
        out.push_str(if at == 0 { "" } else { "\n" });
        out.push_str(id);
        out.push_str(value);
    }
    out.push('\r');
    Ok(out)
}

/// The elements of the standard's own subfile, in the order of its tables.
fn standard(version: u8, record: &Record) -> Vec<(String, String)> {
    let mut elements = Elements(Vec::new());
    elements.names(version, record);
    elements.licence(version, record);
    elements.person(version, record);
    for (id, text) in [("DAG", &record.street_1), ("DAI", &record.city)] {
        elements.add(id, text);
    }
    elements.add("DAJ", record.issuer.code);
    elements.add("DAK", &format!("{:<11}", record.postal_code.replace(['-', ' '], "")));
    elements.add("DAQ", &record.customer_number);
    if !record.street_2.is_empty() {
        elements.add("DAH", &record.street_2);
    }
    if version > 1 {
        elements.add("DCF", &record.document_discriminator);
        elements.add("DCG", record.issuer.country.alpha3());
    }
    for (id, value) in &record.more {
        elements.add(id, value);
    }
    elements.0
}

struct Elements(Vec<(String, String)>);

impl Elements {
    fn add(&mut self, id: &str, value: &str) {
        self.0.push((id.to_owned(), value.to_owned()));
    }

    /// Version 1 has one element with commas, 2 and 3 have all given names in one, later ones separate them.
    fn names(&mut self, version: u8, record: &Record) {
        let parts = [&record.family_name, &record.first_name, &record.middle_name];
        let [family, first, middle] = parts.map(|name| name.chars().take(LONGEST_NAME).collect::<String>());
        match version {
            1 => {
                let all = [&family, &first, &middle, &record.name_suffix].map(String::as_str).join(",");
                self.add("DAA", all.trim_end_matches(','));
            }
            2 | 3 => {
                self.add("DCS", &family);
                self.add("DCT", [first, middle].join(" ").trim());
            }
            _ => {
                for (id, flag, full, cut) in [
                    ("DCS", "DDE", parts[0], family),
                    ("DAC", "DDF", parts[1], first),
                    ("DAD", "DDG", parts[2], middle),
                ] {
                    self.add(id, if cut.is_empty() && id == "DAD" { "NONE" } else { &cut });
                    self.add(flag, if cut.len() < full.len() { "T" } else { "N" });
                }
            }
        }
        if version > 1 && !record.name_suffix.is_empty() {
            self.add("DCU", &record.name_suffix);
        }
    }

    fn licence(&mut self, version: u8, record: &Record) {
        let ids = if version == 1 { ["DAR", "DAS", "DAT"] } else { ["DCA", "DCB", "DCD"] };
        let texts = [&record.vehicle_class, &record.restrictions, &record.endorsements];
        // Identity cards have no classes.
        for (id, text) in ids.into_iter().zip(texts).filter(|_| record.kind != Kind::IdentityCard) {
            self.add(id, if text.is_empty() && version > 1 { "NONE" } else { text });
        }
        for (id, date) in
            [("DBD", record.issue_date), ("DBB", record.date_of_birth), ("DBA", record.expiration_date)]
        {
            self.add(id, &date_text(version, record.issuer.country, date));
        }
    }

    fn person(&mut self, version: u8, record: &Record) {
        self.add(
            "DBC",
            match record.sex {
                Sex::Male => "1",
                Sex::Female => "2",
                Sex::Unspecified => "9",
            },
        );
        let height = match record.height {
            Height::Inches(inches) if version == 1 => format!("{}{:02}", inches / 12, inches % 12),
            Height::Inches(inches) => format!("{inches:03} IN"),
            Height::Centimetres(centimetres) => format!("{centimetres:03} CM"),
        };
        self.add("DAU", &height);
        self.add("DAY", &record.eye_colour);
        if !record.hair_colour.is_empty() {
            self.add("DAZ", &record.hair_colour);
        }
        if record.organ_donor {
            self.add(if version == 1 { "DBH" } else { "DDK" }, if version == 1 { "Y" } else { "1" });
        }
        if record.veteran && version > 1 {
            self.add("DDL", "1");
        }
    }
}

/// Month first in the US since 2003, year first elsewhere and before.
fn date_text(version: u8, country: Country, date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    if country == Country::UnitedStates && version > 1 {
        format!("{month:02}{day:02}{year:04}")
    } else {
        format!("{year:04}{month:02}{day:02}")
    }
}
