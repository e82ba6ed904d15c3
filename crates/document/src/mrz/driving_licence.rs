//! Machine-readable zones of driving licences, which are not ICAO's: one line of 30 that begins with `D` (ISO/IEC
//! 18013-2, also what access to the chip is derived from), and Switzerland's three lines.

use jiff::civil::Date;
use serde::Serialize;

use super::check_digit::check_digit;
use super::country::country_name;
use super::date::{ReadDate, birth_date, expiry_date};
use super::parse::normal;

/// What the zone of a driving licence says; texts that the layout lacks are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DrivingLicenceZone {
    pub lines: Vec<String>,
    /// `D1`, or `FA` on Swiss licences.
    pub document_code: String,
    pub issuing_state: String,
    pub document_number: String,
    /// On French licences the first eight letters.
    pub surname: String,
    pub given_names: String,
    pub surname_truncated: bool,
    pub date_of_birth: Option<Date>,
    pub expiration_date: Option<Date>,
    /// The check digit holds and every part has its form. Swiss lines have no check digit, so theirs is form alone.
    pub valid: bool,
}

/// Reads the zone of a driving licence; `None` if the lines are none. `today` settles centuries.
///
/// ```
/// let zone = document::mrz::driving_licence(&["D1FRA13AA000026181231MARTIN<<9"], jiff::civil::date(2016, 1, 1));
/// let zone = zone.expect("a French licence");
/// assert!(zone.valid);
/// assert_eq!((zone.document_number.as_str(), zone.surname.as_str()), ("13AA00002", "MARTIN"));
/// ```
pub fn driving_licence(lines: &[&str], today: Date) -> Option<DrivingLicenceZone> {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| normal(line).into_iter().collect::<String>())
        .filter(|line| !line.is_empty() && line.is_ascii())
        .collect();
    match &lines[..] {
        [line] if line.len() == 30 && line.starts_with('D') => Some(one_line(line, today)),
        [first, second, third] if first.len() == 9 && second.len() == 30 && third.len() == 30 => {
            let swiss = second.starts_with("FACHE") || second.starts_with("FALIE");
            swiss.then(|| three_lines(&lines, first, second, third, today))
        }
        _ => None,
    }
}

/// The last digit covers the other 29 characters.
fn one_line(line: &str, today: Date) -> DrivingLicenceZone {
    let state = &line[2..5];
    let holds = line.ends_with(check_digit(&line[..29]));
    let mut zone = DrivingLicenceZone {
        lines: vec![line.to_owned()],
        document_code: line[..2].to_owned(),
        issuing_state: state.to_owned(),
        ..DrivingLicenceZone::default()
    };
    let formed = match state {
        // Number of nine, a digit over everything before it, expiry, surname of eight.
        "FRA" => {
            line[5..14].clone_into(&mut zone.document_number);
            zone.expiration_date = day(expiry_date(&line[15..21], today));
            zone.surname = spaced(&line[21..29]);
            zone.surname_truncated = !line[21..29].ends_with('<');
            let number_holds = line[14..].starts_with(check_digit(&line[..14]));
            number_holds
                && zone.expiration_date.is_some()
                && !zone.surname.is_empty()
                && letters(&line[21..29])
        }
        // Version of the chip's data, number of ten, then data of the issuer's own.
        "NLD" => {
            line[6..16].clone_into(&mut zone.document_number);
            zone.document_number.bytes().all(|byte| byte.is_ascii_digit())
        }
        other => country_name(other).is_some(),
    };
    zone.valid = holds && formed;
    zone
}

/// Number and language; document code, state, number of the blank and birth date; names.
fn three_lines(lines: &[String], first: &str, second: &str, third: &str, today: Date) -> DrivingLicenceZone {
    let (surname, given_names) = third.split_once("<<").unwrap_or((third, ""));
    let date_of_birth = day(birth_date(&second[19..25], today, None));
    let zone = DrivingLicenceZone {
        lines: lines.to_vec(),
        document_code: second[..2].to_owned(),
        issuing_state: second[2..5].to_owned(),
        document_number: first.trim_end_matches('<').to_owned(),
        surname: spaced(surname),
        given_names: spaced(given_names),
        surname_truncated: !third.ends_with('<'),
        date_of_birth,
        ..DrivingLicenceZone::default()
    };
    let valid = date_of_birth.is_some() && !zone.surname.is_empty() && letters(third);
    DrivingLicenceZone { valid, ..zone }
}

fn day(read: ReadDate) -> Option<Date> {
    match read {
        ReadDate::Full(date) => Some(date),
        _ => None,
    }
}

fn letters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'<')
}

fn spaced(text: &str) -> String {
    text.split('<').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::driving_licence;

    #[test]
    fn lines_of_three_countries_are_read() {
        let today = date(2016, 1, 1);
        let french = driving_licence(&["D1FRA13AA000026181231MARTIN<<9"], today).expect("French");
        assert!(french.valid && !french.surname_truncated);
        assert_eq!(french.expiration_date, Some(date(2018, 12, 31)));
        let dutch = driving_licence(&["D1NLD1 5094962111 659VW87Z78NB84"], today).expect("Dutch");
        assert!(dutch.valid);
        assert_eq!(dutch.document_number, "5094962111");
        let swiss = ["AAA001D<<", "FACHE305142128097<<800126<<<<<", "MARCHAND<<FABIENNE<<<<<<<<<<<<"];
        let swiss = driving_licence(&swiss, today).expect("Swiss");
        assert!(swiss.valid);
        assert_eq!((swiss.surname.as_str(), swiss.given_names.as_str()), ("MARCHAND", "FABIENNE"));
        assert_eq!(swiss.date_of_birth, Some(date(1980, 1, 26)));
    }

    #[test]
    fn a_wrong_character_is_noticed_and_other_lines_are_none() {
        let today = date(2016, 1, 1);
        let wrong = driving_licence(&["D1FRA13AA000026181231MARTIM<<9"], today).expect("French");
        assert!(!wrong.valid);
        for lines in [&["P<UTOERIKSSON<<ANNA"][..], &[], &["D1FRA13AA000026181231MARTÍN<<9"], &["é"; 3]] {
            assert_eq!(driving_licence(lines, today), None, "{lines:?}");
        }
    }
}
