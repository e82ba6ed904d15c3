//! A feature's `status_rules` (features §1.6): conditions that set the feature's status when its report is final.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Facts, Graph, NodeId, Rule};
use crate::report::Report;
use crate::status::FeatureStatus;

/// One rule of a feature's settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusRule {
    /// When it applies.
    #[serde(flatten)]
    pub rule: Rule,
    /// What it says then.
    pub status: RuleStatus,
}

/// What a rule makes of the feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the contract's own words")]
pub enum RuleStatus {
    Approved,
    Declined,
    #[serde(rename = "In Review")]
    InReview,
    /// The status stays what the check made it, and later rules are not asked.
    #[serde(rename = "No Action")]
    NoAction,
}

impl RuleStatus {
    /// The words as they are written.
    pub const NAMES: [&'static str; 4] = ["Approved", "Declined", "In Review", "No Action"];
}

impl StatusRule {
    /// The report under the rules of its node: the first that holds decides. A check that did not run is no finding,
    /// so no rule speaks of it.
    pub fn settle(
        graph: &Graph,
        mut report: Report,
        reports: &BTreeMap<NodeId, Report>,
        today: Date,
    ) -> Report {
        if report.not_run.is_some() {
            return report;
        }
        let rules =
            graph.config(&report.node_id).and_then(|(_, config)| config.get("status_rules")?.as_array());
        let facts = Facts { reports, current: Some(&report), today: Some(today) };
        let mut rules = rules.into_iter().flatten().filter_map(Self::read);
        let status = match rules.find(|rule| rule.rule.holds(&facts)).map(|rule| rule.status) {
            Some(RuleStatus::Approved) => FeatureStatus::Approved,
            Some(RuleStatus::Declined) => FeatureStatus::Declined,
            Some(RuleStatus::InReview) => FeatureStatus::InReview,
            Some(RuleStatus::NoAction) | None => report.status,
        };
        report.status = status;
        report
    }

    /// A rule as a workflow's settings keep it. Absent parts may be written as null.
    fn read(value: &Value) -> Option<Self> {
        let given = value.as_object()?.iter().filter(|(key, value)| *key == "value" || !value.is_null());
        let given = given.map(|(key, value)| (key.clone(), value.clone())).collect();
        serde_json::from_value(Value::Object(given)).ok()
    }
}
