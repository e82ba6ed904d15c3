//! Values: dates, sex, height, weight and the standard's flags.

use jiff::civil::Date;
use serde::Serialize;

use super::issuer::Country;

/// Sex by ANSI D-20: 1, 2, and 9 (or 0, or X) for not specified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Sex {
    #[serde(rename = "M")]
    Male,
    #[serde(rename = "F")]
    Female,
    #[serde(rename = "X")]
    Unspecified,
}

/// Height in the unit in which it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Height {
    Inches(u16),
    Centimetres(u16),
}

impl Height {
    /// Rounded to the nearest centimetre.
    pub fn centimetres(self) -> u16 {
        match self {
            Self::Inches(inches) => ((u32::from(inches) * 254 + 50) / 100) as u16,
            Self::Centimetres(centimetres) => centimetres,
        }
    }
}

/// Weight in the unit in which it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    Pounds(u16),
    Kilograms(u16),
    /// Element DCE: kilograms from and to; `None` for no upper limit.
    Range {
        from: u16,
        to: Option<u16>,
    },
}

/// Whether the card meets the REAL ID Act (element DDA).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Compliance {
    Compliant,
    /// Between 2008 and 2011 states could meet the act in substance.
    MateriallyCompliant,
    NonCompliant,
}

/// What a date element says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadDate {
    /// A day; `usual` if written in the order of its country and version.
    Day {
        date: Date,
        usual: bool,
    },
    /// No date: the card does not run out.
    Never,
    Blank,
    Impossible,
}

/// Eight digits, month first in the US from version 2 on and year first otherwise. No text is a date in both orders,
/// as no month is above 12 and no year below 1300, so issuers that use the other order are read too.
pub(super) fn date(text: &str, country: Country, version: u8) -> ReadDate {
    let text = text.trim();
    if is_blank(text) {
        return ReadDate::Blank;
    }
    let upper = text.to_ascii_uppercase();
    if ["NON", "INDEF", "PERM", "NEVER"].iter().any(|word| upper.starts_with(word)) {
        return ReadDate::Never;
    }
    let digits: String = text
        .chars()
        .filter(|character| !matches!(character, '-' | '/' | '.' | ' '))
        .take_while(char::is_ascii_digit)
        .collect();
    if digits.len() < 8 {
        return ReadDate::Impossible;
    }
    if ["00000000", "99999999", "12319999", "99991231"].contains(&&digits[..8]) {
        return ReadDate::Never;
    }
    let part = |from: usize, to: usize| digits[from..to].parse::<i16>().unwrap_or_default();
    let year_first = day(part(0, 4), part(4, 6), part(6, 8));
    let month_first = day(part(4, 8), part(0, 2), part(2, 4));
    let expects_month = country == Country::UnitedStates && version > 1;
    match (year_first, month_first) {
        (Some(date), _) => ReadDate::Day { date, usual: !expects_month },
        (None, Some(date)) => ReadDate::Day { date, usual: expects_month },
        (None, None) => ReadDate::Impossible,
    }
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let lived = (1850..=2199).contains(&year);
    lived.then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok())?
}

/// Blank, or one of the words that issuers write where they have nothing (annex D.12.3: `NONE` and `unavl`).
pub(super) fn is_blank(text: &str) -> bool {
    let upper = text.trim().to_ascii_uppercase();
    upper.is_empty() || ["NONE", "UNAVL", "UNAVAIL", "UNAVAILABLE", "N/A", "NULL"].contains(&upper.as_str())
}

pub(super) fn sex(text: &str) -> Option<Sex> {
    match text.trim().to_ascii_uppercase().as_str() {
        "1" | "M" | "MALE" => Some(Sex::Male),
        "2" | "F" | "FEMALE" => Some(Sex::Female),
        "0" | "9" | "X" | "U" | "N" => Some(Sex::Unspecified),
        _ => None,
    }
}

/// `070 IN`, `178 CM`, `5'-10"`, `510` (feet and inches of version 1) or bare numbers of either unit.
pub(super) fn height(text: &str, country: Country, version: u8) -> Option<Height> {
    let upper = text.to_ascii_uppercase();
    let numbers: Vec<u16> =
        upper.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    let feet = |feet: u16, inches: u16| {
        ((2..=8).contains(&feet) && inches < 12).then(|| Height::Inches(feet * 12 + inches))
    };
    let number = *numbers.first()?;
    if upper.contains("CM") || upper.contains('M') {
        return (50..=260).contains(&number).then_some(Height::Centimetres(number));
    }
    if numbers.len() >= 2 {
        return feet(number, numbers[1]);
    }
    if upper.contains("IN") || upper.contains('"') && number <= 96 {
        return (20..=96).contains(&number).then_some(Height::Inches(number));
    }
    let joined = feet(number / 100, number % 100);
    match number {
        20..=96 => Some(Height::Inches(number)),
        100..=260 if country != Country::UnitedStates || joined.is_none() => {
            Some(Height::Centimetres(number))
        }
        _ if version <= 1 || number > 260 => joined,
        _ => joined.or(Some(Height::Centimetres(number)).filter(|_| (97..=260).contains(&number))),
    }
}

/// Elements DAW (pounds, unless it says otherwise) and DAX (kilograms).
pub(super) fn weight(text: &str, metric: bool) -> Option<Weight> {
    let upper = text.trim().to_ascii_uppercase();
    let digits: String = upper.chars().take_while(char::is_ascii_digit).collect();
    let number: u16 = digits.parse().ok().filter(|number| (5..1500).contains(number))?;
    Some(if metric || upper.contains("KG") { Weight::Kilograms(number) } else { Weight::Pounds(number) })
}

/// Element DCE: one digit, annex D table of weight ranges.
pub(super) fn weight_range(text: &str) -> Option<Weight> {
    const FROM: [u16; 10] = [0, 32, 46, 60, 71, 87, 101, 114, 128, 146];
    let digit = text.trim().parse::<usize>().ok()?;
    let from = *FROM.get(digit)?;
    Some(Weight::Range { from, to: FROM.get(digit + 1).map(|next| next - 1) })
}

/// Elements DDE, DDF, DDG: `T` truncated, `N` not, `U` unknown.
pub(super) fn truncated(text: &str) -> Option<bool> {
    match text.trim().to_ascii_uppercase().as_str() {
        "T" => Some(true),
        "N" => Some(false),
        _ => None,
    }
}

/// Flags: `1` or `Y`, and `0`, `N` or nothing; old cards spell out the word.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_uppercase().as_str() {
        "1" | "Y" | "YES" | "T" | "DONOR" | "VETERAN" => Some(true),
        "0" | "N" | "NO" | "NONE" => Some(false),
        _ => None,
    }
}

pub(super) fn compliance(text: &str) -> Option<Compliance> {
    match text.trim().to_ascii_uppercase().as_str() {
        "F" => Some(Compliance::Compliant),
        "M" => Some(Compliance::MateriallyCompliant),
        "N" => Some(Compliance::NonCompliant),
        _ => None,
    }
}

/// Colours of eyes and hair by ANSI D-20, however they are shortened; `None` for unknown.
pub(super) fn colour(text: &str) -> Option<&'static str> {
    const COLOURS: &[(&str, &str)] = &[
        ("BAL", "bald"),
        ("BLK", "black"),
        ("BLACK", "black"),
        ("BLN", "blond"),
        ("BLO", "blond"),
        ("BLU", "blue"),
        ("BL", "blue"),
        ("BR", "brown"),
        ("DIC", "dichromatic"),
        ("GRN", "green"),
        ("GREEN", "green"),
        ("GR", "grey"),
        ("HAZ", "hazel"),
        ("HZ", "hazel"),
        ("MAR", "maroon"),
        ("PNK", "pink"),
        ("PINK", "pink"),
        ("RED", "red"),
        ("AUB", "red"),
        ("SDY", "sandy"),
        ("SANDY", "sandy"),
        ("WHI", "white"),
    ];
    let upper = text.trim().to_ascii_uppercase();
    COLOURS.iter().find(|(start, _)| upper.starts_with(start)).map(|(_, name)| *name)
}

/// `80401`, `80401-1234`, `T4G 7A7`. US codes are filled up to nine digits with zeros and to eleven with spaces.
pub(super) fn postal_code(text: &str, country: Country) -> String {
    let plain: String =
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    match country {
        Country::Canada if plain.len() == 6 => format!("{} {}", &plain[..3], &plain[3..]),
        Country::UnitedStates if plain.len() >= 5 && plain.bytes().all(|byte| byte.is_ascii_digit()) => {
            let more = plain.get(5..9).filter(|more| *more != "0000");
            more.map_or_else(|| plain[..5].to_owned(), |more| format!("{}-{more}", &plain[..5]))
        }
        _ => text.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as on;

    use super::{Country, Height, ReadDate, Weight, colour, date, height, postal_code, weight, weight_range};

    #[test]
    fn dates_are_read_in_either_order() {
        use Country::{Canada, UnitedStates};
        for (text, country, version, expected) in [
            ("01312020", UnitedStates, 8, ReadDate::Day { date: on(2020, 1, 31), usual: true }),
            ("20200131", UnitedStates, 8, ReadDate::Day { date: on(2020, 1, 31), usual: false }),
            ("20200131", UnitedStates, 1, ReadDate::Day { date: on(2020, 1, 31), usual: true }),
            ("20200131", Canada, 9, ReadDate::Day { date: on(2020, 1, 31), usual: true }),
            ("12102021M", UnitedStates, 8, ReadDate::Day { date: on(2021, 12, 10), usual: true }),
            ("2013-06-04 00", UnitedStates, 1, ReadDate::Day { date: on(2013, 6, 4), usual: true }),
            ("02302020", UnitedStates, 8, ReadDate::Impossible),
            ("99999999", UnitedStates, 8, ReadDate::Never),
            ("NON-EXPIRING", UnitedStates, 8, ReadDate::Never),
            ("NONE", UnitedStates, 8, ReadDate::Blank),
            ("é1312020", UnitedStates, 8, ReadDate::Impossible),
        ] {
            assert_eq!(date(text, country, version), expected, "{text}");
        }
    }

    #[test]
    fn heights_and_weights_carry_their_unit() {
        use Country::{Canada, UnitedStates};
        for (text, country, version, expected) in [
            ("070 IN", UnitedStates, 8, Some(Height::Inches(70))),
            ("72 IN ", UnitedStates, 4, Some(Height::Inches(72))),
            ("155 CM", Canada, 9, Some(Height::Centimetres(155))),
            ("505", UnitedStates, 1, Some(Height::Inches(65))),
            ("5'-11\"", UnitedStates, 1, Some(Height::Inches(71))),
            ("5-11", UnitedStates, 1, Some(Height::Inches(71))),
            ("178", Canada, 9, Some(Height::Centimetres(178))),
            ("999", UnitedStates, 8, None),
            ("", UnitedStates, 8, None),
        ] {
            assert_eq!(height(text, country, version), expected, "{text}");
        }
        assert_eq!(Height::Inches(70).centimetres(), 178);
        assert_eq!(weight("160", false), Some(Weight::Pounds(160)));
        assert_eq!(weight("50 KG", false), Some(Weight::Kilograms(50)));
        assert_eq!(weight_range("5"), Some(Weight::Range { from: 87, to: Some(100) }));
        assert_eq!(weight_range("9"), Some(Weight::Range { from: 146, to: None }));
    }

    #[test]
    fn colours_and_postal_codes_come_out_in_one_form() {
        assert_eq!(
            (colour("BRO"), colour("BLN"), colour("GRY"), colour("UNK")),
            (Some("brown"), Some("blond"), Some("grey"), None)
        );
        for (text, country, expected) in [
            ("804010000  ", Country::UnitedStates, "80401"),
            ("20009-1234 ", Country::UnitedStates, "20009-1234"),
            ("96826     0", Country::UnitedStates, "96826"),
            ("E5K1Y3", Country::Canada, "E5K 1Y3"),
            ("é", Country::Canada, "é"),
        ] {
            assert_eq!(postal_code(text, country), expected);
        }
    }
}
