//! What holds for all zones.

use document::mrz::{Format, alpha3, compose, driving_licence, parse, resolve, transliterate};
use model::reading::LineReading;
use proptest::prelude::*;

use crate::arbitrary::{TODAY, case, zone_like};

fn lines(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// Whether no check digit can tell these apart (ICAO 9303-3 §4.9: values modulo 10): the blind spots of 7-3-1.
fn same_value(a: char, b: char) -> bool {
    let value = |character: char| character.to_digit(36).unwrap_or(0) % 10;
    value(a) == value(b)
}

/// Columns under a check digit or holding one, line by line (ICAO 9303-4 to -7).
pub(crate) fn covered(format: Format) -> Vec<(usize, std::ops::Range<usize>)> {
    match format {
        Format::Td1 => vec![(0, 5..30), (1, 0..7), (1, 8..15), (1, 18..30)],
        Format::Td2 => vec![(1, 0..10), (1, 13..20), (1, 21..36)],
        Format::Td3 => vec![(1, 0..10), (1, 13..20), (1, 21..44)],
        Format::MrvA | Format::MrvB => vec![(1, 0..10), (1, 13..20), (1, 21..28)],
        Format::FrenchId => vec![(0, 0..36), (1, 0..36)],
    }
}

proptest! {
    #[test]
    fn composed_zones_parse_as_valid_and_say_what_they_were_made_of((format, record) in case()) {
        let texts = compose(format, &record).expect("the record fits");
        let parsed = parse(&lines(&texts), TODAY);
        let mrz = parsed.mrz.expect("a zone");
        prop_assert!(mrz.valid, "{texts:#?} {:?}", parsed.findings);
        prop_assert_eq!(mrz.format, format);
        let fields = &mrz.fields;
        prop_assert_eq!(&fields.document_code, &record.document_code);
        prop_assert_eq!(&fields.issuing_state, alpha3(&record.issuing_state));
        prop_assert_eq!(&fields.nationality, alpha3(&record.nationality));
        prop_assert_eq!(&fields.document_number, &record.document_number);
        prop_assert_eq!(&fields.optional_data, &record.optional_data);
        prop_assert_eq!(&fields.optional_data_2, &record.optional_data_2);
        prop_assert_eq!(fields.sex, Some(record.sex));
        prop_assert_eq!(fields.expiration_date, Some(record.expiry_date));
        if let Some(date) = fields.date_of_birth {
            prop_assert_eq!(record.birth_date, date.into());
        } else {
            prop_assert!(record.birth_date.day.is_none());
        }
        if !fields.names_truncated {
            let spaced = |name: &str| transliterate(name).expect("Latin letters").replace('<', " ");
            prop_assert_eq!(&fields.surname, &spaced(&record.surname));
            prop_assert_eq!(&fields.given_names, &spaced(&record.given_names));
        }
    }

    #[test]
    fn a_reading_without_doubt_resolves_to_what_its_text_parses_to((format, record) in case()) {
        let texts = compose(format, &record).expect("the record fits");
        let readings: Vec<LineReading> = texts.iter().map(|text| LineReading::certain(text)).collect();
        let (parsed, resolved) = (parse(&lines(&texts), TODAY), resolve(&readings, TODAY));
        prop_assert_eq!(resolved.mrz, parsed.mrz);
        prop_assert_eq!(resolved.findings, parsed.findings);
        prop_assert!(resolved.repaired.is_empty());
    }

    #[test]
    fn a_wrong_character_under_a_check_digit_makes_the_zone_invalid(
        (format, record) in case(),
        place in any::<prop::sample::Index>(),
        character in prop::sample::select(('A'..='Z').chain('0'..='9').chain(['<']).collect::<Vec<_>>()),
    ) {
        let mut texts = compose(format, &record).expect("the record fits");
        let cells: Vec<(usize, usize)> = covered(format)
            .into_iter()
            .flat_map(|(line, columns)| columns.map(move |column| (line, column)))
            .collect();
        let (line, column) = cells[place.index(cells.len())];
        let was = texts[line].chars().nth(column).expect("within the line");
        prop_assume!(!same_value(was, character));
        texts[line].replace_range(column..=column, &character.to_string());
        let parsed = parse(&lines(&texts), TODAY);
        prop_assert!(!parsed.mrz.expect("a zone").valid, "{texts:#?}");
    }

    #[test]
    fn no_text_makes_the_parser_panic(texts in prop::collection::vec(".{0,50}", 0..5)) {
        let parsed = parse(&lines(&texts), TODAY);
        prop_assert!(parsed.mrz.is_some() || !parsed.findings.is_empty());
        let readings: Vec<LineReading> = texts.iter().map(|text| LineReading::certain(text)).collect();
        let resolved = resolve(&readings, TODAY);
        prop_assert!(resolved.mrz.is_some() || !resolved.findings.is_empty());
        driving_licence(&lines(&texts), TODAY);
    }

    #[test]
    fn no_zone_like_text_makes_the_parser_panic_or_is_valid_without_its_checks(texts in zone_like()) {
        let readings: Vec<LineReading> = texts.iter().map(|text| LineReading::certain(text)).collect();
        for mrz in [parse(&lines(&texts), TODAY).mrz, resolve(&readings, TODAY).mrz].into_iter().flatten() {
            prop_assert!(!mrz.valid || mrz.checks.iter().all(|check| check.holds));
            let object = mrz.contract_object(&[]);
            prop_assert_eq!(object["mrz_string"].as_str().map(|text| text.lines().count()), Some(mrz.lines.len()));
        }
    }

    #[test]
    fn spaces_lower_case_and_guillemets_do_not_matter((format, record) in case()) {
        let texts = compose(format, &record).expect("the record fits");
        let written: Vec<String> =
            texts.iter().map(|text| format!(" {} ", text.to_lowercase().replace("<<", "«"))).collect();
        prop_assert_eq!(parse(&lines(&written), TODAY), parse(&lines(&texts), TODAY));
    }

    #[test]
    fn fillers_missing_at_the_end_of_the_names_lose_nothing((format, record) in case()) {
        let texts = compose(format, &record).expect("the record fits");
        let mut short = texts.clone();
        let line = if format == Format::Td1 { 2 } else { 0 };
        short[line] = short[line].trim_end_matches('<').to_owned();
        prop_assert_eq!(parse(&lines(&short), TODAY), parse(&lines(&texts), TODAY));
    }
}
