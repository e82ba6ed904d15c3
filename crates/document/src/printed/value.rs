//! Whether a text can be the value of a field, and what it says.

use jiff::civil::Date;

use super::date::{Century, find};
use super::field::PrintedField;
use super::{Hints, nationality};
use crate::fold::{fold, squeeze};
use crate::mrz::Sex;

/// A text read as a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read {
    pub(super) text: String,
    pub(super) date: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) country: Option<&'static str>,
    pub(super) centimetres: Option<u16>,
    /// How well the text suits the field, `0.0..=1.0`.
    pub(super) suits: f32,
}

fn plain(text: &str, suits: f32) -> Read {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Read { text, date: None, sex: None, country: None, centimetres: None, suits }
}

/// The text as a value of the field; `None` if it cannot be one.
pub(super) fn read(field: PrintedField, text: &str, hints: &Hints) -> Option<Read> {
    let text =
        text.trim_matches(|character: char| character.is_whitespace() || ":;,|*•=_~".contains(character));
    if text.is_empty() || text.chars().count() > 160 || text.contains("<<") {
        return None;
    }
    match field {
        PrintedField::BirthDate | PrintedField::IssueDate | PrintedField::ExpiryDate => {
            date(field, text, hints)
        }
        PrintedField::Surname
        | PrintedField::GivenNames
        | PrintedField::FullName
        | PrintedField::BirthName => name(text),
        PrintedField::Sex => sex(text, hints.country.as_deref()),
        PrintedField::Nationality => {
            let country = nationality(text);
            let letters = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_numeric);
            let suits = if country.is_some() { 1.0 } else { 0.4 };
            (country.is_some() || letters).then(|| Read { country, ..plain(text, suits) })
        }
        PrintedField::DocumentNumber | PrintedField::PersonalNumber => number(text),
        PrintedField::Height => height(text),
        PrintedField::Categories => (text.chars().count() <= 40).then(|| plain(text, 0.8)),
        PrintedField::Authority | PrintedField::Address | PrintedField::BirthPlace => {
            let letters = text.chars().filter(|character| character.is_alphabetic()).count();
            let dated = !find(text, None, Century::Past(hints.today)).is_empty();
            (letters >= 2).then(|| plain(text, if dated { 0.5 } else { 0.85 }))
        }
        PrintedField::EyeColour | PrintedField::MaritalStatus => {
            let words = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_numeric);
            words.then(|| plain(text, 0.8))
        }
    }
}

/// The first date; a second one in the line belongs to something else.
fn date(field: PrintedField, text: &str, hints: &Hints) -> Option<Read> {
    let century = match field {
        PrintedField::ExpiryDate => Century::Near(hints.today),
        _ => Century::Past(hints.today),
    };
    let spot = *find(text, hints.country.as_deref(), century).first()?;
    // Nobody is born and nothing was issued tomorrow.
    let late = field != PrintedField::ExpiryDate && spot.date > hints.today;
    let suits =
        if late { 0.2 } else { 1.0 } - if spot.ambiguous && hints.country.is_none() { 0.15 } else { 0.0 };
    Some(Read { date: Some(spot.date), ..plain(&text[spot.start..spot.end], suits) })
}

fn name(text: &str) -> Option<Read> {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let digits = text.chars().filter(|character| character.is_numeric()).count();
    // Birth names stand below surnames behind a mark of their own.
    let birth_name = ["geb ", "nee ", "born "].iter().any(|mark| fold(text).starts_with(mark));
    if letters == 0 || digits > 0 && digits * 8 > letters || birth_name {
        return None;
    }
    let capitals = text.chars().filter(|character| character.is_uppercase()).count();
    let suits = if capitals == letters || !text.chars().any(char::is_lowercase) {
        1.0
    } else if capitals > 0 {
        0.9
    } else {
        0.5
    };
    Some(plain(text, suits * if digits > 0 { 0.6 } else { 1.0 }))
}

/// The English letter where it stands, else the issuer's own: several languages write M for a woman or F for a man.
pub(super) fn sex(text: &str, country: Option<&str>) -> Option<Read> {
    let words: Vec<String> =
        text.split(['/', ' ', '|', '-', '.']).map(squeeze).filter(|word| !word.is_empty()).collect();
    if words.len() > 4 {
        return None;
    }
    let own = |word: &str| match word {
        "hombre" | "masculino" | "masculin" | "maschio" | "maennlich" | "mannlich" | "man" | "mies"
        | "mees" | "mand" | "mann" | "muz" | "muski" | "moski" | "mezczyzna" | "ferfi" | "barbat"
        | "erkek" | "male" | "м" | "муж" | "мужской" | "чол" | "ч" | "αρρεν" | "α" | "h" | "e" => {
            Some(Sex::Male)
        }
        "mujer" | "femenino" | "feminino" | "feminin" | "femminile" | "femmina" | "weiblich" | "vrouw"
        | "nainen" | "naine" | "kvinde" | "kvinne" | "kvinna" | "zena" | "zenski" | "zenska" | "kobieta"
        | "no" | "femeie" | "kadin" | "female" | "ж" | "жен" | "женский" | "жін" | "θηλυ" | "θ" | "w"
        | "k" | "z" | "v" | "n" | "s" => Some(Sex::Female),
        "x" | "u" | "d" | "divers" | "nichtbinar" => Some(Sex::Unspecified),
        _ => None,
    };
    let english = |word: &str| match word {
        "m" => Some(Sex::Male),
        "f" => Some(Sex::Female),
        _ => None,
    };
    // Mexico prints hombre and mujer; Lithuania's and Latvia's V is a man, with the English letter behind.
    let alone = words.len() == 1;
    let special = match (country, words.first().map(String::as_str)) {
        (Some("MEX" | "LTU"), Some("m")) if alone => Some(Sex::Female),
        (Some("LTU" | "LVA"), Some("v")) | (Some("HUN"), Some("f")) if alone => Some(Sex::Male),
        _ => None,
    };
    let sex = special
        .or_else(|| words.iter().rev().find_map(|word| english(word)))
        .or_else(|| words.iter().find_map(|word| own(word)))?;
    let short = text.chars().count() <= 12;
    Some(Read { sex: Some(sex), ..plain(text, if short { 1.0 } else { 0.6 }) })
}

/// Letters and digits with at least two digits, and no date.
fn number(text: &str) -> Option<Read> {
    // A second word without a digit is the next column.
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = words.iter().rposition(|word| word.chars().any(char::is_numeric))?;
    let first = words.iter().position(|word| word.chars().any(char::is_numeric))?;
    // Letters of a series before the digits belong to the number: `AB 123456`.
    let first = if first > 0 && words[first - 1].chars().count() <= 3 { first - 1 } else { first };
    let text = words[first..=last].join(" ");
    let signs: Vec<char> = text.chars().filter(|character| character.is_alphanumeric()).collect();
    let digits = signs.iter().filter(|character| character.is_numeric()).count();
    let odd = text.chars().filter(|c| !c.is_alphanumeric() && !" -./".contains(*c)).count();
    let lower = signs.iter().filter(|character| character.is_lowercase()).count();
    if digits < 2 || !(4..=26).contains(&signs.len()) || odd > 1 {
        return None;
    }
    let parted = text.contains(['.', '/', '-']);
    let date = parted
        && signs.len() <= 9
        && !find(&text, None, Century::Past(Date::constant(2100, 1, 1))).is_empty();
    let suits = 1.0
        - 0.6 * f32::from(u8::from(date))
        - 0.3 * f32::from(u8::from(lower > 0))
        - 0.2 * f32::from(u8::from(digits < 4));
    Some(plain(&text, suits))
}

/// `178 cm`, `1,78 m`, `1.78`, `5'-10"`.
fn height(text: &str) -> Option<Read> {
    let numbers: Vec<u16> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.parse().ok()).collect();
    let centimetres = match numbers[..] {
        [number @ 50..=250, ..] => number,
        [metres @ 0..=2, rest @ 10..=99, ..] if text.contains(['.', ',', 'm']) => metres * 100 + rest,
        [feet @ 3..=7, inches @ 0..=11, ..] => {
            ((u32::from(feet) * 12 + u32::from(inches)) * 254 / 100) as u16
        }
        _ => return None,
    };
    (40..=260).contains(&centimetres).then(|| Read { centimetres: Some(centimetres), ..plain(text, 0.9) })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Hints, PrintedField, Sex, read, sex};

    #[test]
    fn sexes_are_read_in_many_languages() {
        for (text, country, expected) in [
            ("F", None, Some(Sex::Female)),
            ("M/M", None, Some(Sex::Male)),
            ("K/F", Some("POL"), Some(Sex::Female)),
            ("NŐ/F", Some("HUN"), Some(Sex::Female)),
            ("FÉRFI/M", Some("HUN"), Some(Sex::Male)),
            ("M/F", Some("LTU"), Some(Sex::Female)),
            ("H", Some("MEX"), Some(Sex::Male)),
            ("M", Some("MEX"), Some(Sex::Female)),
            ("V/F", Some("NLD"), Some(Sex::Female)),
            ("Ж/F", Some("BGR"), Some(Sex::Female)),
            ("X", None, Some(Sex::Unspecified)),
            ("MUSTERMANN", None, None),
        ] {
            assert_eq!(sex(text, country).and_then(|read| read.sex), expected, "{text}");
        }
    }

    #[test]
    fn values_that_cannot_be_of_a_field_are_refused() {
        let hints = Hints { country: None, driving_licence: None, today: date(2026, 11, 23) };
        for (field, text, expected) in [
            (PrintedField::Surname, "12.04.1984", None),
            (PrintedField::Surname, "GEB. GABLER", None),
            (PrintedField::Surname, "O'NEILL", Some("O'NEILL")),
            (PrintedField::DocumentNumber, "L01X00T47", Some("L01X00T47")),
            (PrintedField::DocumentNumber, "AB 123456 XYZ", Some("AB 123456")),
            (PrintedField::DocumentNumber, "BERLIN", None),
            (PrintedField::Height, "1,78 m", Some("1,78 m")),
            (PrintedField::BirthDate, "12.08.1964 BERLIN", Some("12.08.1964")),
            (PrintedField::BirthDate, "P<UTOERIKSSON<<ANNA", None),
        ] {
            assert_eq!(read(field, text, &hints).map(|read| read.text).as_deref(), expected, "{text}");
        }
    }
}
