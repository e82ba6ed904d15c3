//! The holder of a layout's document: a made-up person, and what only some documents say of them.

mod places;

use crate::catalogue::{Category, Layout};
use crate::dice::Dice;
use crate::person::{Person, PersonOptions, number, person};
use crate::script::{self, Native};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A person with everything that a layout may print of them.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    pub(crate) person: Person,
    /// The name in the national script, if that is not the Latin one.
    pub(crate) native: Option<Native>,
    pub(crate) number: String,
    /// House and street, as the country orders them.
    pub(crate) street: String,
    /// Town, postal code and, in North America, the state.
    pub(crate) city: String,
    pub(crate) town: String,
    pub(crate) postal_code: String,
    pub(crate) authority: String,
    pub(crate) permit: &'static str,
    pub(crate) remarks: &'static str,
    /// Vehicle categories with the day from which each is held.
    pub(crate) categories: Vec<(&'static str, Date)>,
    pub(crate) eyes: &'static str,
    pub(crate) hair: &'static str,
    pub(crate) weight_lb: i32,
    pub(crate) donor: bool,
    /// Of the standard that a North American bar code follows.
    pub(crate) version: u8,
    pub(crate) class: &'static str,
    pub(crate) restrictions: &'static str,
    pub(crate) endorsements: &'static str,
    pub(crate) discriminator: String,
    /// The six digits of a card access number.
    pub(crate) access: String,
}

/// The vehicle categories of the European Union, in the order of the card's table.
pub(crate) const CATEGORIES: [&str; 15] =
    ["AM", "A1", "A2", "A", "B1", "B", "C1", "C", "D1", "D", "BE", "C1E", "CE", "D1E", "DE"];

/// Makes up the bearer of a document of `layout`.
pub(crate) fn bearer(layout: &Layout, seed: u64, today: Date, options: &PersonOptions) -> Bearer {
    let options = PersonOptions { nation: Some(layout.country), ..*options };
    let mut person = person(seed, today, &options);
    let mut dice = Dice::new(seed, "bearer");
    let native = script::native(layout.language, person.sex, &mut dice);
    if let Some(native) = &native {
        person.surname.clone_from(&native.surname.latin);
        person.given_names.clone_from(&native.given_names.latin);
        person.birthplace.clone_from(&native.town.latin);
    }
    if person.given_names.is_empty() && layout.category == Category::DrivingLicence {
        "—".clone_into(&mut person.given_names);
    }
    let number = match layout.number {
        "" => person.document_number.clone(),
        pattern => number(pattern, &mut dice),
    };
    let address = places::address(layout, &mut dice);
    Bearer {
        native,
        number,
        street: address.street,
        city: address.city,
        town: address.town,
        postal_code: address.postal_code,
        authority: authority(layout, &person),
        permit: dice.pick::<&str>(&["LIMITED", "UNLIMITED", "FAMILY", "STUDENT", "EMPLOYMENT"]),
        remarks: dice.pick::<&str>(&["WORK PERMITTED", "WORK NOT PERMITTED", "STUDY", "—"]),
        categories: categories(&person, &mut dice),
        eyes: dice.pick::<&str>(&["BRO", "BLU", "GRN", "HAZ", "GRY"]),
        hair: dice.pick::<&str>(&["BLK", "BRO", "BLN", "RED", "GRY"]),
        weight_lb: dice.whole(105, 245),
        donor: dice.chance(0.4),
        version: *dice.pick(&[3, 4, 6, 8, 9, 10, 10, 10, 11]),
        class: dice.pick::<&str>(&["C", "C", "D", "A", "B"]),
        restrictions: dice.pick::<&str>(&["NONE", "NONE", "B", "A"]),
        endorsements: dice.pick::<&str>(&["NONE", "NONE", "M", "H"]),
        discriminator: crate::person::number("##/##/####@@@##/@@@@/##", &mut dice),
        access: crate::person::number("######", &mut dice),
        person,
    }
}

fn authority(layout: &Layout, person: &Person) -> String {
    if layout.category == Category::DrivingLicence {
        return person.birthplace.clone();
    }
    format!("SPECIMEN OFFICE {}", person.nation.code)
}

/// Always cars, with what young drivers start with and sometimes more; each held since its own day.
fn categories(person: &Person, dice: &mut Dice) -> Vec<(&'static str, Date)> {
    let first = person.issued.saturating_sub(Span::new().days(dice.whole(0, 900)));
    let more = dice.chance(0.35);
    let held = |category: &str| match category {
        "AM" | "B1" | "B" => true,
        "A1" | "BE" | "C1" => more,
        _ => false,
    };
    CATEGORIES
        .into_iter()
        .filter(|category| held(category))
        .map(|category| {
            let later = if category == "B" { 0 } else { dice.whole(0, 200) };
            (category, first.saturating_add(later.days()).min(person.issued))
        })
        .collect()
}
