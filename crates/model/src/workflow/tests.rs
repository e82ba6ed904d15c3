use std::collections::BTreeMap;

use serde_json::{Map, json};

use super::*;
use crate::status::FeatureStatus;

fn report(node: &str, feature: Feature, status: FeatureStatus) -> (NodeId, Report) {
    let mut report = Report::judged(NodeId::from(node), feature, Map::new(), Vec::new());
    report.status = status;
    (report.node_id.clone(), report)
}

#[test]
fn a_list_of_features_numbers_each_kind_from_one() {
    let graph = Graph::linear(vec![
        (Feature::Ocr, Config::new(), None),
        (Feature::Liveness, Config::new(), None),
        (Feature::Ocr, Config::new(), None),
    ]);
    let ids: Vec<String> = graph.features_in_order().iter().map(|(id, _, _)| id.0.clone()).collect();
    assert_eq!(ids, ["id_verification_1", "liveness_1", "id_verification_2"]);
}

#[test]
fn a_branch_leads_by_what_a_report_says() {
    let graph: Graph = serde_json::from_value(json!({
        "start_node": "id_verification_1",
        "nodes": {
            "id_verification_1": {"node_type": "feature", "feature": "OCR", "next": "age"},
            "age": {"node_type": "branch", "next": "no", "branches": [
                {"id": "adult", "rules": [{"node_id": "id_verification_1", "field": "age",
                 "operator": "greater_than_or_equals", "value": 18}], "goto": "yes"}]},
            "yes": {"node_type": "status", "session_status": "Approved"},
            "no": {"node_type": "status", "session_status": "Declined"}
        }
    }))
    .unwrap();
    for (age, outcome) in [(17, Outcome::Declined), (18, Outcome::Approved)] {
        let (id, mut found) = report("id_verification_1", Feature::Ocr, FeatureStatus::Approved);
        found.fields.insert("age".into(), json!(age));
        assert_eq!(graph.walk(&BTreeMap::from([(id, found)])), Stop::End(outcome));
    }
}

#[test]
fn a_cycle_ends_in_review_and_a_missing_node_too() {
    let cycle: Graph = serde_json::from_value(json!({
        "start_node": "a",
        "nodes": {"a": {"node_type": "branch", "branches": [], "next": "b"},
                  "b": {"node_type": "branch", "branches": [], "next": "a"}}
    }))
    .unwrap();
    assert_eq!(cycle.walk(&BTreeMap::new()), Stop::End(Outcome::InReview));
    let dangling: Graph = serde_json::from_value(json!({"start_node": "gone", "nodes": {}})).unwrap();
    assert_eq!(dangling.walk(&BTreeMap::new()), Stop::End(Outcome::InReview));
}

fn facts_hold(rule: &serde_json::Value, report: &Report) -> bool {
    let rule: Rule = serde_json::from_value(rule.clone()).unwrap();
    let reports = BTreeMap::from([(report.node_id.clone(), report.clone())]);
    rule.holds(&Facts { reports: &reports, current: None, today: Some(jiff::civil::date(2026, 6, 1)) })
}

#[test]
fn every_operator_compares_as_its_name_says() {
    let (_, mut document) = report("id_verification_1", Feature::Ocr, FeatureStatus::Approved);
    document.fields = json!({
        "age": 34, "issuing_state": "ESP", "first_name": "Carmen Española", "document_number": "AB123",
        "date_of_birth": "1992-03-01", "extra_fields": {"profession": "nurse"}, "languages": ["es", "ca"], "blank": ""
    })
    .as_object()
    .unwrap()
    .clone();
    for (field, operator, value, value_type) in [
        ("kyc.age", "equals", json!(34.0), "literal"),
        ("kyc.age", "equals", json!("34"), "literal"),
        ("kyc.age", "not_equals", json!(35), "literal"),
        ("kyc.age", "greater_than", json!(33), "literal"),
        ("kyc.age", "greater_than_or_equals", json!(34), "literal"),
        ("kyc.age", "less_than", json!(35), "literal"),
        ("kyc.age", "less_than_or_equals", json!("34"), "literal"),
        ("kyc.languages", "contains", json!("ca"), "literal"),
        ("kyc.first_name", "not_contains", json!("Ana"), "literal"),
        ("kyc.issuing_state", "in", json!(["ESP", "FRA"]), "list"),
        ("kyc.issuing_state", "not_in", json!(["DEU"]), "list"),
        ("kyc.languages", "in", json!(["ca"]), "list"),
        ("kyc.blank", "is_empty", json!(null), "literal"),
        ("kyc.nothing", "is_empty", json!(null), "literal"),
        ("kyc.extra_fields.profession", "is_not_empty", json!(null), "literal"),
        ("kyc.document_number", "regex", json!("^[A-Z]{2}[0-9]+$"), "literal"),
        ("kyc.first_name", "fuzzy_match", json!("carmen espanola"), "literal"),
        ("kyc.date_of_birth", "less_than", json!("-18 years"), "relative_date"),
        ("kyc.date_of_birth", "greater_than", json!("40 years ago"), "relative_date"),
        ("kyc.issuing_state", "not_equals", json!("kyc.document_number"), "field"),
    ] {
        let rule = json!({"field": field, "operator": operator, "value": value, "value_type": value_type});
        assert!(facts_hold(&rule, &document), "{rule}");
        let absent = json!({"field": field, "operator": operator, "value": value, "value_type": value_type, "node_id": "x"});
        let of_nothing = ["not_equals", "not_contains", "not_in", "is_empty"].contains(&operator);
        assert_eq!(facts_hold(&absent, &document), of_nothing, "{absent}");
    }
    let picked = json!({"field": "kyc.status@id_verification_1", "operator": "equals", "value": "Approved"});
    assert!(facts_hold(&picked, &document));
    for (field, operator, value, value_type) in [
        ("kyc.first_name", "fuzzy_match", json!("Peter Svensson"), "literal"),
        ("kyc.document_number", "regex", json!("(unclosed"), "literal"),
        ("kyc.date_of_birth", "less_than", json!("99999999999 years"), "relative_date"),
        ("kyc.first_name", "greater_than", json!(3), "literal"),
    ] {
        let rule = json!({"field": field, "operator": operator, "value": value, "value_type": value_type});
        assert!(!facts_hold(&rule, &document), "{rule}");
    }
}

#[test]
fn answers_are_found_by_their_question() {
    let (_, mut form) = report("questionnaire_1", Feature::Questionnaire, FeatureStatus::Approved);
    let items = json!([
        {"value": "income", "answer": {"value": "42000"}},
        {"value": "sources", "answer": {"value": "work,gift", "values": ["work", "gift"]}}
    ]);
    form.fields.insert("sections".into(), json!([{"items": items}]));
    let rule =
        |field: &str, operator: &str, value| json!({"field": field, "operator": operator, "value": value});
    assert!(facts_hold(&rule("questionnaire.answers.income", "greater_than", json!(40_000)), &form));
    assert!(facts_hold(&rule("questionnaire.answers.sources", "contains", json!("gift")), &form));
    assert!(facts_hold(&rule("questionnaire.answers.unasked", "is_empty", json!(null)), &form));
}

#[test]
fn a_status_rule_decides_unless_the_check_did_not_run() {
    let rules = json!([
        {"field": "kyc.issuing_state", "operator": "equals", "value": "UTO", "status": "No Action", "value_type": null},
        {"field": "issuing_state", "operator": "in", "value": ["ESP", "UTO"], "status": "In Review"}
    ]);
    let config = Config::from_iter([("status_rules".to_owned(), rules)]);
    let graph = Graph::linear(vec![(Feature::Ocr, config, None)]);
    let day = jiff::civil::date(2026, 6, 1);
    for (state, status) in
        [("ESP", FeatureStatus::InReview), ("UTO", FeatureStatus::Approved), ("FRA", FeatureStatus::Approved)]
    {
        let (_, mut found) = report("id_verification_1", Feature::Ocr, FeatureStatus::Approved);
        found.fields.insert("issuing_state".into(), json!(state));
        assert_eq!(StatusRule::settle(&graph, found, &BTreeMap::new(), day).status, status, "{state}");
    }
    let mut not_run = Report::not_run("id_verification_1".into(), Feature::Ocr, "no reader");
    not_run.fields.insert("issuing_state".into(), json!("ESP"));
    let settled = StatusRule::settle(&graph, not_run, &BTreeMap::new(), day);
    assert_eq!(settled.status, FeatureStatus::NotFinished);
}

#[expect(clippy::needless_pass_by_value, reason = "reads like the JSON that it is")]
fn graph(nodes: serde_json::Value) -> Graph {
    serde_json::from_value(json!({"start_node": "ocr", "nodes": nodes})).unwrap()
}

fn branch_on(field: &str, yes: &str, no: &str) -> serde_json::Value {
    json!({"node_type": "branch", "branches": [
        {"id": "yes", "rules": [{"field": field, "operator": "equals", "value": "Approved"}], "goto": yes},
        {"id": "else", "goto": no}]})
}

#[test]
fn a_condition_may_only_ask_what_every_path_has_completed() {
    let feature = |name: &str, next: &str| json!({"node_type": "feature", "feature": name, "next": next});
    let end = json!({"node_type": "status", "session_status": "Determine"});
    let mut sound = graph(json!({
        "ocr": feature("OCR", "b1"), "b1": branch_on("kyc.status", "live", "b2"), "live": feature("LIVENESS", "b2"),
        "b2": branch_on("kyc.status", "end", "end"), "end": end
    }));
    assert_eq!(validity::check(&mut sound), validity::Faults::default());
    let Node::Branch { branches, .. } = &sound.nodes[&"b1".into()] else { panic!("it is a branch") };
    assert_eq!(branches[0].rules[0].node_id, Some("ocr".into()), "the only one it can mean");
    let mut early = sound.clone();
    early
        .nodes
        .insert("b2".into(), serde_json::from_value(branch_on("liveness.status", "end", "end")).unwrap());
    let faults = validity::check(&mut early);
    assert_eq!(
        faults.nodes[&"b2".into()],
        ["Field 'liveness.status' needs liveness (LIVENESS) to be completed on every path to this node."]
    );
    let usable = validity::usable(&sound, &"b2".into()).unwrap();
    assert_eq!(usable, [("ocr".into(), Feature::Ocr)]);
}

#[test]
fn ways_that_lead_nowhere_or_back_are_named() {
    let mut dangling = graph(json!({"ocr": {"node_type": "feature", "feature": "OCR", "next": "gone"}}));
    assert_eq!(
        validity::check(&mut dangling).nodes[&"ocr".into()],
        ["Node 'ocr' leads to 'gone', which does not exist."]
    );
    let mut cycle = graph(json!({
        "ocr": {"node_type": "feature", "feature": "OCR", "next": "live"},
        "live": {"node_type": "feature", "feature": "LIVENESS", "next": "ocr"}
    }));
    let faults = validity::check(&mut cycle);
    assert_eq!(faults.nodes.len(), 2);
    assert_eq!(faults.nodes[&"live".into()], ["Node 'live' leads back to itself."]);
    let mut start = graph(json!({"ocr": {"node_type": "status", "session_status": "Approved"}}));
    assert_eq!(validity::check(&mut start).nodes[&"ocr".into()], ["The start must be a feature node."]);
    let mut lonely = graph(json!({
        "ocr": {"node_type": "feature", "feature": "OCR"}, "live": {"node_type": "feature", "feature": "LIVENESS"}
    }));
    assert_eq!(
        validity::check(&mut lonely).nodes[&"live".into()],
        ["Node 'live' cannot be reached from the start."]
    );
}
