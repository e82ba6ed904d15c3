//! Steps that are asked for again: which, why, and what is forgotten of them.

use std::collections::BTreeMap;

use model::feature::Feature;
use model::id::{BlobId, SessionId};
use model::report::Report;
use model::warning::{Action, Risk};
use model::workflow::NodeId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;

use super::Record;
use super::update_status::StatusRefused;
use crate::Engine;

/// A step as an integrator names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepChoice {
    /// A node of the session's workflow, or the name of its feature.
    pub node_id: String,
    /// What the step verifies, in any of the contract's names; it finds the step where the node is not ours.
    pub feature: Option<String>,
}

/// The nodes that are meant.
pub(super) fn nodes(record: &Record, chosen: &[StepChoice]) -> Result<Vec<NodeId>, StatusRefused> {
    let refused: Vec<Feature> = chosen
        .iter()
        .filter_map(|step| feature_of(record, step))
        .filter(|feature| !feature.can_be_resubmitted())
        .collect();
    if !refused.is_empty() {
        return Err(StatusRefused::NotResubmittable(refused));
    }
    chosen.iter().map(|step| node(record, step)).collect()
}

fn feature_of(record: &Record, step: &StepChoice) -> Option<Feature> {
    let word = step.feature.as_deref().unwrap_or(&step.node_id);
    let of_node = || record.session.graph.config(&NodeId(step.node_id.clone())).map(|(feature, _)| feature);
    Feature::from_resubmission_name(word).or_else(of_node)
}

/// The node of this id, else the only one of this feature. One that verifies something else is not meant.
fn node(record: &Record, step: &StepChoice) -> Result<NodeId, StatusRefused> {
    let unknown = || StatusRefused::UnknownStep(step.node_id.chars().take(100).collect());
    let wanted = feature_of(record, step);
    let steps = record.session.graph.features_in_order();
    if let Some((id, feature, _)) = steps.iter().find(|(id, _, _)| id.0 == step.node_id) {
        let agrees = step.feature.is_none() || wanted == Some(*feature);
        return if agrees { Ok((*id).clone()) } else { Err(unknown()) };
    }
    let mut fitting = steps.iter().filter(|(_, feature, _)| Some(*feature) == wanted);
    match (fitting.next(), fitting.next()) {
        (Some((id, _, _)), None) => Ok((*id).clone()),
        _ => Err(unknown()),
    }
}

/// `resubmit_info.nodes_to_resubmit`.
pub(crate) fn named(record: &Record, nodes: &[NodeId]) -> Vec<Value> {
    let named = nodes.iter().filter_map(|node| {
        let (feature, _) = record.session.graph.config(node)?;
        Some(json!({"node_id": node, "feature": feature.workflow_name()}))
    });
    named.collect()
}

/// Why a step is asked for again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What decided about it.
    pub risks: Vec<Risk>,
    /// What the reviewer wrote.
    pub comment: Option<String>,
}

impl Reason {
    /// For a webhook: what was found, then the comment.
    fn text(&self) -> String {
        let found = self.risks.iter().map(|risk| risk.short_description());
        found.chain(self.comment.as_deref()).collect::<Vec<_>>().join(". ")
    }
}

/// `resubmit_info.reasons`: one text per node.
pub(crate) fn texts(reasons: &BTreeMap<String, Reason>) -> Value {
    reasons.iter().map(|(node, reason)| (node.clone(), Value::from(reason.text()))).collect()
}

pub(super) fn reasons(record: &Record, nodes: &[NodeId], comment: Option<&str>) -> BTreeMap<String, Reason> {
    let reason = |node: &NodeId| {
        let risks = record.session.reports.get(node).map(deciding).unwrap_or_default();
        Reason { risks, comment: comment.map(str::to_owned) }
    };
    nodes.iter().map(|node| (node.0.clone(), reason(node))).collect()
}

fn deciding(report: &Report) -> Vec<Risk> {
    let deciding = report.warnings.iter().filter(|warning| warning.action != Action::NoAction);
    deciding.map(|warning| warning.risk).collect()
}

/// The pictures in the reports of these nodes.
pub(super) fn media(record: &Record, nodes: &[NodeId]) -> Vec<BlobId> {
    let mut found = Vec::new();
    for report in nodes.iter().filter_map(|node| record.session.reports.get(node)) {
        for value in report.fields.values() {
            collect(value, &mut found);
        }
    }
    // What the integrator sent is theirs, and another step may need it.
    found.retain(|blob| record.personal.portrait.as_ref() != Some(&blob.to_string()));
    found
}

fn collect(value: &Value, found: &mut Vec<BlobId>) {
    match value {
        Value::String(text) => {
            found.extend(text.strip_prefix("media:").and_then(|id| id.parse::<BlobId>().ok()));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(map) => map.values().for_each(|item| collect(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

pub(super) async fn forget_rows(tx: &mut Tx, record: &Record, blobs: &[BlobId]) -> Result<(), store::Error> {
    for blob in blobs {
        store::blobs::delete(tx, &record.scope, record.row.id, *blob).await?;
    }
    Ok(())
}

/// A crash before this leaves objects that no link opens to the session's erasure.
pub(super) async fn forget_objects(engine: &Engine, session: SessionId, blobs: &[BlobId]) {
    for blob in blobs {
        if let Err(error) = engine.blobs.delete(session, *blob).await {
            tracing::warn!(%session, %error, "a picture that is asked for again was not removed");
        }
    }
}
