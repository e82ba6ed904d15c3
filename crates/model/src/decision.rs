//! Rolling reports up into an outcome, and the decision object that API and webhook share.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::feature::{BUSINESS_ARRAYS, Feature, USER_ARRAYS};
use crate::report::Report;
use crate::status::{FeatureStatus, SessionStatus};
use crate::workflow::{NodeId, Outcome};

/// The status that a finished session takes: the status node's word, or the worst report.
///
/// One declined report declines; anything unfinished, not run or in review goes to a human; only all-approved
/// approves. A session without a single report goes to review: nothing was verified.
pub fn roll_up(outcome: Outcome, reports: &BTreeMap<NodeId, Report>) -> SessionStatus {
    match outcome {
        Outcome::Declined => SessionStatus::Declined,
        Outcome::InReview => SessionStatus::InReview,
        // A status node may not turn a check that did not run into an approval.
        Outcome::Approved if reports.values().any(|report| report.not_run.is_some()) => {
            SessionStatus::InReview
        }
        Outcome::Approved => SessionStatus::Approved,
        Outcome::Determine => determine(reports),
    }
}

fn determine(reports: &BTreeMap<NodeId, Report>) -> SessionStatus {
    let any = |status: FeatureStatus| reports.values().any(|report| report.status == status);
    if any(FeatureStatus::Declined) {
        SessionStatus::Declined
    } else if reports.is_empty() || reports.values().any(|report| report.status != FeatureStatus::Approved) {
        SessionStatus::InReview
    } else {
        SessionStatus::Approved
    }
}

/// The decision's plural arrays: every array of the session's kind, in the contract's order, `[]` where nothing ran,
/// one entry per node.
pub fn arrays(reports: &[&Report], is_business: bool) -> Map<String, Value> {
    let names: &[&str] = if is_business { &BUSINESS_ARRAYS } else { &USER_ARRAYS };
    names
        .iter()
        .copied()
        .map(|array| {
            let entries = reports
                .iter()
                .filter(|report| report.feature.decision_array() == array)
                .map(|report| report.to_wire())
                .collect();
            (array.to_owned(), Value::Array(entries))
        })
        .collect()
}

/// The decision's `features`: display names without repetition, in workflow order.
pub fn feature_names(features: &[Feature]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for feature in features {
        if !names.contains(&feature.display_name()) {
            names.push(feature.display_name());
        }
    }
    names
}
