//! Payloads of North American licences: other people's, ours of every version, and damaged ones.

use std::path::{Path, PathBuf};

use document::aamva::{
    Compliance, Country, Fields, Finding, Height, Kind, Licence, Record, Sex, Weight, compose, issuer,
    issuers, parse,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/aamva");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

#[expect(clippy::disallowed_methods, reason = "a test reads other people's vectors")]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("the file is there")
}

/// `Height.FromImperial(5, 6)` → (5, 6).
fn arguments(text: &str) -> Vec<u16> {
    text.split(|character: char| !character.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn day(value: Option<Date>) -> String {
    value.map(|day| day.to_string()).unwrap_or_default()
}

fn flag(value: Option<bool>) -> String {
    value.unwrap_or(false).to_string()
}

/// What we read, in the words of the other library; `None` for what it means otherwise than we do.
fn ours(key: &str, expected: &str, licence: &Licence) -> Option<String> {
    let fields = &licence.fields;
    Some(match key {
        "First" => text(fields.first_name.as_ref()),
        "Middle" => text(fields.middle_name.as_ref()),
        "Last" => text(fields.family_name.as_ref()),
        "Suffix" => text(fields.name_suffix.as_ref()),
        "StreetLine1" => text(fields.street_1.as_ref()),
        "StreetLine2" => text(fields.street_2.as_ref()),
        "City" => text(fields.city.as_ref()),
        "JurisdictionCode" => text(fields.jurisdiction.as_ref()),
        // They keep a sixth digit where an issuer has written ten; no ZIP code has six.
        "PostalCode" if expected.len() == 6 && expected.bytes().all(|byte| byte.is_ascii_digit()) => {
            assert_eq!(fields.postal_code.as_deref(), expected.get(..5));
            return None;
        }
        "PostalCode" => text(fields.postal_code.as_ref()).replace(['-', ' '], ""),
        "IdNumber" => text(fields.customer_number.as_ref()),
        "VehicleClass" => text(fields.vehicle_class.as_ref()),
        "RestrictionCodes" => text(fields.restrictions.as_ref()),
        "EndorsementCodes" => text(fields.endorsements.as_ref()),
        "InventoryControlNumber" => text(fields.inventory_control_number.as_ref()),
        "AuditInformation" => text(fields.audit_information.as_ref()),
        "PlaceOfBirth" => text(fields.place_of_birth.as_ref()),
        // The number they expect of the District's card stands nowhere in its payload.
        "DocumentDiscriminator" if fields.document_discriminator.is_none() => return None,
        "DocumentDiscriminator" => text(fields.document_discriminator.as_ref()),
        "DateOfBirth" => day(fields.date_of_birth),
        "ExpirationDate" => day(fields.expiration_date),
        "IssueDate" => day(fields.issue_date),
        "RevisionDate" => day(fields.card_revision_date),
        "Under18Until" => day(fields.under_18_until),
        "Under19Until" => day(fields.under_19_until),
        "Under21Until" => day(fields.under_21_until),
        "IsOrganDonor" => flag(fields.organ_donor),
        "HasTemporaryLawfulStatus" => flag(fields.limited_duration),
        "WasFirstTruncated" => flag(fields.first_name_truncated),
        "WasMiddleTruncated" => flag(fields.middle_name_truncated),
        "WasLastTruncated" => flag(fields.family_name_truncated),
        _ => coded(key, fields, licence)?,
    })
}

fn coded(key: &str, fields: &Fields, licence: &Licence) -> Option<String> {
    Some(match key {
        "Country" => match fields.country? {
            Country::UnitedStates => "Country.Usa".into(),
            Country::Canada => "Country.Canada".into(),
            Country::Mexico => return None,
        },
        "Sex" => format!("Sex.{:?}", fields.sex?),
        "EyeColor" => format!("EyeColor.{}", capital(fields.eye_colour?)),
        "HairColor" => format!("HairColor.{}", capital(fields.hair_colour?)),
        "ComplianceType" => match fields.compliance? {
            Compliance::Compliant => "ComplianceType.FullyCompliant".into(),
            other => format!("ComplianceType.{other:?}"),
        },
        "AamvaVersionNumber" => {
            const YEARS: [u16; 11] = [2000, 2000, 2003, 2005, 2009, 2010, 2011, 2012, 2013, 2016, 2020];
            format!("Version.Aamva{}", YEARS[usize::from(licence.header.as_ref()?.version)])
        }
        _ => return None,
    })
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

#[test]
fn other_peoples_payloads_are_read_as_they_say() {
    let Some(folder) = folder() else { return };
    let expected: Value = serde_json::from_slice(&bytes(&folder.join("expected.json"))).expect("JSON");
    let mut compared = 0;
    for case in expected.as_object().expect("an object").values() {
        let file = case["file"].as_str().expect("a name");
        let licence = parse(&bytes(&folder.join(file)));
        let kind = if case["kind"] == "ID" { Kind::IdentityCard } else { Kind::DrivingLicence };
        assert_eq!(licence.kind, kind, "{file}");
        let issuer = licence.issuer.expect(file);
        assert_eq!(Some(issuer.code), licence.fields.jurisdiction.as_deref(), "{file}");
        for (key, expected) in case["expected"].as_object().expect("an object") {
            let wanted = expected.as_str().map_or_else(|| expected.to_string(), str::to_owned);
            let height = || arguments(&wanted);
            match key.as_str() {
                "Height" => {
                    let inches = match (wanted.contains("Metric"), &height()[..]) {
                        (true, [centimetres]) => Height::Centimetres(*centimetres),
                        (false, &[feet, inches]) => Height::Inches(feet * 12 + inches),
                        (_, &[inches, ..]) => Height::Inches(inches),
                        _ => panic!("{wanted}"),
                    };
                    assert_eq!(licence.fields.height, Some(inches), "{file}");
                }
                "Weight" => match (licence.fields.weight.expect(file), arguments(&wanted)[..].last()) {
                    (Weight::Pounds(pounds), Some(number)) if !wanted.contains("Range") => {
                        assert_eq!(pounds, *number);
                    }
                    (Weight::Kilograms(kilograms), Some(number)) => assert_eq!(kilograms, *number),
                    (Weight::Range { from, to }, _) => {
                        assert_eq!((from, to), (87, Some(100)), "191 to 220 lb");
                    }
                    (Weight::Pounds(pounds), None) => assert_eq!(pounds, 140, "{file}"),
                    other => panic!("{file} {other:?}"),
                },
                _ => {
                    let Some(found) = ours(key, &wanted, &licence) else { continue };
                    assert_eq!(found, wanted, "{key} of {file}: {:#?}", licence.elements);
                }
            }
            compared += 1;
        }
    }
    assert!(compared > 650, "{compared} values compared");
    println!("{compared} values compared");
}

fn record() -> impl Strategy<Value = Record> {
    let day = |years: std::ops::RangeInclusive<i16>| {
        (years, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| date(year, month, day))
    };
    (
        (
            prop::sample::select(issuers().collect::<Vec<_>>()),
            prop::sample::select(vec![Kind::DrivingLicence, Kind::IdentityCard, Kind::EnhancedLicence]),
            prop::sample::select(vec![Sex::Male, Sex::Female, Sex::Unspecified]),
        ),
        ("[A-Z]{2,50}", "[A-Z]{2,44}", "([A-Z]{2,45})?", "(JR)?"),
        (day(1900..=2010), day(2000..=2026), day(2020..=2060)),
        ("[1-9][0-9]{0,3} [A-Z]{3,20} ST", "(APT [0-9]{1,3})?", "[A-Z]{3,20}", "[1-9][0-9]{8}"),
        ("[A-Z0-9]{1,25}", "[A-Z0-9]{1,25}", "[A-Z]{1,4}", any::<bool>(), 48..=95_u16),
    )
        .prop_map(|((issuer, kind, sex), names, dates, address, rest)| Record {
            issuer,
            kind,
            sex,
            jurisdiction_version: 1,
            family_name: names.0,
            first_name: names.1,
            middle_name: names.2,
            name_suffix: names.3,
            date_of_birth: dates.0,
            issue_date: dates.1,
            expiration_date: dates.2,
            height: if issuer.country == Country::UnitedStates {
                Height::Inches(rest.4)
            } else {
                Height::Centimetres(rest.4 + 100)
            },
            eye_colour: "BRO".into(),
            hair_colour: "BLK".into(),
            street_1: address.0,
            street_2: address.1,
            city: address.2,
            postal_code: if issuer.country == Country::Canada { "K1A 0B1".into() } else { address.3 },
            customer_number: rest.0,
            document_discriminator: rest.1,
            vehicle_class: rest.2,
            restrictions: String::new(),
            endorsements: String::new(),
            organ_donor: rest.3,
            veteran: false,
            more: vec![("DCK".into(), "0123456789".into())],
            own: vec![(format!("Z{}A", &issuer.code[..1]), "OWN".into())],
        })
}

fn cut(name: &str) -> Option<&str> {
    (!name.is_empty()).then(|| &name[..name.len().min(40)])
}

fn tells_the_record(licence: &Licence, record: &Record, version: u8) -> Result<(), TestCaseError> {
    let fields = &licence.fields;
    prop_assert_eq!(licence.issuer, Some(record.issuer));
    prop_assert_eq!(licence.kind, record.kind);
    prop_assert_eq!(fields.family_name.as_deref(), cut(&record.family_name));
    prop_assert_eq!(fields.first_name.as_deref(), cut(&record.first_name));
    prop_assert_eq!(fields.middle_name.as_deref(), cut(&record.middle_name));
    prop_assert_eq!(fields.name_suffix.as_deref(), cut(&record.name_suffix));
    if version > 3 {
        prop_assert_eq!(fields.family_name_truncated, Some(record.family_name.len() > 40));
    }
    prop_assert_eq!(fields.date_of_birth, Some(record.date_of_birth));
    prop_assert_eq!(fields.issue_date, Some(record.issue_date));
    prop_assert_eq!(fields.expiration_date, Some(record.expiration_date));
    prop_assert_eq!(fields.sex, Some(record.sex));
    prop_assert_eq!(fields.height, Some(record.height));
    prop_assert_eq!((fields.eye_colour, fields.hair_colour), (Some("brown"), Some("black")));
    prop_assert_eq!(fields.street_1.as_ref(), Some(&record.street_1));
    prop_assert_eq!(fields.city.as_ref(), Some(&record.city));
    prop_assert_eq!(fields.jurisdiction.as_deref(), Some(record.issuer.code));
    prop_assert_eq!(fields.customer_number.as_ref(), Some(&record.customer_number));
    prop_assert_eq!(fields.organ_donor.unwrap_or(false), record.organ_donor);
    if record.kind != Kind::IdentityCard {
        prop_assert_eq!(fields.vehicle_class.as_ref(), Some(&record.vehicle_class));
    }
    Ok(())
}

proptest! {
    #[test]
    fn payloads_of_every_version_say_what_they_were_made_of(record in record(), version in 1..=11_u8) {
        let payload = compose(version, &record).expect("the record fits");
        let licence = parse(&payload);
        tells_the_record(&licence, &record, version)?;
        let own = licence.elements.last().expect("elements");
        prop_assert_eq!((own.id.as_str(), own.value.as_str()), (record.own[0].0.as_str(), "OWN"));
        prop_assert_eq!(&licence.findings, &vec![]);
    }

    #[test]
    fn separators_that_changed_on_the_way_lose_nothing(record in record(), version in 2..=11_u8, how in 0..4_usize) {
        let payload = String::from_utf8(compose(version, &record).expect("fits")).expect("ASCII");
        let changed = match how {
            0 => payload.replace('\n', "\r\n"),
            1 => payload.replace('\r', "\n"),
            2 => format!("\u{feff}{}", payload.replace('\n', "\n\n").trim_start_matches('@')),
            _ => payload.replace('\n', "\u{90}\n\u{90}"),
        };
        tells_the_record(&parse(changed.as_bytes()), &record, version)?;
    }

    #[test]
    fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let licence = parse(&bytes);
        prop_assert!(licence.header.is_some() || licence.findings.contains(&Finding::NoHeader));
    }

    #[test]
    fn no_damage_makes_the_parser_panic(
        record in record(),
        version in 1..=11_u8,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        end in any::<prop::sample::Index>(),
    ) {
        let mut payload = compose(version, &record).expect("fits");
        for (place, byte) in damage {
            let place = place.index(payload.len());
            payload[place] = byte;
        }
        payload.truncate(end.index(payload.len()) + 1);
        let licence = parse(&payload);
        prop_assert!(licence.elements.len() <= 400);
    }
}

#[test]
fn a_payload_without_header_or_separators_is_read_and_said_to_be_so() {
    let licence = parse(b"DAQD123\nDCSDOE\nDACJANE\nDBB01311990\nDBA01312030\nDAJCA\n");
    assert_eq!(licence.fields.family_name.as_deref(), Some("DOE"));
    assert_eq!(licence.fields.country, Some(Country::UnitedStates));
    assert_eq!(licence.findings, [Finding::NoHeader]);
    let joined = parse(
        b"@ANSI 636014080001DL00310200DLDAQD1234567DCSDOUGLASDDENDACADAMDDFNDADNONEDDGNDCADDCBNONEDCDNONEDBD01012020DBB01311990DBA01312030DBC1DAU069 INDAYBLU",
    );
    assert_eq!(joined.fields.family_name.as_deref(), Some("DOUGLAS"), "{:#?}", joined.elements);
    assert_eq!(joined.fields.expiration_date, Some(date(2030, 1, 31)));
    assert!(joined.findings.contains(&Finding::SeparatorsMissing));
    assert_eq!(joined.issuer, issuer("636014"));
}

#[test]
fn what_is_no_licence_is_said_to_be_none() {
    for payload in [&b"https://example.org/ticket/1"[..], b"", b"M1DOE/JANE            EABC123 JFKLHRBA 0123"]
    {
        let licence = parse(payload);
        assert!(licence.findings.contains(&Finding::NotALicence), "{payload:?}");
    }
}
