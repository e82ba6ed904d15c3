//! Conditional edges: rules over what the reports say (core API §5.6).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::NodeId;
use super::field::{self, FieldPath};
use super::matching;
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

/// A comparison of one reported field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The node whose report is asked; the only one of the field's feature where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_id: Option<NodeId>,
    /// `kyc.issuing_state`, `aml.risk_score@aml_2`, or a path within the node's own report, such as `status`.
    pub field: String,
    /// The comparison.
    pub operator: Operator,
    /// What to compare with.
    #[serde(default)]
    pub value: Value,
    /// What `value` is.
    #[serde(default)]
    pub value_type: ValueType,
    /// How alike texts must be for [`Operator::FuzzyMatch`], 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// What a rule's `value` stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// Itself.
    #[default]
    Literal,
    /// The path of another field.
    Field,
    /// A list, for `in` and `not_in`.
    List,
    /// A day reckoned from today: `-18 years`, `30 days`.
    RelativeDate,
}

/// Comparisons of core API §5.6.
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
    Regex,
    FuzzyMatch,
}

impl Operator {
    /// The operators as they are written, in the contract's order.
    pub const NAMES: [&'static str; 14] = [
        "equals",
        "not_equals",
        "greater_than",
        "greater_than_or_equals",
        "less_than",
        "less_than_or_equals",
        "contains",
        "not_contains",
        "in",
        "not_in",
        "is_empty",
        "is_not_empty",
        "regex",
        "fuzzy_match",
    ];

    /// Whether it compares with a value at all.
    pub const fn takes_value(self) -> bool {
        !matches!(self, Self::IsEmpty | Self::IsNotEmpty)
    }

    /// Whether it means the presence of something in a list.
    pub const fn takes_list(self) -> bool {
        matches!(self, Self::In | Self::NotIn)
    }
}

/// What rules are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The reports so far.
    pub reports: &'a BTreeMap<NodeId, Report>,
    /// The report at hand, which paths without a feature mean.
    pub current: Option<&'a Report>,
    /// The day, for relative dates; without it they match nothing.
    pub today: Option<Date>,
}

/// The target of the first branch whose rules hold.
pub(super) fn choose<'graph>(branches: &'graph [Branch], facts: &Facts) -> Option<&'graph NodeId> {
    branches.iter().find(|branch| holds(branch, facts)).map(|branch| &branch.goto)
}

fn holds(branch: &Branch, facts: &Facts) -> bool {
    let mut outcomes = branch.rules.iter().map(|rule| rule.holds(facts));
    match branch.logic {
        Logic::And => outcomes.all(|held| held),
        Logic::Or => branch.rules.is_empty() || outcomes.any(|held| held),
    }
}

impl Rule {
    /// Whether the reports bear it out. A field that nobody reported is empty.
    pub fn holds(&self, facts: &Facts) -> bool {
        let found = facts.value(&self.field, self.node_id.as_ref());
        let Some(wanted) = self.wanted(facts) else { return false };
        match self.operator {
            Operator::Equals => matching::same(&found, &wanted),
            Operator::NotEquals => !matching::same(&found, &wanted),
            Operator::GreaterThan => matching::ordered(&found, &wanted).is_some_and(Ordering::is_gt),
            Operator::GreaterThanOrEquals => matching::ordered(&found, &wanted).is_some_and(Ordering::is_ge),
            Operator::LessThan => matching::ordered(&found, &wanted).is_some_and(Ordering::is_lt),
            Operator::LessThanOrEquals => matching::ordered(&found, &wanted).is_some_and(Ordering::is_le),
            Operator::Contains => matching::contains(&found, &wanted),
            Operator::NotContains => !matching::contains(&found, &wanted),
            Operator::In => matching::is_among(&found, &wanted),
            Operator::NotIn => !matching::is_among(&found, &wanted),
            Operator::IsEmpty => matching::is_empty(&found),
            Operator::IsNotEmpty => !matching::is_empty(&found),
            Operator::Regex => matching::fits_pattern(&found, &wanted),
            Operator::FuzzyMatch => matching::alike(&found, &wanted, self.score),
        }
    }

    /// What is compared with; nothing if it cannot be known.
    fn wanted(&self, facts: &Facts) -> Option<Value> {
        match self.value_type {
            ValueType::Literal | ValueType::List => Some(self.value.clone()),
            ValueType::Field => Some(facts.value(self.value.as_str()?, None)),
            ValueType::RelativeDate => {
                matching::relative_date(&self.value, facts.today?).map(|day| day.to_string().into())
            }
        }
    }
}

impl Facts<'_> {
    /// The reported value at a path; null where there is none.
    fn value(&self, path: &str, node: Option<&NodeId>) -> Value {
        let path = FieldPath::parse(path);
        let named = path.node.as_ref().or(node);
        let report = match (named, path.feature) {
            (Some(id), _) => self.reports.get(id).or(self.current.filter(|report| report.node_id == *id)),
            (None, None) => self.current,
            (None, Some(feature)) => self
                .current
                .filter(|report| report.feature == feature)
                .or_else(|| self.reports.values().find(|report| report.feature == feature)),
        };
        report.map_or(Value::Null, |report| field::value(report, &path))
    }
}
