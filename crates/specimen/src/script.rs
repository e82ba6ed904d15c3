//! Names in scripts other than the Latin one, and text in the order in which its letters are drawn.

mod arabic;
mod tables;

use crate::dice::Dice;
use crate::person::Sex;
use crate::words::Language;

/// A name as its bearer writes it, beside the Latin form that the document also carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Native {
    pub(crate) surname: Pair,
    pub(crate) given_names: Pair,
    pub(crate) town: Pair,
}

/// The same word in the national script and in Latin letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) native: String,
    pub(crate) latin: String,
}

/// Draws a name for a language whose script is not Latin; nothing for the others.
pub(crate) fn native(language: Language, sex: Sex, dice: &mut Dice) -> Option<Native> {
    let names = tables::of(language)?;
    let given = match sex {
        Sex::Female => names.female,
        Sex::Unspecified if dice.chance(0.5) => names.female,
        Sex::Male | Sex::Unspecified => names.male,
    };
    let surnames = if sex == Sex::Female { names.female_surnames } else { names.surnames };
    Some(Native {
        surname: pair(surnames, dice),
        given_names: pair(given, dice),
        town: pair(names.towns, dice),
    })
}

fn pair(list: &str, dice: &mut Dice) -> Pair {
    let all: Vec<&str> = list.split(", ").collect();
    let (native, latin) = dice.pick(&all).split_once('=').expect("the tables pair every word");
    Pair { native: native.to_owned(), latin: latin.to_owned() }
}

/// The letters from left to right as they are drawn: Arabic letters joined, words of right-to-left scripts turned
/// round, numbers and Latin words left as they are.
pub(crate) fn drawn(text: &str) -> String {
    if !text.chars().any(is_right_to_left) {
        return text.to_owned();
    }
    let shaped: Vec<char> = arabic::shape(text).chars().collect();
    let mut runs: Vec<String> = Vec::new();
    let mut forward = false;
    for (index, letter) in shaped.iter().enumerate() {
        // Signs and spaces between Latin words belong to them, those beside other letters do not.
        let next =
            shaped[index..].iter().find(|later| later.is_ascii_alphanumeric() || is_right_to_left(**later));
        let now =
            next.is_some_and(char::is_ascii_alphanumeric) && (forward || letter.is_ascii_alphanumeric());
        let stop = forward && *letter == '.';
        match runs.last_mut() {
            Some(run) if forward && (now || stop) => run.push(*letter),
            _ => runs.push(letter.to_string()),
        }
        forward = now || stop;
    }
    runs.into_iter().rev().collect()
}

/// Hebrew and Arabic with its presentation forms (Unicode blocks).
fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{6FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{drawn, native};
    use crate::dice::Dice;
    use crate::person::Sex;
    use crate::words::Language;

    #[test]
    fn latin_text_is_drawn_as_it_is_and_hebrew_from_the_right() {
        assert_eq!(drawn("Anna 12"), "Anna 12");
        assert_eq!(drawn("דנה 12"), "12 הנד");
        assert_eq!(drawn("Anna / דנה"), "הנד / Anna");
        assert_eq!(drawn("דנה / Document No."), "Document No. / הנד");
    }

    #[test]
    fn arabic_letters_join_where_they_can() {
        // BEH initial, ALEF final, BEH isolated: the alef does not join to its left.
        assert_eq!(drawn("باب"), "\u{FE8F}\u{FE8E}\u{FE91}");
        // LAM and ALEF are one letter.
        assert_eq!(drawn("لا"), "\u{FEFB}");
    }

    #[test]
    fn names_of_every_other_script_have_a_latin_form() {
        for language in [
            Language::Arabic,
            Language::Armenian,
            Language::Bulgarian,
            Language::Georgian,
            Language::Greek,
            Language::Hebrew,
            Language::Serbian,
            Language::Ukrainian,
        ] {
            for seed in 0..40 {
                for sex in [Sex::Female, Sex::Male] {
                    let name = native(language, sex, &mut Dice::new(seed, "native")).unwrap();
                    for pair in [name.surname, name.given_names, name.town] {
                        assert!(pair.latin.is_ascii() && !pair.native.is_ascii(), "{pair:?}");
                    }
                }
            }
        }
        assert_eq!(native(Language::German, Sex::Male, &mut Dice::new(1, "native")), None);
    }
}
