//! Builds machine-readable lines from what is known of a holder: the inverse of parsing.

use jiff::civil::Date;

use super::check_digit::check_digit;
use super::field::{CheckName, Field};
use super::format::{Format, Span};
use super::sex::Sex;
use super::transliterate::transliterate;

/// A date whose parts may be unknown, as birth dates of some people are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    /// Full year; the zone keeps its last two digits.
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl PartialDate {
    /// `YYMMDD` with fillers for unknown parts (ICAO 9303-3 §4.8).
    fn text(self) -> String {
        let part = |value: Option<i16>| match value {
            Some(value) => format!("{:02}", value.rem_euclid(100)),
            None => "<<".to_owned(),
        };
        [part(self.year), part(self.month.map(i16::from)), part(self.day.map(i16::from))].concat()
    }
}

/// What the lines are made of. Names may be written with diacritics; codes and numbers as on the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// One or two letters: `P`, `ID`, `AC`; visas begin with `V`.
    pub document_code: String,
    /// ISO 3166-1 alpha-3 or one of ICAO's codes; Germany may be `D` or `DEU`.
    pub issuing_state: String,
    pub nationality: String,
    /// Up to 9 characters; up to 22 in TD1 and 14 in TD2, where the rest takes the place of optional data. The
    /// French national identity card has exactly 12 digits.
    pub document_number: String,
    pub surname: String,
    pub given_names: String,
    pub birth_date: PartialDate,
    pub expiry_date: Date,
    pub sex: Sex,
    /// Personal number or other data: 15 characters in TD1, 7 in TD2, 14 in TD3, 16 in MRV-A, 8 in MRV-B.
    pub optional_data: String,
    /// Only TD1 has it: 11 characters.
    pub optional_data_2: String,
}

/// Why lines cannot be made of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Uncomposable {
    #[error("no rule writes {0:?} in a machine-readable zone")]
    Character(char),
    #[error("{field:?} has {length} characters, {room} fit")]
    TooLong { field: Field, length: usize, room: usize },
    #[error("document code {0:?} does not belong to this format")]
    DocumentCode(String),
    #[error("the surname is missing")]
    NoSurname,
}

/// The lines of `format` for `record`, with every check digit.
pub fn compose(format: Format, record: &Record) -> Result<Vec<String>, Uncomposable> {
    if record.document_code.starts_with('V') != format.is_visa() {
        return Err(Uncomposable::DocumentCode(record.document_code.clone()));
    }
    let (count, length) = format.size();
    let mut sheet = Sheet { lines: vec![vec!['<'; length]; count] };
    for (field, span) in format.fields() {
        sheet.write(*span, *field, &field_text(format, *field, *span, record)?)?;
    }
    write_long_number(format, record, &mut sheet)?;
    for check in format.checks() {
        if check.name == CheckName::DocumentNumber && has_long_number(format, record) {
            continue;
        }
        let covered: String = check.covers.iter().map(|span| sheet.read(*span)).collect();
        sheet.lines[check.digit.line][check.digit.start] = check_digit(&covered);
    }
    Ok(sheet.lines.into_iter().map(|line| line.into_iter().collect()).collect())
}

fn field_text(format: Format, field: Field, span: Span, record: &Record) -> Result<String, Uncomposable> {
    Ok(match field {
        Field::DocumentCode => record.document_code.to_ascii_uppercase(),
        Field::IssuingState => state_code(&record.issuing_state),
        Field::Nationality => state_code(&record.nationality),
        Field::DocumentNumber if has_long_number(format, record) => {
            data(&record.document_number)?.chars().take(9).collect()
        }
        Field::DocumentNumber => data(&record.document_number)?,
        Field::BirthDate => record.birth_date.text(),
        Field::ExpiryDate => PartialDate::from(record.expiry_date).text(),
        Field::Sex => record.sex.mrz_character().to_string(),
        Field::OptionalData => data(&record.optional_data)?,
        Field::OptionalData2 => data(&record.optional_data_2)?,
        Field::Names if format == Format::FrenchId => {
            cut_on_letter(&name(&record.surname)?, span.end - span.start)
        }
        Field::Names => {
            let surname = name(&record.surname)?;
            if surname.is_empty() {
                return Err(Uncomposable::NoSurname);
            }
            names(&surname, &name(&record.given_names)?, span.end - span.start)
        }
        // The French card parts given names with two fillers and joins compound ones with one.
        Field::GivenNames => {
            let given: Result<Vec<_>, _> = record.given_names.split_whitespace().map(name).collect();
            cut(&given?.join("<<"), span.end - span.start)
        }
    })
}

/// ICAO 9303-3 §5 part B: Germany's code is the one letter.
fn state_code(code: &str) -> String {
    if code.eq_ignore_ascii_case("DEU") { "D".to_owned() } else { code.to_ascii_uppercase() }
}

fn name(text: &str) -> Result<String, Uncomposable> {
    transliterate(text).map_err(Uncomposable::Character)
}

/// Numbers and optional data: letters and digits as they are, anything the standard prints as a filler otherwise.
fn data(text: &str) -> Result<String, Uncomposable> {
    text.chars()
        .map(|character| match character.to_ascii_uppercase() {
            letter @ ('A'..='Z' | '0'..='9' | '<') => Ok(letter),
            ' ' | '-' | '/' | '.' => Ok('<'),
            other => Err(Uncomposable::Character(other)),
        })
        .collect()
}

fn has_long_number(format: Format, record: &Record) -> bool {
    format.long_number_rest().is_some() && record.document_number.chars().count() > 9
}

/// ICAO 9303-5 §4.2.2: the characters after the ninth, their check digit and a filler open the optional data. The
/// digit covers the number with the filler that stands in the check position.
fn write_long_number(format: Format, record: &Record, sheet: &mut Sheet) -> Result<(), Uncomposable> {
    let (Some(rest_span), true) = (format.long_number_rest(), has_long_number(format, record)) else {
        return Ok(());
    };
    let number = data(&record.document_number)?;
    let (head, rest) = number.split_at(9);
    let digit = check_digit(&format!("{head}<{rest}"));
    let optional = data(&record.optional_data)?;
    let text =
        if optional.is_empty() { format!("{rest}{digit}") } else { format!("{rest}{digit}<{optional}") };
    sheet.write(rest_span, Field::DocumentNumber, &text)
}

/// The name field by ICAO 9303-4 §4.2.3: surname, two fillers, given names; when that is too long, both are cut
/// so that something of each remains and the last character is a letter, which tells the reader of the cut.
fn names(surname: &str, given: &str, room: usize) -> String {
    if given.is_empty() {
        return cut_on_letter(surname, room);
    }
    let whole = format!("{surname}<<{given}");
    if whole.len() <= room {
        return whole;
    }
    let most = room - 2 - given.len().min(2);
    let cut_at = |room_for_surname: usize| {
        let primary = cut_on_letter(surname, room_for_surname);
        let secondary = cut_on_letter(given, room - 2 - primary.len());
        format!("{primary}<<{secondary}")
    };
    // Names of single letters cannot always be cut so that a letter comes last; a shorter surname then helps.
    (1..=most.min(surname.len()))
        .rev()
        .map(cut_at)
        .find(|field| field.len() == room)
        .unwrap_or_else(|| cut_at(most))
}

fn cut(text: &str, room: usize) -> String {
    text[..text.len().min(room)].trim_end_matches('<').to_owned()
}

/// As much of the text as fits, ending in a letter: where the cut would fall on a filler, which would look like a
/// whole name, the last component of two or more letters gives one up.
fn cut_on_letter(text: &str, room: usize) -> String {
    if text.len() <= room || !text[..room].ends_with('<') {
        return text[..text.len().min(room)].to_owned();
    }
    let bytes = text.as_bytes();
    match (1..room - 1).rev().find(|&at| bytes[at] != b'<' && bytes[at - 1] != b'<') {
        Some(at) => [&text[..at], &text[at + 1..=room]].concat(),
        None => cut(text, room),
    }
}

/// The characters being filled in.
struct Sheet {
    lines: Vec<Vec<char>>,
}

impl Sheet {
    fn write(&mut self, span: Span, field: Field, text: &str) -> Result<(), Uncomposable> {
        let (length, room) = (text.chars().count(), span.end - span.start);
        if length > room {
            return Err(Uncomposable::TooLong { field, length, room });
        }
        for (cell, character) in self.lines[span.line][span.start..].iter_mut().zip(text.chars()) {
            *cell = character;
        }
        Ok(())
    }

    fn read(&self, span: Span) -> String {
        self.lines[span.line][span.start..span.end].iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Format, PartialDate, Record, Sex, Uncomposable, compose, names};

    fn eriksson(document_code: &str, document_number: &str) -> Record {
        Record {
            document_code: document_code.into(),
            issuing_state: "UTO".into(),
            nationality: "UTO".into(),
            document_number: document_number.into(),
            surname: "Eriksson".into(),
            given_names: "Anna Maria".into(),
            birth_date: date(1974, 8, 12).into(),
            expiry_date: date(2012, 4, 15),
            sex: Sex::Female,
            optional_data: String::new(),
            optional_data_2: String::new(),
        }
    }

    #[test]
    fn the_specimens_of_the_standard_come_out_as_printed() {
        let passport = Record { optional_data: "ZE184226B".into(), ..eriksson("P", "L898902C3") };
        let visa = Record {
            nationality: "XXX".into(),
            birth_date: date(1940, 9, 7).into(),
            expiry_date: date(1996, 12, 10),
            ..eriksson("V", "L8988901C")
        };
        let cases = [
            // ICAO 9303-4 appendix A, 9303-5 appendix A, 9303-6 appendix A, 9303-7 appendices A and B.
            (
                Format::Td3,
                &passport,
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
            ),
            (
                Format::Td1,
                &eriksson("I", "D23145890"),
                "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            ),
            (
                Format::Td2,
                &eriksson("I", "D23145890"),
                "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
            ),
            (
                Format::MrvA,
                &Record { optional_data: "6ZE184226B".into(), ..visa.clone() },
                "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
            ),
            (
                Format::MrvB,
                &visa,
                "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<",
            ),
        ];
        for (format, record, expected) in cases {
            assert_eq!(compose(format, record).expect("composes").join("\n"), expected, "{format:?}");
        }
    }

    #[test]
    fn germany_and_long_numbers_follow_their_rules() {
        let german =
            Record { issuing_state: "DEU".into(), nationality: "DEU".into(), ..eriksson("P", "C01X0006H") };
        let lines = compose(Format::Td3, &german).expect("composes");
        assert!(lines[0].starts_with("P<D<<ERIKSSON"), "{lines:?}");
        assert_eq!(&lines[1][9..13], "1D<<");
        // The standard's sample of a long number (9303-5 appendix A) and a Belgian specimen.
        let long = compose(Format::Td1, &eriksson("I", "D23145890734")).expect("composes");
        assert_eq!(long[0], "I<UTOD23145890<7349<<<<<<<<<<<");
        let belgian = compose(Format::Td1, &eriksson("ID", "000590240601")).expect("composes");
        assert_eq!(&belgian[0][5..], "000590240<6013<<<<<<<<<<<");
    }

    #[test]
    fn long_names_are_cut_so_that_the_last_character_tells() {
        assert_eq!(
            names("NILAVADHANANANDA", "CHAYAPA<DEJTHAMRONG<KRASUANG", 39),
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"
        );
        assert_eq!(
            names("BENNELONG<WOOLOOMOOLOO<WARRANDYTE<WARNAMBOOL", "DINGO<POTOROO", 39),
            "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI"
        );
        assert_eq!(names("LI", "ABCDE<FGHIJ", 10), "LI<<ABCD<F");
        assert_eq!(names("ARKFREITH", "", 39), "ARKFREITH");
    }

    #[test]
    fn unknown_parts_of_a_birth_date_are_fillers() {
        let unknown = Record {
            birth_date: PartialDate { year: Some(1974), month: None, day: None },
            ..eriksson("P", "L898902C3")
        };
        assert_eq!(&compose(Format::Td3, &unknown).expect("composes")[1][13..19], "74<<<<");
    }

    #[test]
    fn what_does_not_fit_is_refused_by_name() {
        let visa_code = compose(Format::Td3, &eriksson("V", "1"));
        assert_eq!(visa_code, Err(Uncomposable::DocumentCode("V".into())));
        assert!(matches!(
            compose(Format::Td3, &eriksson("P", "1234567890")),
            Err(Uncomposable::TooLong { .. })
        ));
        let nameless = Record { surname: "-".into(), ..eriksson("P", "1") };
        assert_eq!(compose(Format::Td3, &nameless), Err(Uncomposable::NoSurname));
    }
}
