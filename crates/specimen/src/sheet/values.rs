//! What a document says of its bearer, item by item.

use super::american;
use crate::bearer::Bearer;
use crate::catalogue::{Labels, Layout};
use crate::dates::written;
use crate::item::Item;
use crate::layout::{sex, upper};
use crate::person::BirthDate;
use jiff::civil::Date;

/// A value as printed, and for comparison.
pub(super) struct Value {
    pub(super) text: String,
    pub(super) plain: String,
}

fn same(text: impl Into<String>) -> Value {
    let text = text.into();
    Value { plain: text.clone(), text }
}

/// What stands for `item`; an empty text where the bearer has nothing to say.
pub(super) fn value(item: Item, layout: &Layout, bearer: &Bearer) -> Value {
    let person = &bearer.person;
    let case = |text: &str| same(if layout.look.capitals { upper(text) } else { text.to_owned() });
    match item {
        Item::Surname => case(&person.surname),
        Item::GivenNames => case(&person.given_names),
        Item::FullName => case(format!("{} {}", person.surname, person.given_names).trim()),
        Item::NativeSurname => native(bearer, |native| native.surname.native.clone()),
        Item::NativeGivenNames => native(bearer, |native| native.given_names.native.clone()),
        Item::NativeFullName => {
            native(bearer, |native| format!("{} {}", native.surname.native, native.given_names.native))
        }
        Item::Sex => same(sex(person.sex)),
        Item::Nationality => Value { text: nationality(bearer), plain: person.nation.code.to_owned() },
        Item::BirthDate => birth(person.birth, layout),
        Item::IssueDate => date(person.issued, layout),
        Item::ExpiryDate => date(person.expires, layout),
        Item::BirthPlace => case(&person.birthplace),
        Item::PlaceAndBirth => {
            let born = birth(person.birth, layout);
            Value { text: format!("{} {}", born.text, case(&person.birthplace).text), plain: born.plain }
        }
        Item::Number => same(&bearer.number),
        Item::PersonalNumber => same(person.personal_number.clone().unwrap_or_else(|| "—".to_owned())),
        Item::Authority => case(&bearer.authority),
        Item::Height if layout.front.labels == Labels::Coded => height(layout, person.height_cm),
        Item::Height => same(format!("{} cm", person.height_cm)),
        Item::Eyes => same(bearer.eyes),
        Item::Address => case(&format!("{}, {}", bearer.street, bearer.city)),
        Item::Street => case(&bearer.street),
        Item::City => case(&bearer.city),
        Item::PermitType => same(bearer.permit),
        Item::Remarks => same(bearer.remarks),
        Item::Categories => same(categories(bearer)),
        Item::DocumentType => same(layout.front.zone.unwrap_or("ID")),
        Item::IssuingState => same(person.nation.code),
        Item::Weight => same(format!("{} lb", bearer.weight_lb)),
        Item::Hair => same(bearer.hair),
        Item::Class => same(bearer.class),
        Item::Restrictions => same(bearer.restrictions),
        Item::Endorsements => same(bearer.endorsements),
        Item::Discriminator => same(&bearer.discriminator),
        Item::CardAccessNumber => same(&bearer.access),
        _ => same(""),
    }
}

fn native(bearer: &Bearer, name: impl Fn(&crate::script::Native) -> String) -> Value {
    // Capitals exist in Greek, Cyrillic and Armenian only; where they do not, the letters stay.
    let name = bearer.native.as_ref().map(name).unwrap_or_default();
    let georgian = name.chars().any(|letter| ('\u{10D0}'..='\u{10FF}').contains(&letter));
    same(if georgian { name } else { upper(&name) })
}

fn nationality(bearer: &Bearer) -> String {
    let nation = bearer.person.nation;
    if bearer.native.is_some() {
        nation.code.to_owned()
    } else {
        format!("{} / {}", upper(nation.native_name), nation.code)
    }
}

fn categories(bearer: &Bearer) -> String {
    let names: Vec<&str> = bearer.categories.iter().map(|(category, _)| *category).collect();
    names.join("/")
}

fn height(layout: &Layout, centimetres: i16) -> Value {
    if layout.country == "CAN" {
        return same(format!("{centimetres} cm"));
    }
    let inches = american::inches(centimetres.unsigned_abs());
    same(format!("{}'-{:02}\"", inches / 12, inches % 12))
}

fn birth(birth: BirthDate, layout: &Layout) -> Value {
    Value { text: written(birth, layout.look.dates, layout.language), plain: birth.to_string() }
}

pub(super) fn date(date: Date, layout: &Layout) -> Value {
    birth(BirthDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) }, layout)
}
