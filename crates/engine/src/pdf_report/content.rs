//! What the report says: the decision in words that an auditor reads, in the decision's own order.

use serde_json::{Map, Value};

/// A picture that a session holds, by its blob, and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) blob: String,
    pub(super) shows: String,
}

/// A remark of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    /// `error`, `warning` or `information`.
    pub(super) severity: String,
    pub(super) risk: String,
    pub(super) says: String,
}

/// One check of one node, or a group of facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) status: Option<String>,
    pub(super) rows: Vec<(String, String)>,
    pub(super) remarks: Vec<Remark>,
    pub(super) pictures: Vec<Picture>,
}

/// Facts of the session itself; the rest of the decision is checks.
const FACTS: [&str; 15] = [
    "session_id",
    "session_kind",
    "session_number",
    "session_url",
    "status",
    "environment",
    "workflow_id",
    "workflow_version",
    "features",
    "vendor_data",
    "metadata",
    "callback",
    "created_at",
    "expires_at",
    "reviews",
];

/// Never printed: the link opens the flow to whoever holds the paper.
const SECRET: [&str; 1] = ["session_url"];

/// Deeper nesting than any check has.
const DEPTH: usize = 6;
/// Rows of one section; a list of thousands of hits belongs into the API.
const ROWS: usize = 400;

/// The session's own facts.
pub(super) fn facts(decision: &Map<String, Value>) -> Section {
    let mut section = Section { title: "Session".to_owned(), ..Section::default() };
    for name in FACTS.iter().filter(|name| !SECRET.contains(name) && **name != "reviews") {
        if let Some(value) = decision.get(*name) {
            flatten(&mut section, &label(name), value, 0);
        }
    }
    section
}

/// What was expected and who was to be told, where the integrator said so.
pub(super) fn given(decision: &Map<String, Value>) -> Vec<Section> {
    [("expected_details", "Expected details"), ("contact_details", "Contact details")]
        .into_iter()
        .filter_map(|(name, title)| {
            let value = decision.get(name).filter(|value| !value.is_null())?;
            let mut section = Section { title: title.to_owned(), ..Section::default() };
            flatten(&mut section, "", value, 0);
            Some(section)
        })
        .collect()
}

/// One section per check that ran, in the decision's order.
pub(super) fn checks(decision: &Map<String, Value>) -> Vec<Section> {
    let mut sections = Vec::new();
    for (name, value) in decision {
        let known = FACTS.contains(&name.as_str())
            || matches!(name.as_str(), "expected_details" | "contact_details" | "events");
        let (false, Value::Array(entries)) = (known, value) else { continue };
        for entry in entries {
            if let Value::Object(check) = entry {
                sections.push(section(name, check));
            }
        }
    }
    sections
}

fn section(array: &str, check: &Map<String, Value>) -> Section {
    let node = check.get("node_id").and_then(Value::as_str);
    let title = label(array.trim_end_matches('s'));
    let mut section = Section {
        title: node.map_or(title.clone(), |node| format!("{title} ({node})")),
        status: check.get("status").and_then(Value::as_str).map(str::to_owned),
        ..Section::default()
    };
    for (name, value) in check {
        match name.as_str() {
            "node_id" | "status" => {}
            "warnings" => section.remarks = value.as_array().into_iter().flatten().map(remark).collect(),
            _ => flatten(&mut section, &label(name), value, 0),
        }
    }
    section
}

fn remark(warning: &Value) -> Remark {
    let text = |name: &str| warning.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let says = text("long_description");
    Remark {
        severity: text("log_type"),
        risk: text("risk"),
        says: if says.is_empty() { text("short_description") } else { says },
    }
}

/// A value under its label: lists and objects become rows of their own, what is absent none.
fn flatten(section: &mut Section, name: &str, value: &Value, depth: usize) {
    if section.rows.len() >= ROWS {
        return;
    }
    let below = |inner: &str| if name.is_empty() { inner.to_owned() } else { format!("{name}: {inner}") };
    match value {
        Value::Null => {}
        Value::String(text) => match text.strip_prefix("media:") {
            Some(blob) => section.pictures.push(Picture { blob: blob.to_owned(), shows: name.to_owned() }),
            None if text.is_empty() => {}
            None => section.rows.push((name.to_owned(), text.clone())),
        },
        Value::Bool(yes) => section.rows.push((name.to_owned(), if *yes { "Yes" } else { "No" }.to_owned())),
        Value::Number(number) => section.rows.push((name.to_owned(), number.to_string())),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let words: Vec<String> = items.iter().filter_map(word).collect();
            if !words.is_empty() {
                section.rows.push((name.to_owned(), words.join(", ")));
            }
        }
        _ if depth >= DEPTH => section.rows.push((name.to_owned(), value.to_string())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(section, &below(&format!("{}", index + 1)), item, depth + 1);
            }
        }
        Value::Object(map) => {
            for (inner, value) in map {
                flatten(section, &below(&label(inner)), value, depth + 1);
            }
        }
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// `date_of_birth` as people write it: `Date of birth`.
fn label(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let text = format!("{first}{}", letters.as_str());
    let (word, rest) = text.split_once(' ').unwrap_or((text.as_str(), ""));
    let short = ["Id", "Mrz", "Nfc", "Aml", "Ip", "Poa", "Url", "Kyb"].contains(&word);
    if short { format!("{} {rest}", word.to_uppercase()).trim_end().to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_check_becomes_rows_remarks_and_pictures() {
        let decision = json!({
            "session_number": 7, "session_url": "https://secret", "metadata": {"plan": "a"},
            "expected_details": {"first_name": "Ana"},
            "id_verifications": [{
                "node_id": "id_verification_1", "status": "Declined", "first_name": "ANA", "address": null, "is_valid": true,
                "front_image": "media:blob-1", "parsed_address": {"city": "Vigo"}, "extra_files": [],
                "warnings": [{"risk": "DOCUMENT_EXPIRED", "log_type": "error", "short_description": "Document expired"}]
            }],
            "reviews": []
        });
        let decision = decision.as_object().unwrap();
        let sections = checks(decision);
        assert_eq!(sections.len(), 1);
        assert_eq!(sections[0].title, "ID verification (id_verification_1)");
        assert_eq!(
            sections[0].rows,
            [("First name", "ANA"), ("Is valid", "Yes"), ("Parsed address: City", "Vigo")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(sections[0].pictures, [Picture { blob: "blob-1".into(), shows: "Front image".into() }]);
        assert_eq!(
            (sections[0].remarks[0].risk.as_str(), sections[0].remarks[0].says.as_str()),
            ("DOCUMENT_EXPIRED", "Document expired")
        );
        assert!(
            facts(decision).rows.iter().all(|(_, value)| !value.contains("secret")),
            "the link stays off the paper"
        );
        assert_eq!(given(decision)[0].rows, [("First name".to_owned(), "Ana".to_owned())]);
    }
}
