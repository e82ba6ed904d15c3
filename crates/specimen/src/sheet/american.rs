//! What the bar code on a North American licence says (AAMVA DL/ID card design standard, annex D).

use crate::bearer::Bearer;
use crate::catalogue::Layout;
use crate::layout::upper;
use crate::person::{BirthDate, Sex};
use jiff::civil::Date;

/// The payload of the PDF417 symbol: a header, a directory of one subfile, its elements. Version 10.
pub(super) fn payload(layout: &Layout, bearer: &Bearer) -> String {
    let mut subfile = String::from("DL");
    for (element, value) in elements(layout, bearer) {
        subfile.push_str(element);
        subfile.push_str(&value);
        subfile.push('\n');
    }
    subfile.pop();
    subfile.push('\r');
    // Header of 21 characters and one directory entry of ten; the subfile follows at once.
    let offset = 31;
    let header = format!("@\n\u{1e}\rANSI {}1000{:02}", issuer(layout.subdivision), 1);
    format!("{header}DL{offset:04}{:04}{subfile}", subfile.len())
}

/// The issuer identification numbers of the jurisdictions that have a layout.
fn issuer(subdivision: &str) -> &'static str {
    match subdivision {
        "CA" => "636014",
        "NY" => "636001",
        "TX" => "636015",
        "FL" => "636010",
        "WA" => "636045",
        "ON" => "636012",
        "BC" => "636028",
        _ => "604000",
    }
}

fn elements(layout: &Layout, bearer: &Bearer) -> Vec<(&'static str, String)> {
    let person = &bearer.person;
    let canadian = layout.country == "CAN";
    let day = |date: Date| date.strftime(if canadian { "%Y%m%d" } else { "%m%d%Y" }).to_string();
    let BirthDate { year, month, day: birthday } = person.birth;
    let birth = Date::new(year, month.unwrap_or(1), birthday.unwrap_or(1)).map(day).unwrap_or_default();
    let height = if canadian {
        format!("{:03} cm", person.height_cm)
    } else {
        format!("{:03} in", inches(person.height_cm))
    };
    let (first, middle) = names(&person.given_names);
    let postal: String = bearer.postal_code.chars().filter(char::is_ascii_alphanumeric).collect();
    vec![
        ("DAQ", bearer.number.clone()),
        ("DCS", upper(&person.surname)),
        ("DDE", "N".to_owned()),
        ("DAC", upper(first)),
        ("DDF", "N".to_owned()),
        ("DAD", if middle.is_empty() { "NONE".to_owned() } else { upper(middle) }),
        ("DDG", "N".to_owned()),
        ("DCA", bearer.class.to_owned()),
        ("DCB", bearer.restrictions.to_owned()),
        ("DCD", bearer.endorsements.to_owned()),
        ("DBD", day(person.issued)),
        ("DBB", birth),
        ("DBA", day(person.expires)),
        ("DBC", sex(person.sex).to_owned()),
        ("DAU", height),
        ("DAY", bearer.eyes.to_owned()),
        ("DAG", upper(&bearer.street)),
        ("DAI", upper(&bearer.town)),
        ("DAJ", layout.subdivision.to_owned()),
        ("DAK", if canadian { format!("{postal:<11}") } else { format!("{:<11}", format!("{postal}0000")) }),
        ("DCF", bearer.discriminator.clone()),
        ("DCG", layout.country.to_owned()),
        ("DAW", format!("{:03}", bearer.weight_lb)),
        ("DAZ", bearer.hair.to_owned()),
    ]
}

/// The first of the given names, and the rest.
pub(super) fn names(given: &str) -> (&str, &str) {
    given.split_once(' ').unwrap_or((given, ""))
}

pub(super) fn inches(centimetres: i16) -> i16 {
    (f32::from(centimetres) / 2.54).round() as i16
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "1",
        Sex::Female => "2",
        Sex::Unspecified => "9",
    }
}
