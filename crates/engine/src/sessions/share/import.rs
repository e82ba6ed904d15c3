//! Redeeming a share token: a copy of another application's session.

use std::collections::BTreeMap;

use model::id::{BlobId, SessionId, WorkflowId};
use model::report::Report;
use model::session::State;
use model::workflow::{Graph, NodeId};
use serde_json::{Value, json};
use store::blobs::BlobRow;
use store::workflows::WorkflowRow;
use store::{Scope, SessionKey};

use super::super::arrival::Arrival;
use super::super::{ChangeRefused, Personal, Record};
use super::is_finished;
use super::token::{self, Unusable};
use crate::decision::{self, MediaLife};
use crate::workflows::Definition;
use crate::{Engine, audit, secrets, webhooks};

/// What an import asks for.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "core API §3.9")]
pub struct ImportShared {
    pub share_token: String,
    /// Whether the other application's decision is taken over too.
    pub trust_review: bool,
    pub workflow_id: WorkflowId,
    /// Instead of the source's.
    pub vendor_data: Option<String>,
}

/// Why nothing is imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportRefused {
    /// Not a token of ours.
    #[error("invalid share token")]
    InvalidToken,
    /// Its time is over.
    #[error("share token has expired")]
    ExpiredToken,
    /// Another application may redeem it.
    #[error("this token is not valid for this application")]
    WrongApplication,
    /// The application has a copy, or had one.
    #[error("this session has already been shared with this application")]
    AlreadyImported,
    /// The session was erased, or is being verified again.
    #[error("original session does not exist")]
    SourceGone,
    /// The application has no published workflow of this id.
    #[error("workflow does not exist for this application")]
    UnknownWorkflow,
    /// The database or the object store.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Takes a copy and answers its decision.
pub async fn import_shared(
    engine: &Engine,
    scope: &Scope,
    wanted: ImportShared,
) -> Result<Value, ImportRefused> {
    let claims =
        token::verify(&engine.keyring, &wanted.share_token, engine.now()).map_err(
            |unusable| match unusable {
                Unusable::Invalid => ImportRefused::InvalidToken,
                Unusable::Expired => ImportRefused::ExpiredToken,
            },
        )?;
    if claims.for_application_id != scope.application_id() {
        return Err(ImportRefused::WrongApplication);
    }
    let mut tx = engine.store.read().await?;
    let workflow = store::workflows::find_published(&mut tx, scope, wanted.workflow_id).await?;
    let workflow = workflow.ok_or(ImportRefused::UnknownWorkflow)?;
    if store::sessions::is_taken_over(&mut tx, scope, claims.session_id).await? {
        return Err(ImportRefused::AlreadyImported);
    }
    let owner = store::applications::scope_for_share_token(&mut tx, claims.from_application_id).await?;
    let owner = owner.filter(|owner| owner.mode() == scope.mode()).ok_or(ImportRefused::SourceGone)?;
    let source = Record::load(engine, &mut tx, &owner, claims.session_id).await.map_err(gone)?;
    if !is_finished(source.session.status()) {
        return Err(ImportRefused::SourceGone);
    }
    let blobs = store::blobs::list(&mut tx, &owner, source.row.id).await?;
    drop(tx);
    let copy = Copy::begin(engine);
    let done = copy.finish(engine, scope, &source, &blobs, &workflow, wanted).await;
    if done.is_err()
        && let Err(error) = engine.blobs.delete_session(copy.id).await
    {
        tracing::warn!(%error, "the objects of a copy that came to nothing were not removed");
    }
    done
}

fn gone(refused: ChangeRefused) -> ImportRefused {
    match refused {
        ChangeRefused::Store(error) => error.into(),
        ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => ImportRefused::SourceGone,
    }
}

/// A copy on its way.
struct Copy {
    id: SessionId,
    key: SessionKey,
}

impl Copy {
    fn begin(engine: &Engine) -> Self {
        Self { id: SessionId(engine.uuid()), key: SessionKey::generate() }
    }

    /// Objects first, rows after, as everywhere.
    async fn finish(
        &self,
        engine: &Engine,
        scope: &Scope,
        source: &Record,
        blobs: &[BlobRow],
        workflow: &WorkflowRow,
        wanted: ImportShared,
    ) -> Result<Value, ImportRefused> {
        let corrupt = || store::Error::Corrupt { table: "workflows", id: workflow.id.to_string() };
        let definition: Definition = serde_json::from_str(&workflow.definition).map_err(|_| corrupt())?;
        let (blobs, renamed) = self.objects(engine, source, blobs).await?;
        let arrival = Arrival {
            id: self.id,
            key: self.key.clone(),
            kind: source.row.kind.clone(),
            session_type: "HOSTED",
            personal: Personal {
                token: secrets::token::<9>(),
                vendor_data: wanted.vendor_data.or_else(|| source.personal.vendor_data.clone()),
                shared_from: Some(source.row.id),
                ..Personal::default()
            },
            state: if wanted.trust_review {
                source.session.state.clone()
            } else {
                State::InReview { decided_at: engine.now() }
            },
            attempts: source.session.attempts,
            reports: reports(source, &definition.graph, &renamed),
            blobs,
            created_at: engine.now(),
            shared_from: Some(source.row.id),
            external_hash: None,
        };
        let mut tx = engine.store.begin().await?;
        // Erased while its objects were copied: then its person's wish holds for the copy too.
        if store::session_keys::find(&mut tx, &engine.keyring, source.row.id).await?.is_none() {
            return Err(ImportRefused::SourceGone);
        }
        let record = match arrival.settle(engine, &mut tx, scope, workflow).await {
            Err(store::Error::Taken(store::Constraint::SharedFrom)) => {
                return Err(ImportRefused::AlreadyImported);
            }
            settled => settled?,
        };
        webhooks::announce(engine, &mut tx, &record).await?;
        let facts = json!({"trusted": wanted.trust_review});
        audit::note(engine, &mut tx, scope, "session.imported", self.id, facts).await?;
        tx.commit().await?;
        engine.nudge();
        let mut view = decision::view(engine, &record);
        decision::link_media(engine, scope, self.id, MediaLife::Read, &mut view);
        Ok(view)
    }

    /// The source's objects under the copy's key, and the ids that they got.
    async fn objects(
        &self,
        engine: &Engine,
        source: &Record,
        blobs: &[BlobRow],
    ) -> Result<(Vec<BlobRow>, BTreeMap<String, BlobId>), store::Error> {
        let (mut rows, mut renamed) = (Vec::new(), BTreeMap::new());
        for blob in blobs.iter().filter(|blob| is_shown(source, blob.id)) {
            let bytes = engine.blobs.get(&source.key, source.row.id, blob.id).await?;
            let id = BlobId(engine.uuid());
            engine.blobs.put(&self.key, self.id, id, &bytes).await?;
            renamed.insert(blob.id.to_string(), id);
            rows.push(BlobRow { id, session_id: self.id, created_at: engine.now(), ..blob.clone() });
        }
        Ok((rows, renamed))
    }
}

/// Whether a report shows this object.
fn is_shown(source: &Record, blob: BlobId) -> bool {
    let reference = format!("media:{blob}");
    source
        .session
        .reports
        .values()
        .any(|report| report.fields.values().any(|value| mentions(value, &reference)))
}

fn mentions(value: &Value, text: &str) -> bool {
    match value {
        Value::String(here) => here == text,
        Value::Array(items) => items.iter().any(|item| mentions(item, text)),
        Value::Object(fields) => fields.values().any(|item| mentions(item, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The source's reports under the nodes that do the same in the copy's workflow, with the copy's objects. Whom the
/// source's owner has seen the same person as is not told.
fn reports(source: &Record, graph: &Graph, renamed: &BTreeMap<String, BlobId>) -> BTreeMap<NodeId, Report> {
    let mut reports = BTreeMap::new();
    for report in source.session.reports_in_order() {
        let node = node_for(report, graph, &reports);
        let mut report = report.clone();
        for warning in &mut report.warnings {
            warning.node_id.clone_from(&node);
        }
        report.node_id.clone_from(&node);
        for (name, value) in &mut report.fields {
            if name == "matches" {
                *value = json!([]);
            }
            rename(value, renamed);
        }
        reports.insert(node, report);
    }
    reports
}

fn node_for(report: &Report, graph: &Graph, taken: &BTreeMap<NodeId, Report>) -> NodeId {
    let same = |node: &NodeId| graph.config(node).is_some_and(|(feature, _)| feature == report.feature);
    if same(&report.node_id) && !taken.contains_key(&report.node_id) {
        return report.node_id.clone();
    }
    let nodes = graph.features_in_order().into_iter();
    let mut free =
        nodes.filter(|(node, feature, _)| *feature == report.feature && !taken.contains_key(*node));
    free.next().map_or_else(|| NodeId(format!("shared_{}", report.node_id.0)), |(node, _, _)| node.clone())
}

fn rename(value: &mut Value, renamed: &BTreeMap<String, BlobId>) {
    match value {
        Value::String(text) => {
            if let Some(id) = text.strip_prefix("media:").and_then(|old| renamed.get(old)) {
                *text = format!("media:{id}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, renamed)),
        Value::Object(fields) => fields.values_mut().for_each(|item| rename(item, renamed)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
