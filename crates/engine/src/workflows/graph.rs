//! From a graph as the console draws it to one that can be walked (core API §5.6): every mistake under its node.

use std::collections::BTreeMap;

use model::feature::Feature;
use model::workflow::validity::{self, Faults};
use model::workflow::{Branch, Graph, Node, NodeId, Outcome};
use serde_json::{Map, Value, json};

use super::config;
use super::definition::Settings;
use super::features;

/// So many nodes may a graph have.
const MOST: usize = 100;

/// The graph, or what is wrong with it.
pub(super) fn read(value: &Value, settings: &Settings) -> Result<Graph, Faults> {
    let mut graph = drawn(value, settings)?;
    let mut faults = validity::check(&mut graph);
    if faults.is_empty() {
        misplaced(&graph, &mut faults);
    }
    if faults.is_empty() { Ok(graph) } else { Err(faults) }
}

/// The graph as drawn, with every node sound in itself; whether it can be walked has not been looked at.
pub(super) fn drawn(value: &Value, settings: &Settings) -> Result<Graph, Faults> {
    let whole = |sentence: &str| Faults { graph: vec![sentence.to_owned()], nodes: BTreeMap::new() };
    let Some(Value::String(start)) = value.get("start_node") else {
        return Err(whole("The graph needs a start_node."));
    };
    let Some(Value::Object(given)) = value.get("nodes") else {
        return Err(whole("The graph needs nodes, a dictionary by id."));
    };
    if given.is_empty() || given.len() > MOST {
        return Err(whole("A graph has from 1 to 100 nodes."));
    }
    let (mut nodes, mut faults) = (BTreeMap::new(), Faults::default());
    for (id, value) in given {
        let id = NodeId(id.chars().take(100).collect());
        match node(&id, value, settings) {
            Ok(node) => {
                nodes.insert(id, node);
            }
            Err(sentences) => {
                faults.nodes.insert(id, sentences);
            }
        }
    }
    if faults.is_empty() { Ok(Graph { start_node: NodeId(start.clone()), nodes }) } else { Err(faults) }
}

/// As `{graph: [...], node: [...]}` for an answer.
pub(super) fn to_wire(faults: &Faults) -> Value {
    let mut wire: Map<String, Value> =
        faults.nodes.iter().map(|(id, sentences)| (id.0.clone(), json!(sentences))).collect();
    if !faults.graph.is_empty() {
        wire.insert("non_field_errors".to_owned(), json!(faults.graph));
    }
    Value::Object(wire)
}

fn node(id: &NodeId, value: &Value, settings: &Settings) -> Result<Node, Vec<String>> {
    let named = (1..=64).contains(&id.0.len())
        && id.0.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if !named {
        return Err(vec!["A node's id has at most 64 letters, digits, hyphens and underscores.".to_owned()]);
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    match text("node_type").map(str::to_ascii_lowercase).as_deref() {
        Some("feature") => feature(value, settings),
        Some("branch") => {
            let branches = branches(value, true)?;
            Ok(Node::Branch { branches, next: None })
        }
        Some("status") => outcome(text("session_status").unwrap_or_default())
            .map(|session_status| Node::Status { session_status })
            .ok_or_else(|| {
                vec!["session_status must be Approved, Declined, In Review or Determine.".to_owned()]
            }),
        Some(other) => Err(vec![format!(
            "Nodes of type '{}' are not supported; use feature, branch or status.",
            other.chars().take(50).collect::<String>()
        )]),
        None => Err(vec!["node_type is required: feature, branch or status.".to_owned()]),
    }
}

fn outcome(word: &str) -> Option<Outcome> {
    [
        ("Approved", Outcome::Approved),
        ("Declined", Outcome::Declined),
        ("In Review", Outcome::InReview),
        ("Determine", Outcome::Determine),
    ]
    .into_iter()
    .find(|(name, _)| name.eq_ignore_ascii_case(word))
    .map(|(_, outcome)| outcome)
}

fn feature(value: &Value, settings: &Settings) -> Result<Node, Vec<String>> {
    let name = value.get("feature").and_then(Value::as_str).unwrap_or_default();
    let feature = features::named(name).map_err(|sentence| vec![sentence])?;
    let empty = Map::new();
    let config = match value.get("config") {
        None | Some(Value::Null) => &empty,
        Some(Value::Object(config)) => config,
        Some(_) => return Err(vec!["config must be a dictionary.".to_owned()]),
    };
    let mut config = config::checked(feature, config).map_err(|errors| flat("config", &errors))?;
    features::inherit(feature, &mut config, settings);
    features::complete(feature, &config).map_err(|sentence| vec![sentence])?;
    let label = value.get("label").and_then(Value::as_str).map(|text| text.chars().take(100).collect());
    let next = next(value)?;
    Ok(Node::Feature { feature, config, label, branches: branches(value, false)?, next })
}

/// Nested errors as sentences: `config.minimum_age: Ensure …`.
fn flat(path: &str, errors: &Value) -> Vec<String> {
    match errors {
        Value::Object(map) => {
            map.iter().flat_map(|(key, error)| flat(&format!("{path}.{key}"), error)).collect()
        }
        Value::Array(items) => items.iter().flat_map(|error| flat(path, error)).collect(),
        Value::String(sentence) => vec![format!("{path}: {sentence}")],
        _ => Vec::new(),
    }
}

fn next(value: &Value) -> Result<Option<NodeId>, Vec<String>> {
    match value.get("next") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(id)) => Ok(Some(NodeId(id.clone()))),
        Some(_) => Err(vec!["next must be the id of a node.".to_owned()]),
    }
}

/// The branches with the "else" last. A bare `next` of a branch node becomes one.
fn branches(value: &Value, closed: bool) -> Result<Vec<Branch>, Vec<String>> {
    let given = match value.get("branches") {
        None | Some(Value::Null) => &Vec::new(),
        Some(Value::Array(given)) if given.len() <= MOST => given,
        Some(_) => return Err(vec!["branches must be a list of at most 100.".to_owned()]),
    };
    let (mut read, mut wrong) = (Vec::new(), Vec::new());
    for (index, value) in given.iter().enumerate() {
        match branch(value, index) {
            Ok(branch) => read.push(branch),
            Err(sentences) => wrong.extend(sentences),
        }
    }
    if let Some(goto) = next(value)?.filter(|_| closed)
        && !read.iter().any(|branch: &Branch| branch.rules.is_empty())
    {
        read.push(Branch {
            id: "else".to_owned(),
            logic: model::workflow::Logic::default(),
            rules: Vec::new(),
            goto,
        });
    }
    read.sort_by_key(|branch| branch.rules.is_empty());
    if wrong.is_empty() { Ok(read) } else { Err(wrong) }
}

fn branch(value: &Value, index: usize) -> Result<Branch, Vec<String>> {
    let path = format!("branches.{index}");
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let goto = text("goto").ok_or_else(|| vec![format!("{path}.goto: This field is required.")])?;
    let logic = match text("logic").unwrap_or("and").to_ascii_lowercase().as_str() {
        "and" => model::workflow::Logic::And,
        "or" => model::workflow::Logic::Or,
        _ => return Err(vec![format!("{path}.logic: Must be and, or or.")]),
    };
    let rules = config::rules(value.get("rules").unwrap_or(&Value::Null))
        .map_err(|errors| flat(&format!("{path}.rules"), &errors))?;
    let id = text("id").map_or_else(|| format!("branch_{}", index + 1), |id| id.chars().take(64).collect());
    Ok(Branch { id, logic, rules, goto: NodeId(goto.to_owned()) })
}

/// Features in the wrong place or the wrong company.
fn misplaced(graph: &Graph, faults: &mut Faults) {
    let business =
        graph.nodes.keys().filter_map(|id| graph.config(id)).any(|(feature, _)| feature.is_business());
    for id in graph.nodes.keys() {
        let Some((feature, _)) = graph.config(id) else { continue };
        if business && features::is_personal(feature) {
            faults.add(id, format!("Feature '{feature}' cannot be combined with business verification."));
        }
        if *id == graph.start_node && features::is_passive(feature) {
            faults.add(id, format!("Feature '{feature}' cannot be the first step of a workflow."));
            continue;
        }
        let before = validity::usable(graph, id).unwrap_or_default();
        let needed: &[Feature] = match feature {
            Feature::FaceMatch => &[Feature::Ocr, Feature::Liveness],
            Feature::Nfc | Feature::DatabaseValidation => &[Feature::Ocr],
            Feature::Aml if !business => &[Feature::Ocr],
            Feature::KybDocuments | Feature::KybKeyPeople => &[Feature::KybRegistry],
            _ => continue,
        };
        if !before.iter().any(|(_, feature)| needed.contains(feature)) {
            let names: Vec<_> = needed.iter().map(|feature| feature.workflow_name()).collect();
            faults.add(id, format!("Feature '{feature}' must appear after one of: {}.", names.join(", ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(graph: &Value) -> Value {
        to_wire(&read(graph, &Settings::default()).unwrap_err())
    }

    #[test]
    fn a_bare_next_becomes_the_last_branch_and_words_may_be_in_any_case() {
        let graph = read(
            &json!({"start_node": "ocr", "nodes": {
                "ocr": {"node_type": "FEATURE", "feature": "ocr", "next": "b"},
                "b": {"node_type": "branch", "next": "end", "branches": [
                    {"goto": "no", "rules": [{"field": "kyc.status", "operator": "EQUALS", "value": "Declined"}]}]},
                "no": {"node_type": "status", "session_status": "declined"},
                "end": {"node_type": "status", "session_status": "Determine"}
            }}),
            &Settings::default(),
        )
        .unwrap();
        let Node::Branch { branches, next } = &graph.nodes[&"b".into()] else { panic!("it is a branch") };
        assert_eq!((branches.len(), branches[1].id.as_str(), next), (2, "else", &None));
        assert_eq!(branches[0].rules[0].node_id, Some("ocr".into()));
        assert!(!graph.is_list());
    }

    #[test]
    fn every_mistake_stands_under_its_node() {
        let ocr = json!({"node_type": "feature", "feature": "OCR"});
        for (nodes, node, part) in [
            (json!({"ocr": {"node_type": "webhook"}}), "ocr", "not supported"),
            (json!({"ocr": {"node_type": "feature", "feature": "FOO"}}), "ocr", "Invalid feature 'FOO'"),
            (
                json!({"ocr": {"node_type": "feature", "feature": "OCR", "config": {"minimum_age": 0}}}),
                "ocr",
                "config.minimum_age: Ensure",
            ),
            (json!({"ocr": {"node_type": "feature", "feature": "OCR", "next": "x"}}), "ocr", "leads to 'x'"),
            (
                json!({"ocr": {"node_type": "feature", "feature": "OCR", "branches": [{"rules": []}]}}),
                "ocr",
                "branches.0.goto",
            ),
            (
                json!({"ocr": {"node_type": "feature", "feature": "OCR", "branches": [{"goto": "ocr", "rules": [{"field": "kyc.age", "operator": "like"}]}]}}),
                "ocr",
                "branches.0.rules.0.operator",
            ),
            (
                json!({"ocr": {"node_type": "feature", "feature": "NFC"}}),
                "ocr",
                "must appear after one of: OCR.",
            ),
            (
                json!({"ocr": {"node_type": "feature", "feature": "OCR", "next": "k"}, "k": {"node_type": "feature", "feature": "KYB_REGISTRY"}}),
                "ocr",
                "cannot be combined",
            ),
            (json!({"ocr": ocr, "a b": ocr}), "a b", "64 letters"),
        ] {
            let found = faults(&json!({"start_node": "ocr", "nodes": nodes}));
            assert!(found[node][0].as_str().unwrap_or_default().contains(part), "{found}");
        }
        for whole in [
            json!({}),
            json!([]),
            json!({"start_node": "x", "nodes": {}}),
            json!({"start_node": "x", "nodes": {"ocr": ocr}}),
        ] {
            assert!(faults(&whole)["non_field_errors"].is_array(), "{whole}");
        }
    }
}
