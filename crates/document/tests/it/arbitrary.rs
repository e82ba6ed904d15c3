//! Made-up holders of documents of every format.

use document::mrz::{Format, PartialDate, Record, Sex};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// The day on which all of this happens.
pub(crate) const TODAY: Date = date(2026, 11, 22);

pub(crate) fn format() -> impl Strategy<Value = Format> {
    prop::sample::select(vec![Format::Td1, Format::Td2, Format::Td3, Format::MrvA, Format::MrvB])
}

fn day(years: std::ops::RangeInclusive<i16>) -> impl Strategy<Value = Date> {
    (years, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| date(year, month, day))
}

fn birth() -> impl Strategy<Value = PartialDate> {
    prop_oneof![
        8 => day(1930..=2019).prop_map(PartialDate::from),
        1 => (1930..=2019_i16).prop_map(|year| PartialDate { year: Some(year), month: None, day: None }),
        1 => Just(PartialDate { year: None, month: None, day: None }),
    ]
}

/// A record that fits the format, long document numbers included.
pub(crate) fn record(format: Format) -> impl Strategy<Value = Record> {
    let number = match format {
        Format::Td1 | Format::Td2 => "[A-Z0-9]{1,13}",
        _ => "[A-Z0-9]{1,9}",
    };
    let codes: &[&str] = match format {
        Format::MrvA | Format::MrvB => &["V", "VC"],
        Format::Td3 => &["P", "PD", "PO"],
        _ => &["I", "ID", "AC"],
    };
    let country = || prop::sample::select(vec!["UTO", "D", "BRA", "CHN", "XXA", "GBR", "FRA", "KOR"]);
    (
        prop::sample::select(codes.to_vec()),
        (country(), country()),
        number,
        (
            "[A-Z][a-zéñüøß]{0,20}([ '-][A-Z][a-z]{1,20}){0,3}",
            "([A-Z][a-zéñüøß]{0,12}( [A-Z][a-z]{0,12}){0,4})?",
        ),
        (birth(), day(2020..=2060)),
        prop::sample::select(vec![Sex::Male, Sex::Female, Sex::Unspecified]),
        ("[A-Z0-9]{0,7}", "[A-Z0-9]{0,11}"),
    )
        .prop_map(move |(code, states, number, names, dates, sex, (optional, second))| Record {
            document_code: code.into(),
            issuing_state: states.0.into(),
            nationality: states.1.into(),
            // A long number of TD2 leaves no room for other optional data.
            optional_data: if number.len() > 9 { String::new() } else { optional },
            document_number: number,
            surname: names.0,
            given_names: names.1,
            birth_date: dates.0,
            expiry_date: dates.1,
            sex,
            optional_data_2: if format == Format::Td1 { second } else { String::new() },
        })
}

/// A format with a record of it.
pub(crate) fn case() -> impl Strategy<Value = (Format, Record)> {
    format().prop_flat_map(|format| (Just(format), record(format)))
}

/// Any text of the zone's alphabet, of a length that a format has.
pub(crate) fn zone_like() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        prop::collection::vec("[A-Z0-9<]{30}", 3),
        prop::collection::vec("[A-Z0-9<]{36}", 2),
        prop::collection::vec("[A-Z0-9<]{44}", 2),
        prop::collection::vec("[A-Z0-9<]{28,46}", 1..4),
        ("IDFRA[A-Z<]{31}", "[0-9]{13}[A-Z<]{14}[0-9]{7}[MF][0-9]").prop_map(|(a, b)| vec![a, b]),
    ]
}
