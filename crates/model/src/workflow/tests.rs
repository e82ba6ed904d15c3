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
