//! Visual zones of documents as recognisers give them, and what holds for any lines at all.

use document::mrz::Sex;
use document::printed::{Hints, Printed, PrintedField as F, TextLine, read};
use jiff::civil::date;
use proptest::prelude::*;

const LINE: f32 = 0.04;

/// A line of text at a place; its width follows from its length.
fn line(text: &str, x: f32, y: f32) -> TextLine {
    let right = x + text.chars().count() as f32 * 0.015;
    TextLine {
        text: text.into(),
        corners: [(x, y), (right, y), (right, y + LINE), (x, y + LINE)],
        confidence: 0.97,
    }
}

fn zone(country: &str, lines: &[(&str, f32, f32)]) -> Printed {
    let lines: Vec<TextLine> = lines.iter().map(|(text, x, y)| line(text, *x, *y)).collect();
    let country = (!country.is_empty()).then(|| country.to_owned());
    read(&lines, &Hints { country, driving_licence: None, today: date(2026, 11, 23) })
}

#[test]
fn a_german_identity_card_with_labels_above_values() {
    let printed = zone(
        "DEU",
        &[
            ("BUNDESREPUBLIK DEUTSCHLAND", 0.3, 0.02),
            ("PERSONALAUSWEIS", 0.3, 0.08),
            ("L01X00T47", 0.75, 0.08),
            ("[a] Name/Surname/Nom [b] Geburtsname/Name at birth/Nom de naissance", 0.35, 0.18),
            ("MUSTERMANN", 0.35, 0.23),
            ("GEB. GABLER", 0.35, 0.28),
            ("Vornamen/Given names/Prénoms", 0.35, 0.34),
            ("ERIKA", 0.35, 0.39),
            ("Geburtstag/Date of birth/", 0.35, 0.46),
            ("Staatsangehörigkeit/Nationality/", 0.68, 0.46),
            ("12.08.1964", 0.35, 0.51),
            ("DEUTSCH", 0.68, 0.51),
            ("Geburtsort/Place of birth/Lieu de naissance", 0.35, 0.58),
            ("BERLIN", 0.35, 0.63),
            ("Gültig bis/Date of expiry/Date d'expiration", 0.35, 0.7),
            ("31.10.2030", 0.35, 0.75),
            ("Unterschrift der Inhaberin/Signature of bearer", 0.35, 0.86),
        ],
    );
    assert_eq!(printed.text(F::Surname), "MUSTERMANN", "{printed:#?}");
    assert_eq!(printed.text(F::GivenNames), "ERIKA");
    assert_eq!(printed.date(F::BirthDate), Some(date(1964, 8, 12)));
    assert_eq!(printed.date(F::ExpiryDate), Some(date(2030, 10, 31)));
    assert_eq!(printed.text(F::BirthPlace), "BERLIN");
    assert_eq!(printed.get(F::Nationality).and_then(|found| found.country), Some("DEU"));
}

#[test]
fn a_passport_with_two_languages_and_short_months() {
    let printed = zone(
        "FRA",
        &[
            ("PASSEPORT", 0.02, 0.02),
            ("Type/Type", 0.3, 0.05),
            ("P", 0.3, 0.1),
            ("Code du pays/Country code", 0.4, 0.05),
            ("FRA", 0.42, 0.1),
            ("Passeport n°/Passport No.", 0.72, 0.05),
            ("15AV80501", 0.74, 0.1),
            ("Nom/Surname (1)", 0.3, 0.16),
            ("MARTIN", 0.3, 0.21),
            ("Prénoms/Given names (2)", 0.3, 0.27),
            ("Camille, Anaïs", 0.3, 0.32),
            ("Nationalité/Nationality (3)", 0.3, 0.38),
            ("Française", 0.3, 0.43),
            ("Date de naissance/Date of birth (4)", 0.3, 0.49),
            ("12 AVR/APR 84", 0.3, 0.54),
            ("Sexe/Sex (5)", 0.3, 0.6),
            ("F", 0.3, 0.65),
            ("Lieu de naissance/Place of birth (6)", 0.45, 0.6),
            ("PARIS", 0.45, 0.65),
            ("Date de délivrance/Date of issue (7)", 0.3, 0.71),
            ("03 SEPT/SEP 2021", 0.3, 0.76),
            ("Date d'expiration/Date of expiry (8)", 0.3, 0.82),
            ("02 SEPT/SEP 2031", 0.3, 0.87),
        ],
    );
    assert_eq!(printed.text(F::Surname), "MARTIN", "{printed:#?}");
    assert_eq!(printed.text(F::GivenNames), "Camille, Anaïs");
    assert_eq!(printed.text(F::DocumentNumber), "15AV80501");
    assert_eq!(printed.date(F::BirthDate), Some(date(1984, 4, 12)));
    assert_eq!(printed.date(F::IssueDate), Some(date(2021, 9, 3)));
    assert_eq!(printed.date(F::ExpiryDate), Some(date(2031, 9, 2)));
    assert_eq!(printed.get(F::Sex).and_then(|found| found.sex), Some(Sex::Female));
    assert_eq!(printed.get(F::Nationality).and_then(|found| found.country), Some("FRA"));
}

#[test]
fn a_european_driving_licence_with_numbers() {
    let printed = zone(
        "DEU",
        &[
            ("FÜHRERSCHEIN  BUNDESREPUBLIK DEUTSCHLAND", 0.2, 0.03),
            ("1. MUSTERMANN", 0.35, 0.14),
            ("2. ERIKA", 0.35, 0.2),
            ("3. 12.08.1964 BERLIN", 0.35, 0.26),
            ("4a. 19.01.2013 4c. LRA MUSTERSTADT", 0.35, 0.32),
            ("4b. 18.01.2028", 0.35, 0.38),
            ("5. B072RRE2I55", 0.35, 0.44),
            ("9. AM/B/L", 0.35, 0.9),
        ],
    );
    for (field, text) in [
        (F::Surname, "MUSTERMANN"),
        (F::GivenNames, "ERIKA"),
        (F::BirthPlace, "BERLIN"),
        (F::Authority, "LRA MUSTERSTADT"),
        (F::DocumentNumber, "B072RRE2I55"),
        (F::Categories, "AM/B/L"),
    ] {
        assert_eq!(printed.text(field), text, "{printed:#?}");
    }
    assert_eq!(printed.date(F::BirthDate), Some(date(1964, 8, 12)));
    assert_eq!(printed.date(F::IssueDate), Some(date(2013, 1, 19)));
    assert_eq!(printed.date(F::ExpiryDate), Some(date(2028, 1, 18)));
}

#[test]
fn an_american_licence_with_labels_in_the_line() {
    let printed = zone(
        "USA",
        &[
            ("4d DL D1234567", 0.35, 0.12),
            ("4b EXP 08/31/2030", 0.35, 0.18),
            ("1 LN SAMPLE", 0.35, 0.24),
            ("2 FN ANNA MARIA", 0.35, 0.3),
            ("8 123 NORTH STREET", 0.35, 0.36),
            ("ANYTOWN, CA 90210", 0.35, 0.41),
            ("3 DOB 08/12/1964", 0.35, 0.5),
            ("4a ISS 09/01/2022", 0.7, 0.5),
            ("15 SEX F", 0.35, 0.6),
            ("16 HGT 5'-06\"", 0.55, 0.6),
            ("5 DD 08/31/2022123AB", 0.35, 0.9),
        ],
    );
    assert_eq!(printed.text(F::DocumentNumber), "D1234567", "{printed:#?}");
    assert_eq!(printed.text(F::Surname), "SAMPLE");
    assert_eq!(printed.text(F::GivenNames), "ANNA MARIA");
    assert_eq!(printed.date(F::BirthDate), Some(date(1964, 8, 12)));
    assert_eq!(printed.date(F::ExpiryDate), Some(date(2030, 8, 31)));
    assert_eq!(printed.date(F::IssueDate), Some(date(2022, 9, 1)));
    assert_eq!(printed.get(F::Sex).and_then(|found| found.sex), Some(Sex::Female));
    assert_eq!(printed.get(F::Height).and_then(|found| found.centimetres), Some(167));
    assert_eq!(printed.text(F::Address), "123 NORTH STREET, ANYTOWN, CA 90210");
}

#[test]
fn a_spanish_card_with_two_surnames_on_two_lines() {
    let printed = zone(
        "ESP",
        &[
            ("DNI", 0.35, 0.1),
            ("12345678Z", 0.42, 0.1),
            ("APELLIDOS / APELLIDOS", 0.35, 0.18),
            ("ESPAÑOLA", 0.35, 0.23),
            ("EJEMPLO", 0.35, 0.28),
            ("NOMBRE / NOM", 0.35, 0.36),
            ("CARMEN", 0.35, 0.41),
            ("SEXO", 0.35, 0.48),
            ("NACIONALIDAD", 0.5, 0.48),
            ("NACIMIENTO", 0.75, 0.48),
            ("F", 0.35, 0.53),
            ("ESP", 0.5, 0.53),
            ("01 01 1980", 0.75, 0.53),
            ("EMISIÓN", 0.35, 0.6),
            ("VALIDEZ", 0.6, 0.6),
            ("15 06 2021", 0.35, 0.65),
            ("15 06 2031", 0.6, 0.65),
            ("NUM SOPORT", 0.35, 0.72),
            ("BAA000589", 0.35, 0.77),
        ],
    );
    assert_eq!(printed.text(F::Surname), "ESPAÑOLA EJEMPLO", "{printed:#?}");
    assert_eq!(printed.text(F::GivenNames), "CARMEN");
    assert_eq!(printed.text(F::PersonalNumber), "12345678Z");
    assert_eq!(printed.text(F::DocumentNumber), "BAA000589");
    assert_eq!(printed.date(F::BirthDate), Some(date(1980, 1, 1)));
    assert_eq!(printed.date(F::IssueDate), Some(date(2021, 6, 15)));
    assert_eq!(printed.date(F::ExpiryDate), Some(date(2031, 6, 15)));
    assert_eq!(printed.get(F::Nationality).and_then(|found| found.country), Some("ESP"));
}

#[test]
fn a_bulgarian_card_in_two_scripts_and_a_row_of_values_in_one_line() {
    let printed = zone(
        "BGR",
        &[
            ("Фамилия/Surname", 0.35, 0.1),
            ("ИВАНОВА/IVANOVA", 0.35, 0.15),
            ("Име/Name", 0.35, 0.22),
            ("СЛАВИНА/SLAVINA", 0.35, 0.27),
            ("ЕГН/Personal No", 0.35, 0.35),
            ("8508010133", 0.35, 0.4),
            ("Пол/Sex", 0.7, 0.35),
            ("Ж/F", 0.7, 0.4),
            ("Дата на раждане/Date of birth", 0.35, 0.48),
            ("01.08.1985", 0.35, 0.53),
            ("Валидност/Date of expiry", 0.35, 0.6),
            ("17.06.2034", 0.35, 0.65),
            ("№ на документа/Document number", 0.35, 0.72),
            ("AA0000000", 0.35, 0.77),
        ],
    );
    assert_eq!(printed.text(F::Surname), "ИВАНОВА/IVANOVA", "{printed:#?}");
    assert_eq!(printed.text(F::GivenNames), "СЛАВИНА/SLAVINA");
    assert_eq!(printed.text(F::PersonalNumber), "8508010133");
    assert_eq!(printed.text(F::DocumentNumber), "AA0000000");
    assert_eq!(printed.get(F::Sex).and_then(|found| found.sex), Some(Sex::Female));
    assert_eq!(printed.date(F::BirthDate), Some(date(1985, 8, 1)));
    assert_eq!(printed.date(F::ExpiryDate), Some(date(2034, 6, 17)));
}

#[test]
fn labels_with_a_recognisers_mistakes_and_without_spaces() {
    let printed = zone(
        "ROU",
        &[
            ("Nume/Nom/Lastname", 0.3, 0.1),
            ("POPESCU", 0.3, 0.15),
            ("Prenume/Prenom/Firstname", 0.3, 0.22),
            ("ANA-MARIA", 0.3, 0.27),
            ("Cetatenie/Nationalite/Natlonality", 0.3, 0.34),
            ("Română / ROU", 0.3, 0.39),
            ("Placeofbirth", 0.3, 0.46),
            ("BUCUREŞTI", 0.3, 0.51),
            ("CNP 2960101123456", 0.3, 0.6),
            ("Valabilitate/Validite/Validity", 0.6, 0.7),
            ("01.01.2031", 0.6, 0.75),
        ],
    );
    assert_eq!(printed.text(F::Surname), "POPESCU", "{printed:#?}");
    assert_eq!(printed.text(F::GivenNames), "ANA-MARIA");
    assert_eq!(printed.get(F::Nationality).and_then(|found| found.country), Some("ROU"));
    assert_eq!(printed.text(F::BirthPlace), "BUCUREŞTI");
    assert_eq!(printed.text(F::PersonalNumber), "2960101123456");
    assert_eq!(printed.date(F::ExpiryDate), Some(date(2031, 1, 1)));
}

#[test]
fn dates_without_labels_are_told_by_their_order_and_doubted() {
    let printed = zone("", &[("12.04.1984", 0.3, 0.3), ("03.09.2031", 0.3, 0.6), ("SPECIMEN", 0.1, 0.9)]);
    assert_eq!(printed.date(F::BirthDate), Some(date(1984, 4, 12)));
    let expiry = printed.get(F::ExpiryDate).expect("an expiry");
    assert!(expiry.label.is_none() && expiry.confidence < 0.5);
    assert!(zone("", &[]).fields.is_empty());
}

fn any_line() -> impl Strategy<Value = TextLine> {
    let text = prop_oneof![
        3 => ".{0,40}",
        3 => "(Surname|Nom|Date of birth|Geburtsdatum|Sexo|1\\.|4b\\.|3\\.|Nationalité|Adresse)[ /:]{0,2}[A-Za-zÄé0-9./ -]{0,20}",
        1 => "[0-9]{1,2}[./ -][0-9]{1,2}[./ -][0-9]{2,4}",
    ];
    let corner =
        || (prop_oneof![9 => 0.0..1.0_f32, 1 => Just(f32::NAN), 1 => Just(f32::INFINITY)], 0.0..1.0_f32);
    (text, [corner(), corner(), corner(), corner()], -1.0..2.0_f32)
        .prop_map(|(text, corners, confidence)| TextLine { text, corners, confidence })
}

proptest! {
    #[test]
    fn no_lines_make_the_reader_panic(lines in prop::collection::vec(any_line(), 0..8), american in any::<bool>()) {
        let country = american.then(|| "USA".to_owned());
        let printed = read(&lines, &Hints { country, driving_licence: None, today: date(2026, 11, 23) });
        for found in printed.fields.values() {
            prop_assert!(found.line < lines.len() && (0.0..=1.0).contains(&found.confidence));
        }
    }
}
