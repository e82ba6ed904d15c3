//! `status_rules[]`, which every feature takes: the form of one rule, and whether its value suits its operator.

use model::workflow::{Operator, RuleStatus, matching};
use serde_json::{Map, Value};

use super::check::{Checked, wrong};
use super::shape::{Key, Shape};

const VALUE_TYPES: &[&str] = &["literal", "field", "list", "relative_date"];

/// One rule.
pub(super) const RULE: &[Key] = &[
    ("field", Shape::Set(&Shape::Text)),
    ("operator", Shape::Set(&Shape::Word(&Operator::NAMES))),
    ("value", Shape::Any),
    ("value_type", Shape::Word(VALUE_TYPES)),
    ("score", Shape::Whole(0, 100)),
    ("status", Shape::Set(&Shape::Word(&RuleStatus::NAMES))),
];

/// One rule of a branch.
pub(super) const CONDITION: &[Key] = &[
    ("node_id", Shape::Text),
    ("field", Shape::Set(&Shape::Text)),
    ("operator", Shape::Set(&Shape::Word(&Operator::NAMES))),
    ("value", Shape::Any),
    ("value_type", Shape::Word(VALUE_TYPES)),
    ("score", Shape::Whole(0, 100)),
];

/// The rules, if every one can be judged.
pub(super) fn sound(rules: Value) -> Checked {
    let mut errors = Map::new();
    for (index, rule) in rules.as_array().into_iter().flatten().enumerate() {
        if let Some((key, sentence)) = unsuited(rule) {
            let error = Value::Object(Map::from_iter([(key.to_owned(), wrong(sentence))]));
            errors.insert(index.to_string(), error);
        }
    }
    if errors.is_empty() { Ok(rules) } else { Err(Value::Object(errors)) }
}

/// What keeps a rule from ever being judged.
fn unsuited(rule: &Value) -> Option<(&'static str, &'static str)> {
    let text = |key: &str| rule.get(key).and_then(Value::as_str);
    let value = rule.get("value").unwrap_or(&Value::Null);
    let kind = text("value_type").unwrap_or("literal");
    if text("field").is_some_and(|field| field.trim().is_empty()) {
        return Some(("field", "This field may not be blank."));
    }
    match text("operator")? {
        "is_empty" | "is_not_empty" => None,
        _ if value.is_null() => Some(("value", "This field is required.")),
        _ if kind == "field" => (!value.is_string()).then_some(("value", "Must be the path of a field.")),
        _ if kind == "relative_date" => {
            let day = jiff::civil::date(2026, 1, 1);
            let known = matching::relative_date(value, day).is_some();
            (!known).then_some(("value", "Must be a span such as \"-18 years\" or \"30 days\"."))
        }
        "in" | "not_in" => (!value.is_array()).then_some(("value", "Expected a list of items.")),
        "regex" => {
            let known = value.as_str().is_some_and(|text| matching::pattern(text).is_some());
            (!known).then_some(("value", "Must be a valid regular expression."))
        }
        "fuzzy_match" => (!value.is_string()).then_some(("value", "Not a valid string.")),
        _ => None,
    }
}
