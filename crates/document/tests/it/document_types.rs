//! The table of supported documents.

use std::collections::HashSet;

use document::types::{Candidate, Check, Code, Evidence, Table, Unreadable};
use document::{aamva, country, identifier, mrz};

use crate::arbitrary::TODAY;

#[test]
fn every_country_is_known_and_every_row_makes_sense() {
    let table = Table::built_in();
    let mut seen = HashSet::new();
    for document in table.documents() {
        let context = format!("{} {:?} {}", document.country, document.code, document.subtype);
        assert!(country::name(&document.country).is_some(), "{context}");
        assert!((1..=2).contains(&document.sides), "{context}");
        assert!(document.mrz_side.is_none_or(|side| side <= document.sides), "{context}");
        assert_eq!(document.checks.contains(&Check::Mrz), document.mrz.is_some(), "{context}");
        for id in [&document.personal_number, &document.document_number].into_iter().flatten() {
            let scheme = identifier::scheme(id).expect(&context);
            assert_eq!(scheme.country, document.country, "{context}");
        }
        let subtype = document
            .subtype
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        assert!(subtype, "{context}");
        assert!(
            seen.insert((document.country.clone(), document.code, document.subtype.clone())),
            "{context} twice"
        );
    }
    let passports = table.countries().iter().filter(|code| !table.lookup(code, "P").is_empty()).count();
    assert!(passports >= 195, "{passports} countries with passports");
    assert!(table.documents().len() >= 550, "{}", table.documents().len());
    assert!(
        table.lookup("USA", "DL").iter().any(|document| document.subtype == "TEXAS_DRIVER_LICENSE_GENERIC")
    );
    assert!(
        table
            .lookup("AUS", "DL")
            .iter()
            .any(|document| document.subtype == "QUEENSLAND_DRIVER_LICENSE_GENERIC")
    );
}

#[test]
fn an_operator_adds_replaces_and_removes_documents() {
    let table = Table::built_in();
    let own = r#"
        [[document]]
        countries = ["DEU", "AUT"]
        code = "OTHER"
        subtype = "LIBRARY_CARD"
        name = "Library Card"
        sides = 1
        barcode = "qr"

        [[document]]
        countries = ["CHE"]
        code = "DL"
        removed = true
    "#;
    let extended = table.extended(own).expect("well formed");
    assert_eq!(extended.documents().len(), table.documents().len() + 1);
    assert_eq!(extended.lookup("AUT", "OTHER")[0].name, "Library Card");
    assert!(extended.lookup("CHE", "DL").is_empty() && !table.lookup("CHE", "DL").is_empty());
    for (text, error) in [
        ("[[document]]\ncountries = [\"XYZ\"]\ncode = \"ID\"", Unreadable::Country("XYZ".into())),
        ("[[document]]\ncountries = [\"DEU\"]\ncode = \"ID\"\nsides = 3", Unreadable::Sides(3)),
        (
            "[[document]]\ncountries = [\"DEU\"]\ncode = \"ID\"\npersonal_number = \"q\"",
            Unreadable::Scheme("q".into()),
        ),
    ] {
        assert_eq!(table.extended(text), Err(error));
    }
    assert!(matches!(table.extended("[[document]]\nwrong = 1"), Err(Unreadable::Toml(_))));
}

fn first(candidates: &[Candidate<'_>]) -> (String, Code, String) {
    let document = candidates.first().expect("a candidate").document;
    (document.country.clone(), document.code, document.subtype.clone())
}

#[test]
fn documents_are_told_by_zone_barcode_and_words() {
    let table = Table::built_in();
    let zone = |lines: &[&str]| mrz::parse(lines, TODAY).mrz.expect("a zone");
    let passport = zone(&[
        "P<BRAALVES<TEIXEIRA<<MARINA<CAROLINA<<<<<<<<",
        "FZ000123<4BRA9104174F310902912345678909<<<46",
    ]);
    let found = table.classify(Evidence { zone: Some(&passport), ..Evidence::default() });
    assert_eq!(first(&found), ("BRA".into(), Code::Passport, "EPASSPORT".into()));
    let payload =
        b"@\n\x1e\rANSI 636026080001DL00310080DLDCSSAMPLE\nDACANNA\nDBB01311990\nDBA01312030\nDAQD123\n\r";
    let licence = aamva::parse(payload);
    let found = table.classify(Evidence { barcode: Some(&licence), ..Evidence::default() });
    assert_eq!(first(&found), ("USA".into(), Code::DrivingLicence, "ARIZONA_DRIVER_LICENSE_GENERIC".into()));
    for (lines, country, code) in [
        (&["FÜHRERSCHEIN", "BUNDESREPUBLIK DEUTSCHLAND"][..], "DEU", Code::DrivingLicence),
        (&["PERMIS DE CONDUIRE", "RÉPUBLIQUE FRANÇAISE"], "FRA", Code::DrivingLicence),
        (&["DOCUMENTO NACIONAL DE IDENTIDAD", "ESPAÑA", "DNI"], "ESP", Code::IdentityCard),
        (&["RZECZPOSPOLITA POLSKA", "DOWÓD OSOBISTY", "IDENTITY CARD"], "POL", Code::IdentityCard),
        (&["INSTITUTO NACIONAL ELECTORAL", "MÉXICO", "CREDENCIAL PARA VOTAR"], "MEX", Code::IdentityCard),
        (&["CALIFORNIA", "DRIVER LICENSE", "USA"], "USA", Code::DrivingLicence),
        (&["AUFENTHALTSTITEL", "BUNDESREPUBLIK DEUTSCHLAND"], "DEU", Code::ResidencePermit),
    ] {
        let found = table.classify(Evidence { lines, ..Evidence::default() });
        let (found_country, found_code, subtype) = first(&found);
        assert_eq!((found_country.as_str(), found_code), (country, code), "{lines:?} {subtype}");
    }
    assert!(table.classify(Evidence { lines: &["SHOPPING LIST"], ..Evidence::default() }).is_empty());
}
