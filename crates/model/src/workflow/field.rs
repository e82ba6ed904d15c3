//! Paths into reports, as conditions write them: `kyc.issuing_state`, `questionnaire.answers.income`, `status`.

use serde_json::Value;

use super::NodeId;
use crate::feature::Feature;
use crate::report::Report;

/// The first word of a path, by feature; of several, the first is the one we write.
const PREFIXES: [(Feature, &[&str]); 16] = [
    (Feature::Ocr, &["kyc", "id_verification", "ocr"]),
    (Feature::Nfc, &["nfc"]),
    (Feature::Liveness, &["liveness"]),
    (Feature::AgeEstimation, &["age_estimation"]),
    (Feature::FaceMatch, &["face_match"]),
    (Feature::ProofOfAddress, &["poa", "proof_of_address"]),
    (Feature::PhoneVerification, &["phone", "phone_verification"]),
    (Feature::EmailVerification, &["email", "email_verification"]),
    (Feature::Aml, &["aml"]),
    (Feature::IpAnalysis, &["ip_analysis", "ip"]),
    (Feature::DatabaseValidation, &["database_validation"]),
    (Feature::Questionnaire, &["questionnaire"]),
    (Feature::DocumentAi, &["document_ai"]),
    (Feature::KybRegistry, &["kyb_registry", "kyb", "registry"]),
    (Feature::KybDocuments, &["kyb_documents"]),
    (Feature::KybKeyPeople, &["kyb_key_people", "key_people"]),
];

/// A path taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// The feature that the path names, if it does.
    pub feature: Option<Feature>,
    /// The way within the report.
    pub steps: Vec<String>,
    /// The node after `@`.
    pub node: Option<NodeId>,
}

impl FieldPath {
    /// Takes `feature.step.step@node` apart. A first word that is no feature belongs to the way.
    pub fn parse(path: &str) -> Self {
        let (path, node) = match path.split_once('@') {
            Some((path, node)) => (path, Some(NodeId::from(node.trim()))),
            None => (path, None),
        };
        let mut steps: Vec<String> = path.trim().split('.').map(str::to_owned).collect();
        let feature = match &steps[..] {
            [first, _, ..] => feature(first),
            _ => None,
        };
        if feature.is_some() {
            steps.remove(0);
        }
        Self { feature, steps, node }
    }
}

fn feature(word: &str) -> Option<Feature> {
    PREFIXES.iter().find(|(_, words)| words.contains(&word)).map(|(feature, _)| *feature)
}

/// The word that paths into this feature's reports begin with.
pub fn prefix(feature: Feature) -> &'static str {
    PREFIXES.iter().find(|(known, _)| *known == feature).map_or("kyc", |(_, words)| words[0])
}

/// The value that a path finds in a report; null where there is none.
pub(super) fn value(report: &Report, path: &FieldPath) -> Value {
    let steps: Vec<&str> = path.steps.iter().map(String::as_str).collect();
    match steps[..] {
        ["status"] => Value::from(report.status.as_str()),
        ["answers", question] if report.feature == Feature::Questionnaire => answer(report, question),
        [key] if report.feature == Feature::DocumentAi && !report.fields.contains_key(key) => {
            extracted(report, key)
        }
        // The contract's name for it in conditions differs from the decision's.
        ["risk_score"] if report.feature == Feature::Aml => within(report.fields.get("score"), &[]),
        [first, ref rest @ ..] => within(report.fields.get(first), rest),
        [] => Value::Null,
    }
}

fn within<'value>(start: Option<&'value Value>, steps: &[&str]) -> Value {
    let step = |value: &'value Value, step: &&str| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    };
    let found = start.and_then(|start| steps.iter().try_fold(start, step));
    found.cloned().unwrap_or(Value::Null)
}

/// What a person answered to a question of a questionnaire (features §15.2); several choices are a list.
fn answer(report: &Report, question: &str) -> Value {
    let sections = report.fields.get("sections").and_then(Value::as_array);
    let items =
        sections.into_iter().flatten().filter_map(|section| section.get("items")?.as_array()).flatten();
    let answer = items.filter(|item| item["value"] == question).find_map(|item| item.get("answer"));
    let answer = answer.map(|answer| answer.get("values").unwrap_or(&answer["value"]));
    answer.cloned().unwrap_or(Value::Null)
}

/// A field that was read from one of a node's own documents.
fn extracted(report: &Report, key: &str) -> Value {
    let items = report.fields.get("items").and_then(Value::as_array);
    let mut found = items.into_iter().flatten().filter_map(|item| item.get("extracted_data")?.get(key));
    found.next().cloned().unwrap_or(Value::Null)
}
