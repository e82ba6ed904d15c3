//! The parts of a document against one another.

use document::crosscheck::{ComparedField, Evidence, Severity, Source, compare, compare_all, compare_names};
use document::mrz::{Sex, parse};
use document::printed::{Hints, TextLine, read};
use jiff::civil::date;
use proptest::prelude::*;

use crate::arbitrary::{TODAY, case};

fn person(source: Source) -> Evidence {
    Evidence {
        surname: "Müller".into(),
        given_names: "Zoë Anaïs".into(),
        birth_date: Some(date(1984, 4, 12)),
        sex: Some(Sex::Female),
        nationality: "DEU".into(),
        document_number: "C01X0006H".into(),
        expiry_date: Some(date(2031, 9, 2)),
        ..Evidence::new(source)
    }
}

#[test]
fn the_same_person_agrees_and_each_difference_is_named() {
    let front = person(Source::Front);
    let zone = Evidence { surname: "MUELLER".into(), given_names: "ZOE ANAIS".into(), ..person(Source::Mrz) };
    assert_eq!(compare_all(&[zone.clone(), front.clone()]), []);
    for (other, field) in [
        (Evidence { surname: "SCHMIDT".into(), ..front.clone() }, ComparedField::Surname),
        (Evidence { given_names: "PETRA".into(), ..front.clone() }, ComparedField::GivenNames),
        (Evidence { birth_date: Some(date(1990, 1, 1)), ..front.clone() }, ComparedField::BirthDate),
        (Evidence { sex: Some(Sex::Male), ..front.clone() }, ComparedField::Sex),
        (Evidence { nationality: "FRA".into(), ..front.clone() }, ComparedField::Nationality),
        (Evidence { document_number: "Y12345678".into(), ..front.clone() }, ComparedField::DocumentNumber),
        (Evidence { expiry_date: Some(date(2035, 1, 1)), ..front.clone() }, ComparedField::ExpiryDate),
    ] {
        let found = compare_all(&[zone.clone(), other]);
        assert_eq!(
            found.iter().map(|found| (found.field, found.severity)).collect::<Vec<_>>(),
            [(field, Severity::Conflict)]
        );
        assert_eq!((found[0].left.source, found[0].right.source), (Source::Mrz, Source::Front));
    }
}

#[test]
fn whole_names_are_compared_in_either_order() {
    let zone = person(Source::Mrz);
    for whole in ["Zoë Anaïs Müller", "MUELLER ZOE ANAIS"] {
        let card = Evidence { full_name: whole.into(), ..Evidence::new(Source::Front) };
        assert_eq!(compare_all(&[zone.clone(), card]), [], "{whole}");
    }
    let other = Evidence { full_name: "Peter Schmidt".into(), ..Evidence::new(Source::Expected) };
    assert_eq!(compare_all(&[zone, other])[0].field, ComparedField::FullName);
}

#[test]
fn what_was_hardly_legible_is_doubted_first() {
    let mut card = Evidence { surname: "SCHMIDT".into(), ..person(Source::Front) };
    card.confidences.insert(ComparedField::Surname, 0.3);
    assert_eq!(compare_all(&[person(Source::Mrz), card])[0].severity, Severity::Doubtful);
}

#[test]
fn a_zone_and_its_visual_zone_are_compared_as_read() {
    let zone =
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
    let zone = parse(&zone, TODAY).mrz.expect("a zone");
    let line = |text: &str, y: f32| TextLine {
        text: text.into(),
        corners: [(0.1, y), (0.6, y), (0.6, y + 0.04), (0.1, y + 0.04)],
        confidence: 0.95,
    };
    let lines = [
        line("Surname", 0.1),
        line("Eriksson", 0.15),
        line("Given names", 0.25),
        line("Anna Maria", 0.3),
        line("Date of birth", 0.4),
        line("13 Aug 1974", 0.45),
        line("Passport No. L898902C3", 0.55),
    ];
    let printed = read(&lines, &Hints { country: None, driving_licence: None, today: TODAY });
    let found = compare(Some(&zone.fields), Some(&printed), None, None);
    let fields: Vec<_> = found.iter().map(|found| (found.field, found.severity)).collect();
    assert_eq!(fields, [(ComparedField::BirthDate, Severity::Doubtful)]);
}

proptest! {
    #[test]
    fn a_composed_zone_agrees_with_what_it_was_made_of((format, record) in case()) {
        let texts = document::mrz::compose(format, &record).expect("the record fits");
        let lines: Vec<&str> = texts.iter().map(String::as_str).collect();
        let zone = parse(&lines, TODAY).mrz.expect("a zone");
        let card = Evidence {
            surname: record.surname.clone(),
            given_names: record.given_names.clone(),
            document_number: record.document_number.clone(),
            ..Evidence::new(Source::Front)
        };
        let found = compare_all(&[Evidence::of_zone(&zone.fields), card]);
        prop_assert!(found.is_empty(), "{found:?} {texts:#?}");
    }

    #[test]
    fn comparing_is_fair_and_never_panics(left in ".{0,60}", right in ".{0,60}", cut in any::<bool>()) {
        prop_assert_eq!(compare_names(&left, &right, cut), compare_names(&right, &left, cut));
    }
}
