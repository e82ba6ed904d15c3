//! Names by region: given names in common use, surnames and towns that we made up.

mod tables;

use super::Sex;
use crate::dice::Dice;
pub(crate) use tables::Region;

pub(super) struct Name {
    pub(super) surname: String,
    pub(super) given_names: String,
}

/// Draws a name the way the region forms them: two surnames in Iberia, patronymic-like compounds elsewhere.
pub(super) fn name(region: Region, sex: Sex, ordinary: bool, dice: &mut Dice) -> Name {
    let table = tables::of(region);
    let first_names = match sex {
        Sex::Female => table.female,
        Sex::Unspecified if dice.chance(0.5) => table.female,
        Sex::Male | Sex::Unspecified => table.male,
    };
    let mut given_names = one_of(first_names, dice).to_owned();
    let second = one_of(first_names, dice);
    if dice.chance(table.second_given) && second != given_names {
        given_names.push(if dice.chance(table.hyphen) { '-' } else { ' ' });
        given_names.push_str(second);
    }
    let mut surname = one_of(table.surnames, dice).to_owned();
    let other = one_of(table.surnames, dice);
    if other != surname {
        if dice.chance(table.double_surname) {
            surname = format!("{surname} {other}");
        } else if dice.chance(table.hyphen) {
            surname = format!("{surname}-{other}");
        }
    }
    if ordinary {
        return Name { surname, given_names };
    }
    unusual(Name { surname, given_names }, table, first_names, dice)
}

/// The cases that break readers: a single name, and names longer than the line.
fn unusual(mut name: Name, table: &tables::Names, first_names: &str, dice: &mut Dice) -> Name {
    if dice.chance(table.single_name) {
        name.given_names.clear();
    } else if dice.chance(0.033) {
        for _ in 0..3 {
            name.given_names = format!("{} {}", name.given_names, one_of(first_names, dice));
        }
        name.surname = format!("{}-{}", name.surname, one_of(table.surnames, dice));
    }
    name
}

pub(super) fn birthplace(region: Region, dice: &mut Dice) -> String {
    one_of(tables::of(region).towns, dice).to_owned()
}

fn one_of<'a>(list: &'a str, dice: &mut Dice) -> &'a str {
    let names: Vec<&str> = list.split(", ").collect();
    dice.pick::<&str>(&names)
}
