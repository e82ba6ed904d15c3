//! Conditional edges: rules over what the reports say (core API §5.6).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::NodeId;
use crate::report::Report;

/// One way on from a branch node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// The branch's own id.
    pub id: String,
    /// How its rules combine.
    #[serde(default)]
    pub logic: Logic,
    /// No rule at all always matches: the "else".
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Where it leads.
    pub goto: NodeId,
}

/// How rules combine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Logic {
    /// All must hold.
    #[default]
    And,
    /// One must hold.
    Or,
}

/// A comparison of one reported field with a literal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The node whose report is asked.
    pub node_id: NodeId,
    /// Dotted path into the report; `status` is the report's status.
    pub field: String,
    /// The comparison.
    pub operator: Operator,
    /// What to compare with.
    #[serde(default)]
    pub value: Value,
}

/// Comparisons of core API §5.6 that need nothing but the two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the contract's own words")]
pub enum Operator {
    Equals,
    NotEquals,
    GreaterThan,
    GreaterThanOrEquals,
    LessThan,
    LessThanOrEquals,
    Contains,
    NotContains,
    In,
    NotIn,
    IsEmpty,
    IsNotEmpty,
}

/// The target of the first branch whose rules hold.
pub(super) fn choose<'graph>(
    branches: &'graph [Branch],
    reports: &BTreeMap<NodeId, Report>,
) -> Option<&'graph NodeId> {
    branches.iter().find(|branch| holds(branch, reports)).map(|branch| &branch.goto)
}

fn holds(branch: &Branch, reports: &BTreeMap<NodeId, Report>) -> bool {
    let mut outcomes = branch.rules.iter().map(|rule| rule_holds(rule, reports));
    match branch.logic {
        Logic::And => outcomes.all(|held| held),
        Logic::Or => branch.rules.is_empty() || outcomes.any(|held| held),
    }
}

fn rule_holds(rule: &Rule, reports: &BTreeMap<NodeId, Report>) -> bool {
    let found = reports.get(&rule.node_id).map_or(Value::Null, |report| field(report, &rule.field));
    let wanted = &rule.value;
    match rule.operator {
        Operator::Equals => same(&found, wanted),
        Operator::NotEquals => !same(&found, wanted),
        Operator::GreaterThan => ordered(&found, wanted).is_some_and(std::cmp::Ordering::is_gt),
        Operator::GreaterThanOrEquals => ordered(&found, wanted).is_some_and(std::cmp::Ordering::is_ge),
        Operator::LessThan => ordered(&found, wanted).is_some_and(std::cmp::Ordering::is_lt),
        Operator::LessThanOrEquals => ordered(&found, wanted).is_some_and(std::cmp::Ordering::is_le),
        Operator::Contains => contains(&found, wanted),
        Operator::NotContains => !contains(&found, wanted),
        Operator::In => contains(wanted, &found),
        Operator::NotIn => !contains(wanted, &found),
        Operator::IsEmpty => is_empty(&found),
        Operator::IsNotEmpty => !is_empty(&found),
    }
}

fn field(report: &Report, path: &str) -> Value {
    if path == "status" {
        return Value::from(report.status.as_str());
    }
    let mut parts = path.split('.');
    let first = parts.next().and_then(|part| report.fields.get(part)).cloned().unwrap_or(Value::Null);
    parts.fold(first, |value, part| value.get(part).cloned().unwrap_or(Value::Null))
}

fn same(found: &Value, wanted: &Value) -> bool {
    match (found.as_f64(), wanted.as_f64()) {
        (Some(found), Some(wanted)) => (found - wanted).abs() < f64::EPSILON,
        _ => found == wanted,
    }
}

/// Numbers by value, texts (ISO dates among them) by code point; anything else has no order.
fn ordered(found: &Value, wanted: &Value) -> Option<std::cmp::Ordering> {
    match (found, wanted) {
        (Value::String(found), Value::String(wanted)) => Some(found.cmp(wanted)),
        _ => found.as_f64()?.partial_cmp(&wanted.as_f64()?),
    }
}

fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Array(items), part) => items.iter().any(|item| same(item, part)),
        (Value::String(whole), Value::String(part)) => whole.contains(part.as_str()),
        _ => false,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
