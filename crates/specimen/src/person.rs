//! Made-up holders of documents: names, dates and numbers that belong to nobody.

mod names;
mod nations;

use crate::dice::Dice;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
pub use nations::Nation;
use serde::Serialize;
use std::fmt;

/// The sex as a document states it (ICAO 9303-3 §4.10: `F`, `M` or `<`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    Female,
    Male,
    /// Printed as `X` in the visual zone and `<` in the machine-readable zone.
    Unspecified,
}

/// A date of birth whose day, or day and month, may be unknown (ICAO 9303-3 §4.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BirthDate {
    pub year: i16,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl fmt::Display for BirthDate {
    /// ISO order with `XX` for what is unknown: `1987-05-XX`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}", self.year)?;
        for part in [self.month, self.day] {
            match part {
                Some(part) => write!(out, "-{part:02}")?,
                None => out.write_str("-XX")?,
            }
        }
        Ok(())
    }
}

impl Serialize for BirthDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What to ask of a made-up person. The default is an adult with a valid document.
#[derive(Clone, Copy, Debug)]
pub struct PersonOptions {
    /// Completed years on the day `today`, both included.
    pub minimum_age: i16,
    pub maximum_age: i16,
    /// The document ended between one day and five years before `today`.
    pub expired: bool,
    /// Nationality by the code of the machine-readable zone (`"D"`, `"ESP"`); any when `None` or unknown.
    pub nation: Option<&'static str>,
    /// Leave out the rare cases: no unknown birth day, unspecified sex, single or overlong name.
    pub ordinary: bool,
}

impl Default for PersonOptions {
    fn default() -> PersonOptions {
        PersonOptions { minimum_age: 18, maximum_age: 88, expired: false, nation: None, ordinary: false }
    }
}

/// A made-up person together with the facts of their document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Person {
    pub nation: &'static Nation,
    /// The primary identifier as written in the visual zone, with its diacritics.
    pub surname: String,
    /// The secondary identifier; empty for a person with a single name.
    pub given_names: String,
    pub sex: Sex,
    pub birth: BirthDate,
    pub birthplace: String,
    /// At most nine letters and digits.
    pub document_number: String,
    /// A number of more than nine characters, which some ID cards (TD1, TD2) carry instead.
    pub long_number: Option<String>,
    /// What the issuer puts into the optional data of the machine-readable zone; at most eleven characters.
    pub personal_number: Option<String>,
    pub issued: Date,
    pub expires: Date,
    pub height_cm: i16,
}

/// Makes up a person. The same arguments give the same person.
///
/// About one in 60 has an unspecified sex, one in 80 an unknown birth day (one in 160 also the month), one in
/// 30 a name that does not fit a machine-readable line, one in nine a number of more than nine characters.
pub fn person(seed: u64, today: Date, options: &PersonOptions) -> Person {
    let mut dice = Dice::new(seed, "person");
    let nation = match options.nation.and_then(nations::find) {
        Some(nation) => nation,
        None => dice.pick(nations::ALL),
    };
    let sex = match dice.whole(0, 119) {
        0 | 1 if !options.ordinary => Sex::Unspecified,
        even if even % 2 == 0 => Sex::Female,
        _ => Sex::Male,
    };
    let name = names::name(nation.region, sex, options.ordinary, &mut dice);
    let birth = birth_date(today, options, &mut dice);
    let (issued, expires) = validity(today, options.expired, &mut dice);
    Person {
        nation,
        surname: name.surname,
        given_names: name.given_names,
        sex,
        birth,
        birthplace: names::birthplace(nation.region, &mut dice),
        document_number: number(nation.number, &mut dice),
        long_number: dice.chance(0.11).then(|| number("@@##########", &mut dice)),
        personal_number: dice.chance(0.45).then(|| number("###########", &mut dice)),
        issued,
        expires,
        height_cm: dice.whole(150, 199) as i16,
    }
}

fn birth_date(today: Date, options: &PersonOptions, dice: &mut Dice) -> BirthDate {
    let age = dice.whole(options.minimum_age.into(), options.maximum_age.max(options.minimum_age).into());
    // Somewhere in the year that ends with the day on which the person would be one year older.
    let date = back(today, age.years()).saturating_sub(dice.whole(0, 364).days());
    let unknown = if options.ordinary { 80 } else { dice.whole(0, 159) };
    BirthDate {
        year: date.year(),
        month: (unknown != 0).then(|| date.month()),
        day: (unknown > 1).then(|| date.day()),
    }
}

/// Documents of five or ten years; a valid one has at least a month left.
fn validity(today: Date, expired: bool, dice: &mut Dice) -> (Date, Date) {
    let years = *dice.pick(&[5, 10, 10]);
    let expires = if expired {
        back(today, dice.whole(1, 365 * 5).days())
    } else {
        today.saturating_add(dice.whole(30, 365 * years - 20).days())
    };
    (back(expires, years.years()).saturating_add(1.day()), expires)
}

fn back(date: Date, span: Span) -> Date {
    date.saturating_sub(span)
}

/// `#` is a digit, `@` a letter that cannot be taken for a digit, `*` either, anything else itself.
pub(crate) fn number(pattern: &str, dice: &mut Dice) -> String {
    const LETTERS: &[u8] = b"ACEFGHJKLMNPRTVWXYZ";
    let one = |sign: char, dice: &mut Dice| match sign {
        '#' => char::from(b'0' + dice.whole(0, 9) as u8),
        '@' => char::from(*dice.pick(LETTERS)),
        other => other,
    };
    pattern
        .chars()
        .map(|sign| match sign {
            '*' if dice.chance(0.5) => one('#', dice),
            '*' => one('@', dice),
            sign => one(sign, dice),
        })
        .collect()
}

#[cfg(test)]
mod tests;
