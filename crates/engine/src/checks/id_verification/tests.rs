use document::mrz::{Format, PartialDate, Record, Resolved, Sex, compose, resolve};
use jiff::civil::{Date, date};
use model::reading::LineReading;
use model::report::Report;
use model::session::{Choice, Verdict};
use model::status::FeatureStatus;
use model::warning::{Action, Risk};
use model::workflow::NodeId;
use serde_json::{Map, Value, json};

use super::{Evidence, Side, attempts, judge, verdict};

const TODAY: Date = date(2026, 11, 22);

/// A Swede of 44 with a passport that runs until 2031.
fn holder() -> Record {
    Record {
        document_code: "P".into(),
        issuing_state: "SWE".into(),
        nationality: "SWE".into(),
        document_number: "L898902C3".into(),
        surname: "Eriksson".into(),
        given_names: "Anna Maria".into(),
        birth_date: date(1982, 8, 12).into(),
        expiry_date: date(2031, 4, 15),
        sex: Sex::Female,
        optional_data: "198208121221".into(),
        optional_data_2: String::new(),
    }
}

fn read(format: Format, record: &Record) -> Resolved {
    read_lines(&compose(format, record).unwrap())
}

fn read_lines(lines: &[String]) -> Resolved {
    let lines: Vec<LineReading> = lines.iter().map(|line| LineReading::certain(line)).collect();
    resolve(&lines, TODAY)
}

fn side(side: &str, reading: Option<Resolved>) -> Side {
    Side { side: side.into(), picture: Some(format!("media:{side}-picture")), reading, ..Side::default() }
}

/// Judges sides under settings, expected details and a choice.
fn judged(sides: &[Side], config: Value, expected: Value, choice: Option<(&str, &str)>) -> Report {
    let object = |value: Value| value.as_object().cloned().unwrap_or_default();
    let (config, expected): (Map<String, Value>, Map<String, Value>) = (object(config), object(expected));
    let choice = choice.map(|(country, kind)| Choice { country: country.into(), document_type: kind.into() });
    judge(&Evidence {
        node_id: &NodeId::from("id_verification_1"),
        config: &config,
        choice: choice.as_ref(),
        sides,
        expected: Some(&expected),
        today: TODAY,
    })
}

fn passport(record: &Record, config: Value, expected: Value) -> Report {
    judged(&[side("front", Some(read(Format::Td3, record)))], config, expected, Some(("SWE", "P")))
}

/// Risks with the actions in force.
fn risks(report: &Report) -> Vec<(Risk, Action)> {
    report.warnings.iter().map(|warning| (warning.risk, warning.action)).collect()
}

#[test]
fn a_good_passport_is_approved_with_every_field_the_zone_has() {
    let report = passport(&holder(), json!({}), json!({}));
    assert_eq!(report.status, FeatureStatus::Approved, "{:?}", report.warnings);
    for (field, value) in [
        ("document_type", json!("Passport")),
        ("document_subtype", json!("PASSPORT_GENERIC")),
        ("document_number", json!("L898902C3")),
        ("personal_number", json!("198208121221")),
        ("date_of_birth", json!("1982-08-12")),
        ("age", json!(44)),
        ("expiration_date", json!("2031-04-15")),
        ("issuing_state", json!("SWE")),
        ("issuing_state_name", json!("Sweden")),
        ("first_name", json!("ANNA MARIA")),
        ("last_name", json!("ERIKSSON")),
        ("full_name", json!("ANNA MARIA ERIKSSON")),
        ("gender", json!("F")),
        ("nationality", json!("SWE")),
        ("front_image", json!("media:front-picture")),
        ("back_image", Value::Null),
        ("portrait_image", Value::Null),
        ("marital_status", json!("UNKNOWN")),
        ("extra_fields", json!({})),
        ("matches", json!([])),
    ] {
        assert_eq!(report.fields.get(field), Some(&value), "{field}");
    }
    assert_eq!(report.fields["mrz"]["mrz_type"], "TD3");
    assert_eq!(verdict(&report, &Map::new()), Verdict::Final);
}

#[test]
fn an_expired_document_declines_whatever_the_settings() {
    let expired = Record { expiry_date: date(2026, 11, 21), ..holder() };
    let report = passport(&expired, json!({ "invalid_mrz_action": "NO_ACTION" }), json!({}));
    assert_eq!(risks(&report), [(Risk::DocumentExpired, Action::Decline)]);
    assert_eq!(report.status, FeatureStatus::Declined);
    assert_eq!(verdict(&report, &Map::new()), Verdict::Final, "a better picture does not renew a document");
    let last_day = Record { expiry_date: TODAY, ..holder() };
    assert_eq!(risks(&passport(&last_day, json!({}), json!({}))), []);
}

#[test]
fn a_picture_without_a_zone_may_be_taken_again_and_is_never_approved() {
    let report = judged(&[side("front", None)], json!({}), json!({}), Some(("SWE", "P")));
    assert_eq!(risks(&report), [(Risk::MrzNotDetected, Action::Decline)]);
    assert_eq!(verdict(&report, &Map::new()), Verdict::RetryUpTo(3));
    let lenient =
        judged(&[side("front", None)], json!({ "invalid_mrz_action": "no_action" }), json!({}), None);
    assert_eq!(lenient.status, FeatureStatus::InReview);
    assert_eq!(lenient.fields["mrz"], Value::Null);
}

#[test]
fn a_picture_that_cannot_be_decoded_is_no_document() {
    let broken = Side { side: "front".into(), ..Side::default() };
    let report = judged(&[broken], json!({}), json!({}), None);
    assert_eq!(risks(&report), [(Risk::CouldNotRecognizeDocument, Action::Decline)]);
    assert_eq!(
        risks(&judged(&[], json!({}), json!({}), None)),
        [(Risk::CouldNotRecognizeDocument, Action::Decline)]
    );
}

#[test]
fn a_wrong_check_digit_follows_the_workflows_setting() {
    let mut lines = compose(Format::Td3, &holder()).unwrap();
    lines[1].replace_range(0..1, "M");
    let reading = || side("front", Some(read_lines(&lines)));
    for (setting, action, status) in [
        (Value::Null, Action::Decline, FeatureStatus::Declined),
        (json!("REVIEW"), Action::Review, FeatureStatus::InReview),
        (json!("NO_ACTION"), Action::NoAction, FeatureStatus::Approved),
    ] {
        let report = judged(&[reading()], json!({ "invalid_mrz_action": setting }), json!({}), None);
        assert_eq!(risks(&report), [(Risk::MrzValidationFailed, action)]);
        assert_eq!(report.status, status);
        assert!(!report.fields["mrz"]["errors"].as_array().unwrap().is_empty());
    }
}

#[test]
fn a_licence_of_an_unsupported_kind_is_named_as_such() {
    let licence = read_lines(&["D1FRA13AA000026181231MARTIN<<9".to_owned()]);
    let report = judged(&[side("front", Some(licence))], json!({}), json!({}), None);
    assert_eq!(risks(&report), [(Risk::DocumentNotSupported, Action::Decline)]);
    assert_eq!(
        report.warnings[0].additional_data,
        Some(json!({ "document_type": "french_driving_licence" }))
    );
}

#[test]
fn missing_parts_are_named_one_by_one() {
    let mut lines = compose(Format::Td3, &holder()).unwrap();
    lines[0].replace_range(5.., &"<".repeat(39));
    lines[1] = "<<<<<<<<<0SWE8213124F3113154<<<<<<<<<<<<<<00".to_owned();
    let report = judged(&[side("front", Some(read_lines(&lines)))], json!({}), json!({}), None);
    let found: Vec<Risk> = report.warnings.iter().map(|warning| warning.risk).collect();
    for risk in [
        Risk::MrzValidationFailed,
        Risk::NameNotDetected,
        Risk::DocumentNumberNotDetected,
        Risk::InvalidDate,
        Risk::DateOfBirthNotDetected,
        Risk::ExpirationDateNotDetected,
    ] {
        assert!(found.contains(&risk), "{risk} is missing from {found:?}");
    }
}

#[test]
fn a_birth_date_that_the_issuer_does_not_know_matters_only_where_age_does() {
    let unknown = Record { birth_date: PartialDate { year: Some(1982), month: None, day: None }, ..holder() };
    assert_eq!(risks(&passport(&unknown, json!({}), json!({}))), []);
    let report = passport(&unknown, json!({ "minimum_age": 18 }), json!({}));
    assert_eq!(risks(&report), [(Risk::DateOfBirthNotDetected, Action::Decline)]);
    assert_eq!(risks(&passport(&unknown, json!({}), json!({ "date_of_birth": "1982-01-31" }))), []);
    assert_eq!(
        risks(&passport(&unknown, json!({}), json!({ "date_of_birth": "1983-01-31" }))),
        [(Risk::DobMismatch, Action::Review)]
    );
}

#[test]
fn a_zone_without_expiry_date_informs_by_default() {
    let french = ["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "9409923102854CORINNE<<<<<<<6512068F4"];
    let reading = read_lines(&french.map(str::to_owned));
    let report = judged(&[side("back", Some(reading))], json!({}), json!({}), Some(("FRA", "ID")));
    assert_eq!(risks(&report), [(Risk::ExpirationDateNotDetected, Action::NoAction)]);
    assert_eq!(report.status, FeatureStatus::Approved);
}

#[test]
fn ages_are_limited_by_country_before_the_general_rule() {
    let young = Record { birth_date: date(2008, 11, 23).into(), optional_data: String::new(), ..holder() };
    for (config, expected) in [
        (json!({ "minimum_age": 18 }), vec![(Risk::MinimumAgeNotMet, Action::Decline)]),
        (
            json!({ "minimum_age": 18, "minimum_age_action": "REVIEW" }),
            vec![(Risk::MinimumAgeNotMet, Action::Review)],
        ),
        (json!({ "minimum_age": 18, "is_age_restrictions_enabled": false }), vec![]),
        (json!({ "minimum_age": 17, "is_age_restrictions_enabled": true }), vec![]),
        (
            json!({ "minimum_age": 18, "age_restrictions_by_country": { "SWE": { "minimum_age": 16 } } }),
            vec![],
        ),
        (json!({ "maximum_age": 16 }), vec![(Risk::MaximumAgeExceeded, Action::Decline)]),
    ] {
        assert_eq!(risks(&passport(&young, config.clone(), json!({}))), expected, "{config}");
    }
    let birthday = Record { birth_date: date(2008, 11, 22).into(), optional_data: String::new(), ..holder() };
    assert_eq!(risks(&passport(&birthday, json!({ "minimum_age": 18 }), json!({}))), []);
}

#[test]
fn documents_outside_the_workflow_are_declined_with_what_they_are() {
    let only_cards =
        json!({ "documents_allowed": { "SWE": { "ID": { "enabled": 1 }, "P": { "enabled": 0 } } } });
    let report = passport(&holder(), only_cards, json!({}));
    assert_eq!(risks(&report), [(Risk::DocumentNotSupported, Action::Decline)]);
    let context = report.warnings[0].additional_data.as_ref().unwrap();
    assert_eq!((&context["issuing_state"], &context["document_type"]), (&json!("SWE"), &json!("P")));
    let allowed = json!({ "documents_allowed": { "SWE": { "P": { "enabled": 1 } } } });
    assert_eq!(risks(&passport(&holder(), allowed, json!({}))), []);
    let expected = json!({ "expected_document_types": ["id"] });
    assert_eq!(
        risks(&passport(&holder(), json!({}), expected)),
        [(Risk::DocumentNotSupported, Action::Decline)]
    );
}

#[test]
fn a_visa_proves_no_identity() {
    let visa = Record { document_code: "V".into(), optional_data: String::new(), ..holder() };
    let report = judged(&[side("front", Some(read(Format::MrvA, &visa)))], json!({}), json!({}), None);
    assert_eq!(risks(&report), [(Risk::DocumentNotSupported, Action::Decline)]);
}

#[test]
fn another_document_than_the_chosen_one_is_inconsistent() {
    let sides = [side("front", Some(read(Format::Td3, &holder())))];
    for choice in [("NOR", "P"), ("SWE", "ID")] {
        let report = judged(&sides, json!({}), json!({}), Some(choice));
        assert_eq!(risks(&report), [(Risk::DataInconsistent, Action::Review)], "{choice:?}");
    }
    let german = Record {
        issuing_state: "D".into(),
        nationality: "D".into(),
        optional_data: String::new(),
        ..holder()
    };
    let sides = [side("front", Some(read(Format::Td3, &german)))];
    assert_eq!(risks(&judged(&sides, json!({}), json!({}), Some(("DEU", "P")))), []);
}

#[test]
fn cards_of_citizens_and_residents_are_what_the_person_chose() {
    let card = Record { document_code: "I".into(), optional_data: String::new(), ..holder() };
    let sides = [side("front", None), side("back", Some(read(Format::Td1, &card)))];
    for (choice, name) in [("ID", "Identity Card"), ("RP", "Residence Permit")] {
        let report = judged(&sides, json!({}), json!({}), Some(("SWE", choice)));
        assert_eq!(risks(&report), []);
        assert_eq!(report.fields["document_type"], name);
        assert_eq!(report.fields["back_image"], "media:back-picture");
    }
}

#[test]
fn two_zones_of_different_documents_do_not_belong_together() {
    let card = Record { document_code: "I".into(), optional_data: String::new(), ..holder() };
    let other = Record { document_number: "X7".into(), ..card.clone() };
    let sides =
        [side("front", Some(read(Format::Td1, &card))), side("back", Some(read(Format::Td1, &other)))];
    assert_eq!(
        risks(&judged(&sides, json!({}), json!({}), None)),
        [(Risk::DocumentSidesMismatch, Action::Review)]
    );
}

#[test]
fn expected_details_are_compared_one_by_one() {
    let right = json!({
        "first_name": "Anna", "last_name": "Eriksson", "date_of_birth": "1982-08-12", "gender": "F",
        "nationality": "SWE", "id_country": "SWE", "country": "NOR", "identification_number": "19820812-1221",
    });
    assert_eq!(risks(&passport(&holder(), json!({}), right)), []);
    for (expected, risk) in [
        (json!({ "first_name": "Peter", "last_name": "Stevenson" }), Risk::FullNameMismatch),
        (json!({ "date_of_birth": "1982-08-13" }), Risk::DobMismatch),
        (json!({ "gender": "M" }), Risk::GenderMismatch),
        (json!({ "nationality": "NOR" }), Risk::NationalityMismatch),
        (json!({ "country": "NOR" }), Risk::CountryMismatch),
        (json!({ "identification_number": "123" }), Risk::IdentificationNumberMismatch),
    ] {
        let report =
            passport(&holder(), json!({ "expected_details_mismatch_action": "DECLINE" }), expected.clone());
        assert_eq!(risks(&report), [(risk, Action::Decline)], "{expected}");
        let default = passport(&holder(), json!({}), expected);
        assert_eq!(risks(&default), [(risk, Action::Review)]);
        assert_eq!(verdict(&default, &Map::new()), Verdict::Final);
    }
}

#[test]
fn the_names_threshold_is_the_workflows() {
    let expected = json!({ "first_name": "Ana", "last_name": "Eriksson" });
    let strict = json!({ "id_verification_name_match_score_threshold": 99 });
    assert_eq!(risks(&passport(&holder(), json!({}), expected.clone())), []);
    assert_eq!(risks(&passport(&holder(), strict, expected)), [(Risk::FullNameMismatch, Action::Review)]);
}

#[test]
fn the_number_of_attempts_is_the_workflows_or_three() {
    let config = |value: Value| value.as_object().cloned().unwrap();
    assert_eq!(attempts(&Map::new()), 3);
    assert_eq!(attempts(&config(json!({ "id_verification_max_retry_attempts": 5 }))), 5);
}
