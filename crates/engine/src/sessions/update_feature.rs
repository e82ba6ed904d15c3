//! One check judged differently than it judged itself. The session's status stays (features §18.2).

use model::feature::Feature;
use model::id::SessionId;
use model::session::{Event, Refused};
use model::status::FeatureStatus;
use model::workflow::NodeId;
use serde_json::json;
use store::Scope;

use super::{ChangeRefused, Record};
use crate::reviews::{Activity, Author, Entry};
use crate::{Engine, audit};

/// Stands for the only step of a session.
const DEFAULT_NODE: &str = "default";

/// What is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureUpdate {
    /// `Approved`, `Declined` or `In Review`.
    pub status: FeatureStatus,
    /// Why.
    pub comment: Option<String>,
}

/// What was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdatedFeature {
    /// The node.
    pub node: NodeId,
    /// What it verifies.
    pub feature: Feature,
}

/// Why nothing was judged.
#[derive(Debug, thiserror::Error)]
pub enum FeatureRefused {
    /// There is no such session, or it was erased.
    #[error("no such session")]
    NotFound,
    /// The session has no report of this node.
    #[error("nothing was found by {0}")]
    NoReport(String),
    /// It is judged so already.
    #[error("the new status is the same as the current status")]
    SameStatus,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Judges one check.
pub async fn update_feature(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    node: &str,
    wanted: &FeatureUpdate,
) -> Result<UpdatedFeature, FeatureRefused> {
    let refused = |refused| match refused {
        ChangeRefused::NotFound => FeatureRefused::NotFound,
        ChangeRefused::Lifecycle(Refused::SameStatus) => FeatureRefused::SameStatus,
        ChangeRefused::Lifecycle(_) => FeatureRefused::NoReport(node.to_owned()),
        ChangeRefused::Store(error) => FeatureRefused::Store(error),
    };
    let mut tx = engine.store.begin().await?;
    let mut record = Record::load(engine, &mut tx, scope, id).await.map_err(refused)?;
    let reports = &record.session.reports;
    let found = match reports.get(&NodeId(node.to_owned())) {
        None if node == DEFAULT_NODE && reports.len() == 1 => reports.values().next(),
        found => found,
    };
    let report = found.ok_or_else(|| FeatureRefused::NoReport(node.to_owned()))?;
    let (node, feature, before) = (report.node_id.clone(), report.feature, report.status);
    let event = Event::FeatureReviewed { node: node.clone(), status: wanted.status };
    let step =
        record.session.clone().apply(event, engine.now()).map_err(ChangeRefused::from).map_err(refused)?;
    let author = Author::of(engine, &mut tx, scope).await?;
    let entry = Entry {
        comment: wanted.comment.clone(),
        previous_value: Some(json!({ "status": before })),
        new_value: Some(json!({ "status": wanted.status })),
        changed_fields: vec!["status".to_owned()],
        metadata: Some(json!({ "node_id": node, "feature": feature.workflow_name() })),
        ..Entry::about(record.session.status(), author)
    };
    let aml = feature == Feature::Aml;
    let activity = if aml { Activity::AmlStatusUpdated } else { Activity::StatusUpdated };
    record.note(engine, &mut tx, activity, entry).await?;
    record.save(engine, &mut tx, step).await.map_err(refused)?;
    let details = json!({ "node_id": node, "from": before, "to": wanted.status });
    audit::note(engine, &mut tx, scope, "session.feature_updated", id, details).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(UpdatedFeature { node, feature })
}
