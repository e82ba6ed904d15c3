//! What one node of a workflow found.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::feature::Feature;
use crate::status::FeatureStatus;
use crate::warning::{Action, Warning};
use crate::workflow::NodeId;

/// The result of one check of one session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The node that ran.
    pub node_id: NodeId,
    /// What it checks.
    pub feature: Feature,
    /// The attempt whose evidence it judged, counted over the whole session.
    #[serde(default)]
    pub attempt: u32,
    /// How it ended.
    pub status: FeatureStatus,
    /// The feature's own fields as in the decision (features §2 and on), media as `media:{blob_id}`.
    pub fields: Map<String, Value>,
    /// Everything that is wrong.
    pub warnings: Vec<Warning>,
    /// Why the check did not run, when it could not. Such a report never approves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_run: Option<String>,
}

impl Report {
    /// A report whose status follows from its warnings: any decline declines, else any review reviews, else it is
    /// approved (features §1.6).
    pub fn judged(
        node_id: NodeId,
        feature: Feature,
        fields: Map<String, Value>,
        warnings: Vec<Warning>,
    ) -> Self {
        let status = match warnings.iter().map(|warning| warning.action).max() {
            Some(Action::Decline) => FeatureStatus::Declined,
            Some(Action::Review) => FeatureStatus::InReview,
            Some(Action::NoAction) | None => FeatureStatus::Approved,
        };
        Self { node_id, feature, attempt: 0, status, fields, warnings, not_run: None }
    }

    /// The report of a check that could not run here. It is not finished, so the session cannot approve.
    pub fn not_run(node_id: NodeId, feature: Feature, reason: impl Into<String>) -> Self {
        Self {
            node_id,
            feature,
            attempt: 0,
            status: FeatureStatus::NotFinished,
            fields: Map::new(),
            warnings: Vec::new(),
            not_run: Some(reason.into()),
        }
    }

    /// What is left of it once its step is to be done again: that it is. Everything that was found is forgotten.
    #[must_use]
    pub fn cleared(&self) -> Self {
        let forgotten = |(name, value): (&String, &Value)| {
            let nothing = match value {
                Value::Array(_) => Value::Array(Vec::new()),
                Value::Object(_) if name == "extra_fields" => Value::Object(Map::new()),
                _ => Value::Null,
            };
            (name.clone(), nothing)
        };
        let fields = self.fields.iter().map(forgotten).collect();
        let (status, warnings, not_run) = (FeatureStatus::ResubRequested, Vec::new(), None);
        Self { node_id: self.node_id.clone(), fields, status, warnings, not_run, ..*self }
    }

    /// Whether its step is redone when nobody says which (features §18.2): it was tried and not passed.
    pub fn wants_resubmission(&self) -> bool {
        use FeatureStatus::{Declined, Expired, InReview, NotFinished};
        self.feature.is_resubmitted_by_default()
            && matches!(self.status, Declined | InReview | NotFinished | Expired)
    }

    /// The same report, known to judge this attempt.
    #[must_use]
    pub fn of_attempt(mut self, attempt: u32) -> Self {
        self.attempt = attempt;
        self
    }

    /// Whether the workflow goes on past it. "Could not run" is final too: the session then ends in review.
    pub fn is_final(&self) -> bool {
        use FeatureStatus::{AwaitingUser, NotFinished, ResubRequested};
        self.not_run.is_some() || !matches!(self.status, NotFinished | ResubRequested | AwaitingUser)
    }

    /// Not every array of the contract knows `Resub Requested` (features §1.4).
    fn wire_status(&self) -> FeatureStatus {
        match self.status {
            FeatureStatus::ResubRequested if !self.feature.shows_resubmission() => FeatureStatus::NotFinished,
            status => status,
        }
    }

    /// The entry of the decision's array.
    pub fn to_wire(&self) -> Value {
        let mut entry = Map::new();
        entry.insert("node_id".into(), Value::from(self.node_id.0.clone()));
        entry.insert("status".into(), Value::from(self.wire_status().as_str()));
        entry.extend(self.fields.iter().map(|(key, value)| (key.clone(), value.clone())));
        // The contract's entries of a questionnaire have no such key (features §15.2).
        if self.feature != Feature::Questionnaire {
            entry.insert("warnings".into(), self.warnings.iter().map(Warning::to_wire).collect());
        }
        if let Some(reason) = &self.not_run {
            entry.insert("not_run".into(), Value::from(reason.clone()));
        }
        Value::Object(entry)
    }
}
