use serde_json::json;

use super::*;

fn check(feature: Feature, config: &Value) -> Result<Value, Value> {
    checked(feature, config.as_object().unwrap()).map(Value::Object)
}

#[test]
fn words_are_taken_in_any_case_and_kept_as_the_contract_spells_them() {
    for (feature, given, kept) in [
        (
            Feature::Ocr,
            json!({"invalid_mrz_action": "review", "nobody_knows_this": 1}),
            json!({"invalid_mrz_action": "REVIEW"}),
        ),
        (
            Feature::Liveness,
            json!({"face_liveness_method": "passive"}),
            json!({"face_liveness_method": "PASSIVE"}),
        ),
        (
            Feature::KybRegistry,
            json!({"kyb_accepted_countries": ["es"]}),
            json!({"kyb_accepted_countries": ["ES"]}),
        ),
        (
            Feature::Ocr,
            json!({"documents_allowed": {"esp": {"p": {"enabled": true, "sides": 1, "subtypes": ["EPASSPORT"], "more": 1}}}}),
            json!({"documents_allowed": {"ESP": {"P": {"enabled": 1, "sides": 1, "subtypes": ["EPASSPORT"]}}}}),
        ),
        (
            Feature::Aml,
            json!({"status_rules": [{"field": "aml.risk_score", "operator": "GREATER_THAN", "value": 70, "status": "declined"}]}),
            json!({"status_rules": [{"field": "aml.risk_score", "operator": "greater_than", "value": 70, "status": "Declined"}]}),
        ),
        (
            Feature::PhoneVerification,
            json!({"phone_verification_countries": {"US": {"sms": true, "WhatsApp": {"enabled": false, "max_retries": 2}}}}),
            json!({"phone_verification_countries": {"US": {"sms": true, "whatsapp": {"enabled": false, "max_retries": 2}}}}),
        ),
        (
            Feature::DatabaseValidation,
            json!({"database_validation_countries": {"BRA": "one_by_one", "ESP": {"services": ["x"]}}}),
            json!({"database_validation_countries": {"BRA": "one_by_one", "ESP": {"services": ["x"]}}}),
        ),
        (
            Feature::Liveness,
            json!({"face_liveness_score_decline_threshold": 50.0}),
            json!({"face_liveness_score_decline_threshold": 50}),
        ),
        (
            Feature::AgeEstimation,
            json!({"face_liveness_score_decline_threshold": 50.5}),
            json!({"face_liveness_score_decline_threshold": 50.5}),
        ),
        (
            Feature::Ocr,
            json!({"minimum_age": null, "documents_allowed": {}}),
            json!({"minimum_age": null, "documents_allowed": {}}),
        ),
    ] {
        assert_eq!(check(feature, &given), Ok(kept), "{given}");
    }
}

fn choice(word: &str) -> Value {
    json!([format!("\"{word}\" is not a valid choice.")])
}

fn each_is_named(cases: impl IntoIterator<Item = (Feature, Value, Value)>) {
    for (feature, given, wrong) in cases {
        assert_eq!(check(feature, &given), Err(wrong), "{given}");
    }
}

#[test]
fn every_wrong_key_of_documents_is_named_where_it_stands() {
    each_is_named([
        (
            Feature::Ocr,
            json!({"minimum_age": 0, "invalid_mrz_action": "maybe"}),
            json!({"minimum_age": ["Ensure this value is greater than or equal to 1."], "invalid_mrz_action": choice("maybe")}),
        ),
        (
            Feature::Ocr,
            json!({"documents_allowed": {"ESP": {"P": {"enabled": 0}}}}),
            json!({"documents_allowed": ["At least one document must be enabled."]}),
        ),
        (
            Feature::Ocr,
            json!({"documents_allowed": {"ESP": {"P": {"enabled": 1, "sides": 3}}}}),
            json!({"documents_allowed": {"ESP": {"P": {"sides": ["Ensure this value is less than or equal to 2."]}}}}),
        ),
        (
            Feature::Ocr,
            json!({"documents_allowed": {"SPAIN": {}}}),
            json!({"documents_allowed": {"SPAIN": ["\"SPAIN\" is not a country code of 3 letters."]}}),
        ),
        (
            Feature::Ocr,
            json!({"image_capture_methods_allowed": ["UPLOAD", "FAX"]}),
            json!({"image_capture_methods_allowed": {"1": choice("FAX")}}),
        ),
        (
            Feature::Ocr,
            json!({"methods": {"BRA": {"id_lookup": {"on_no_match": "retry"}}}}),
            json!({"methods": {"BRA": {"id_lookup": {"on_no_match": choice("retry")}}}}),
        ),
        (
            Feature::Ocr,
            json!({"minimum_age": 60, "maximum_age": 18}),
            json!({"maximum_age": ["Ensure this value is not less than minimum_age."]}),
        ),
    ]);
}

#[test]
fn every_wrong_key_is_named_where_it_stands() {
    each_is_named([
        (
            Feature::FaceMatch,
            json!({"face_match_eyes_covered_action": null}),
            json!({"face_match_eyes_covered_action": ["This field may not be null."]}),
        ),
        (
            Feature::FaceMatch,
            json!({"face_match_not_computed_action": "NO_ACTION"}),
            json!({"face_match_not_computed_action": choice("NO_ACTION")}),
        ),
        (
            Feature::Liveness,
            json!({"face_liveness_score_decline_threshold": 50.5}),
            json!({"face_liveness_score_decline_threshold": ["A valid integer is required."]}),
        ),
        (
            Feature::Aml,
            json!({"aml_name_weight": 50, "aml_dob_weight": 25, "aml_country_weight": 15}),
            json!({"aml_name_weight": ["The weights of name, date of birth and country must add up to 100."]}),
        ),
        (
            Feature::DocumentAi,
            json!({"document_ai_documents": [{"document_key": "payslip", "title": "Payslip", "description": "", "fields": []}]}),
            json!({"document_ai_documents": {"0": {"fields": ["This list may not be empty."]}}}),
        ),
        (
            Feature::KybDocuments,
            json!({"kyb_required_document_groups": []}),
            json!({"kyb_required_document_groups": ["This list may not be empty."]}),
        ),
        (
            Feature::KybRegistry,
            json!({"kyb_registry_countries_config": {"ES": {"enabled": false}}}),
            json!({"kyb_registry_countries_config": ["At least one country must be enabled."]}),
        ),
    ]);
}

#[test]
fn every_wrong_status_rule_is_named_where_it_stands() {
    let list = json!(["Expected a list of items but got type \"str\"."]);
    each_is_named([
        (Feature::Nfc, json!({"status_rules": "x"}), json!({"status_rules": list})),
        (
            Feature::Nfc,
            json!({"status_rules": [
                {"operator": "equals", "value": 1, "status": "Approved"},
                {"field": "nfc.status", "operator": "like", "value": 1, "status": "Maybe"},
                {"field": "nfc.status", "operator": "in", "value": "x", "status": "Approved"},
                {"field": "nfc.status", "operator": "regex", "value": "(", "status": "Approved"},
                7
            ]}),
            json!({"status_rules": {
                "0": {"field": ["This field is required."]},
                "1": {"operator": choice("like"), "status": choice("Maybe")},
                "4": ["Expected a dictionary of items but got type \"int\"."]
            }}),
        ),
        (
            Feature::Nfc,
            json!({"status_rules": [
                {"field": "nfc.status", "operator": "in", "value": "x", "status": "Approved"},
                {"field": "nfc.status", "operator": "regex", "value": "(", "status": "Approved"},
                {"field": "nfc.status", "operator": "equals", "status": "Approved"}
            ]}),
            json!({"status_rules": {
                "0": {"value": ["Expected a list of items."]},
                "1": {"value": ["Must be a valid regular expression."]},
                "2": {"value": ["This field is required."]}
            }}),
        ),
    ]);
}

/// The size of the contract's table, so that no key is lost by an edit.
#[test]
fn every_feature_takes_status_rules_and_drops_what_it_does_not_know() {
    for feature in Feature::ALL {
        let kept = check(feature, &json!({"status_rules": [], "is_liveness_enabled": true})).unwrap();
        assert_eq!(kept, json!({"status_rules": []}), "{feature}");
    }
}
