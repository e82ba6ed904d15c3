//! What stands in the visual zone of each kind of document, row by row (ICAO 9303-4, -5, -6, -7 §4.1).

use super::Field;
use crate::dates::written;
use crate::document::Holder;
use crate::kind::Kind;
use crate::person::{BirthDate, Sex};
use crate::scheme::Scheme;
use crate::words::Language;
use jiff::civil::Date;

fn field(label: &'static str, value: impl Into<String>, share: f32) -> Field {
    Field { label, value: value.into(), share }
}

/// The rows beside the portrait.
pub(crate) fn front_rows(kind: Kind, holder: &Holder, scheme: &Scheme) -> Vec<Vec<Field>> {
    match kind {
        Kind::Passport => passport(holder, scheme),
        Kind::IdCard => card(holder, scheme),
        Kind::Td2 => larger_card(holder, scheme),
        Kind::VisaA | Kind::VisaB => visa(holder, scheme),
    }
}

fn passport(holder: &Holder, scheme: &Scheme) -> Vec<Vec<Field>> {
    let person = holder.person;
    vec![
        vec![
            field("Type", "P", 0.5),
            field("Code", person.nation.code, 0.8),
            field("Passport No.", &holder.number, 1.7),
        ],
        vec![field("Surname", upper(&person.surname), 1.0)],
        vec![field("Given names", upper(&person.given_names), 1.0)],
        vec![
            field("Nationality", nationality(holder), 1.4),
            field("Height", format!("{} cm", person.height_cm), 0.6),
        ],
        vec![
            field("Date of birth", birth(person.birth, scheme), 1.0),
            field("Personal No.", person.personal_number.clone().unwrap_or_default(), 1.0),
        ],
        vec![field("Sex", sex(person.sex), 0.5), field("Place of birth", upper(&person.birthplace), 1.5)],
        vec![
            field("Date of issue", date(person.issued, scheme), 1.0),
            field("Authority", authority(holder), 1.0),
        ],
        vec![field("Date of expiry", date(person.expires, scheme), 1.0), field("Signature", "", 1.0)],
    ]
}

fn card(holder: &Holder, scheme: &Scheme) -> Vec<Vec<Field>> {
    let person = holder.person;
    vec![
        vec![field("Surname", upper(&person.surname), 1.0)],
        vec![field("Given names", upper(&person.given_names), 1.0)],
        vec![
            field("Sex", sex(person.sex), 0.4),
            field("Nationality", person.nation.code, 0.7),
            field("Date of birth", birth(person.birth, scheme), 1.1),
        ],
        vec![field("Document No.", &holder.number, 1.0)],
        vec![field("Date of expiry", date(person.expires, scheme), 1.0), field("Signature", "", 1.0)],
    ]
}

fn larger_card(holder: &Holder, scheme: &Scheme) -> Vec<Vec<Field>> {
    let person = holder.person;
    vec![
        vec![
            field("Type", "ID", 0.5),
            field("Code", person.nation.code, 0.8),
            field("Document No.", &holder.number, 1.7),
        ],
        vec![field("Surname", upper(&person.surname), 1.0)],
        vec![field("Given names", upper(&person.given_names), 1.0)],
        vec![field("Sex", sex(person.sex), 0.4), field("Nationality", nationality(holder), 1.0)],
        vec![
            field("Date of birth", birth(person.birth, scheme), 1.0),
            field("Place of birth", upper(&person.birthplace), 1.0),
        ],
        vec![field("Date of expiry", date(person.expires, scheme), 1.0), field("Signature", "", 1.0)],
    ]
}

fn visa(holder: &Holder, scheme: &Scheme) -> Vec<Vec<Field>> {
    let person = holder.person;
    vec![
        vec![field("Issued in", upper(&person.birthplace), 1.2), field("Visa No.", &holder.number, 1.0)],
        vec![
            field("Valid from", date(person.issued, scheme), 1.0),
            field("Valid until", date(person.expires, scheme), 1.0),
        ],
        vec![
            field("Number of entries", "MULT", 1.0),
            field("Sex", sex(person.sex), 0.4),
            field("Nationality", person.nation.code, 0.6),
        ],
        vec![field("Surname", upper(&person.surname), 1.0)],
        vec![field("Given names", upper(&person.given_names), 1.0)],
        vec![field("Date of birth", birth(person.birth, scheme), 1.0), field("Signature", "", 1.0)],
    ]
}

/// The rows above the machine-readable zone on the back of a card.
pub(crate) fn back_rows(holder: &Holder, scheme: &Scheme) -> Vec<Vec<Field>> {
    let person = holder.person;
    vec![
        vec![
            field("Place of birth", upper(&person.birthplace), 1.2),
            field("Height", format!("{} cm", person.height_cm), 0.8),
        ],
        vec![field("Address", format!("{} 12, {}", person.birthplace, person.nation.native_name), 1.0)],
        vec![
            field("Date of issue", date(person.issued, scheme), 1.0),
            field("Authority", authority(holder), 1.0),
        ],
        vec![field("Personal No.", person.personal_number.clone().unwrap_or_else(|| "—".to_owned()), 1.0)],
    ]
}

pub(crate) fn upper(text: &str) -> String {
    // A lone letter for ß would be read as a different name by people used to capitals: keep it as it is.
    text.chars()
        .flat_map(|letter| if letter == 'ß' { vec!['ß'] } else { letter.to_uppercase().collect() })
        .collect()
}

fn nationality(holder: &Holder) -> String {
    format!("{} / {}", upper(holder.person.nation.native_name), holder.person.nation.code)
}

fn authority(holder: &Holder) -> String {
    format!("SPECIMEN OFFICE {}", holder.person.nation.code)
}

pub(crate) fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Unspecified => "X",
    }
}

fn date(date: Date, scheme: &Scheme) -> String {
    birth(BirthDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) }, scheme)
}

fn birth(birth: BirthDate, scheme: &Scheme) -> String {
    written(birth, scheme.date_style, Language::English)
}
