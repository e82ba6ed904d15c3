//! What the bar code on a North American licence says (AAMVA DL/ID card design standard, annex D).

use crate::bearer::Bearer;
use crate::catalogue::Layout;
use crate::layout::upper;
use crate::person::Sex;
use ::document::aamva::{self, Height, Kind, Record};
use jiff::civil::Date;

/// The payload of the PDF417 symbol; `None` for a subdivision that issues no licences.
pub(super) fn payload(layout: &Layout, bearer: &Bearer) -> Option<String> {
    let person = &bearer.person;
    let issuer = aamva::issuers()
        .find(|issuer| issuer.code == layout.subdivision && issuer.country.alpha3() == layout.country)?;
    let birth = person.birth;
    let (first, middle) = names(&person.given_names);
    let height = person.height_cm.unsigned_abs();
    let record = Record {
        issuer,
        kind: Kind::DrivingLicence,
        jurisdiction_version: 0,
        family_name: upper(&person.surname),
        first_name: upper(first),
        middle_name: upper(middle),
        name_suffix: String::new(),
        date_of_birth: Date::new(birth.year, birth.month.unwrap_or(1), birth.day.unwrap_or(1)).ok()?,
        issue_date: person.issued,
        expiration_date: person.expires,
        sex: match person.sex {
            Sex::Male => aamva::Sex::Male,
            Sex::Female => aamva::Sex::Female,
            Sex::Unspecified => aamva::Sex::Unspecified,
        },
        height: if layout.country == "CAN" {
            Height::Centimetres(height)
        } else {
            Height::Inches(inches(height))
        },
        eye_colour: bearer.eyes.to_owned(),
        hair_colour: bearer.hair.to_owned(),
        street_1: upper(&bearer.street),
        street_2: String::new(),
        city: upper(&bearer.town),
        postal_code: bearer.postal_code.clone(),
        customer_number: bearer.number.clone(),
        document_discriminator: bearer.discriminator.clone(),
        vehicle_class: bearer.class.to_owned(),
        restrictions: bearer.restrictions.to_owned(),
        endorsements: bearer.endorsements.to_owned(),
        organ_donor: bearer.donor,
        veteran: false,
        more: vec![("DAW".to_owned(), format!("{:03}", bearer.weight_lb))],
        own: Vec::new(),
    };
    let payload = aamva::compose(bearer.version, &record).ok()?;
    String::from_utf8(payload).ok()
}

/// The first of the given names, and the rest.
fn names(given: &str) -> (&str, &str) {
    given.split_once(' ').unwrap_or((given, ""))
}

pub(super) fn inches(centimetres: u16) -> u16 {
    (f32::from(centimetres) / 2.54).round() as u16
}
