//! Text in: the lines as somebody typed, pasted or read them from a chip.

use jiff::civil::Date;

use super::decode::{Sheet, decode};
use super::field::Field;
use super::finding::{Finding, Unsupported};
use super::format::Format;
use super::zone::Mrz;

/// What lines of text turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// `None` if the lines fit no format or a format that is not decoded.
    pub mrz: Option<Mrz>,
    pub findings: Vec<Finding>,
}

/// Parses the lines of a zone. Spaces are dropped, lower case is raised and guillemets count as the fillers they are
/// often taken for; nothing is repaired. `today` settles centuries.
///
/// ```
/// let zone = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
/// let mrz = document::mrz::parse(&zone, jiff::civil::date(2026, 1, 1)).mrz.expect("two lines of 44");
/// assert!(mrz.valid);
/// assert_eq!(mrz.fields.given_names, "ANNA MARIA");
/// ```
pub fn parse(lines: &[&str], today: Date) -> Parsed {
    let lines: Vec<Vec<char>> =
        lines.iter().map(|line| normal(line)).filter(|line: &Vec<char>| !line.is_empty()).collect();
    if let Some(zone) = unsupported(&lines) {
        return Parsed { mrz: None, findings: vec![Finding::Unsupported { zone }] };
    }
    let Some(sheet) = Format::ALL.into_iter().find_map(|format| fit(format, &lines)) else {
        return Parsed { mrz: None, findings: vec![Finding::NoFormat] };
    };
    let (mut mrz, findings) = decode(&sheet, today);
    mrz.confidence = sheet.format.fields().iter().map(|(field, _)| (*field, 1.0)).collect();
    Parsed { mrz: Some(mrz), findings }
}

/// The characters of a line of text as the zone has them; what has no counterpart stays and is found later.
pub(super) fn normal(line: &str) -> Vec<char> {
    line.chars()
        .filter(|character| !character.is_whitespace() && *character != '\u{feff}')
        .flat_map(|character| match character {
            // Programs that recognise printed text know the guillemets but not two fillers side by side.
            '«' => vec!['<', '<'],
            '‹' | '＜' => vec!['<'],
            other => vec![other.to_ascii_uppercase()],
        })
        .collect()
}

/// Zones that are told apart but not decoded.
pub(super) fn unsupported(lines: &[Vec<char>]) -> Option<Unsupported> {
    let starts = |line: &[char], text: &str| line.iter().copied().take(text.len()).eq(text.chars());
    match lines {
        [line] if line.len() == 30 && starts(line, "D1FRA") => Some(Unsupported::FrenchDrivingLicence),
        [line] if line.len() == 30 && starts(line, "D") => Some(Unsupported::DrivingLicence),
        [first, second, third]
            if first.len() == 9
                && second.len() == 30
                && third.len() == 30
                && (starts(second, "FACHE") || starts(second, "FALIE")) =>
        {
            Some(Unsupported::SwissDrivingLicence)
        }
        _ => None,
    }
}

/// The lines on the sheet of a format, if they have its size and beginning. The line of names may lack fillers at its
/// end or have too many of them, which loses nothing.
fn fit(format: Format, lines: &[Vec<char>]) -> Option<Sheet> {
    let (count, length) = format.size();
    if lines.len() != count || !begins_right(format, lines) {
        return None;
    }
    let names = format.span(Field::Names)?;
    let mut lines = lines.to_vec();
    // The French card has more after the surname.
    if names.end == length {
        let line = &mut lines[names.line];
        while line.len() > length && line.ends_with(&['<']) {
            line.pop();
        }
        let room = length.saturating_sub(names.start);
        if line.len() > length - room {
            line.resize(line.len().max(length), '<');
        }
    }
    lines.iter().all(|line| line.len() == length).then_some(Sheet { format, lines })
}

/// Formats of one size are told apart by their first characters.
fn begins_right(format: Format, lines: &[Vec<char>]) -> bool {
    let visa = lines[0].first() == Some(&'V');
    let french = lines[0].iter().copied().take(5).eq("IDFRA".chars()) && has_french_number(&lines[1]);
    match format {
        Format::Td1 => true,
        Format::Td3 => !visa,
        Format::Td2 => !visa && !french,
        Format::MrvA | Format::MrvB => visa,
        Format::FrenchId => french,
    }
}

/// Where a TD2 card has the nationality in line 2, the French national identity card has digits.
pub(super) fn has_french_number(second: &[char]) -> bool {
    second.iter().skip(10).take(3).filter(|character| character.is_ascii_digit()).count() >= 2
}
