//! Other people's vectors, where they stand beside the checkout (`../shared/data/mrz`); they are not ours to keep.

use std::fs::File;
use std::path::Path;

use document::mrz::{Finding, Format, alpha3, driving_licence, parse};
use serde_json::Value;

use crate::arbitrary::TODAY;

fn vectors(name: &str) -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/mrz").join(name);
    let Ok(file) = File::open(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(serde_json::from_reader(file).expect("the vectors are JSON"))
}

fn lines(vector: &Value) -> Vec<&str> {
    vector["mrz"].as_array().map(|lines| lines.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

#[test]
fn text_vectors_are_read_as_their_authors_read_them() {
    let Some(vectors) = vectors("text_vectors.json") else { return };
    for vector in &vectors {
        let lines = lines(vector);
        let parsed = parse(&lines, TODAY);
        let context = format!("{} {lines:#?} {:?}", vector["test"], parsed.findings);
        match vector["format"].as_str() {
            Some("FRENCH_DRIVING_LICENSE" | "SWISS_DRIVING_LICENSE") => {
                assert!(matches!(parsed.findings[..], [Finding::Unsupported { .. }]), "{context}");
                let zone = driving_licence(&lines, TODAY).expect(&context);
                assert_eq!(Some(zone.valid), vector["valid"].as_bool(), "{context}");
                assert_eq!(Some(zone.surname.as_str()), vector["fields"]["lastName"].as_str(), "{context}");
            }
            Some(format) => {
                let mrz = parsed.mrz.expect(&context);
                assert_eq!(mrz.format.name(), format, "{context}");
                // That library does not know the specimen state; we do, and its check digits hold.
                let utopia = mrz.fields.issuing_state == "UTO";
                if let Some(valid) = vector["valid"].as_bool().filter(|_| !utopia) {
                    assert_eq!(mrz.valid, valid, "{context}");
                }
                fields_agree(&vector["fields"], &mrz, &context);
            }
            None if vector["throws"] == true => assert_eq!(parsed.mrz, None, "{context}"),
            None => {}
        }
    }
}

fn fields_agree(expected: &Value, mrz: &document::mrz::Mrz, context: &str) {
    let fields = &mrz.fields;
    let text = |key: &str| expected[key].as_str();
    let same = |key: &str, found: &str| {
        if let Some(wanted) = text(key) {
            assert_eq!(found, wanted, "{key} {context}");
        }
    };
    same("documentCode", &fields.document_code);
    same("lastName", &fields.surname);
    same("firstName", &fields.given_names);
    same("birthDate", &fields.birth_date);
    same("expirationDate", &fields.expiry_date);
    for (key, found) in [("issuingState", &fields.issuing_state), ("nationality", &fields.nationality)] {
        if let Some(wanted) = text(key) {
            assert_eq!(found, alpha3(wanted), "{key} {context}");
        }
    }
    // On the French card they take only the serial number for the document number; in a long number of TD1 the
    // specimen with a failing digit is cut elsewhere.
    if mrz.format != Format::FrenchId && mrz.valid {
        same("documentNumber", &fields.document_number);
    }
}

#[test]
fn the_zones_of_specimen_pictures_are_valid_exactly_when_their_check_digits_hold() {
    let Some(pictures) = vectors("manifest.json") else { return };
    for picture in &pictures {
        let lines = lines(picture);
        let Some(expected) = picture["all_check_digits_valid"].as_bool() else { continue };
        let parsed = parse(&lines, TODAY);
        let mrz = parsed.mrz.expect("a zone");
        assert_eq!(Some(mrz.format.name()), picture["format"].as_str());
        assert_eq!(mrz.valid, expected, "{lines:#?} {:?}", parsed.findings);
    }
}
