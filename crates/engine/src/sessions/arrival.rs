//! A session that was verified elsewhere, settling in an application under a key of its own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use model::id::SessionId;
use model::report::Report;
use model::session::{Session, State};
use model::workflow::NodeId;
use store::blobs::BlobRow;
use store::sessions::SessionRow;
use store::workflows::WorkflowRow;
use store::{Scope, SessionKey, Tx};

use super::record::{collectable, lifecycle, place, token_hash, vendor_hash};
use super::{Personal, Record, terms};
use crate::workflows::Definition;
use crate::{Engine, entities};

/// Everything that it brings.
pub(crate) struct Arrival {
    pub(crate) id: SessionId,
    pub(crate) key: SessionKey,
    /// `user` or `business`.
    pub(crate) kind: String,
    /// `HOSTED` or `MIGRATED`.
    pub(crate) session_type: &'static str,
    pub(crate) personal: Personal,
    pub(crate) state: State,
    pub(crate) attempts: u32,
    /// Under nodes of the workflow that it settles in, as far as there are such.
    pub(crate) reports: BTreeMap<NodeId, Report>,
    /// Objects that were put under its key.
    pub(crate) blobs: Vec<BlobRow>,
    pub(crate) created_at: Timestamp,
    /// The session of another application that it is a copy of.
    pub(crate) shared_from: Option<SessionId>,
    /// The keyed hash of the id under which an import knows it.
    pub(crate) external_hash: Option<String>,
}

impl Arrival {
    /// Writes it; the caller tells who wants to know, and commits. [`store::Error::Taken`] if it came before.
    pub(crate) async fn settle(
        mut self,
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
        workflow: &WorkflowRow,
    ) -> Result<Record, store::Error> {
        self.personal.workflow_revision = workflow.revision;
        let definition: Definition = serde_json::from_str(&workflow.definition)
            .map_err(|_| store::Error::Corrupt { table: "workflows", id: workflow.id.to_string() })?;
        let session = Session {
            state: self.state,
            graph: definition.graph.clone(),
            attempts: self.attempts,
            reports: self.reports,
            timers: definition.settings.timers(),
            collectable: collectable(engine, scope.mode(), &definition, &self.personal),
        };
        let vendor = self.personal.vendor_data.as_ref();
        let row = SessionRow {
            id: self.id,
            application_id: scope.application_id(),
            number: store::sessions::next_number(tx, scope).await?,
            token_hash: token_hash(engine, &self.personal.token),
            vendor_hash: vendor.map(|vendor| vendor_hash(engine, scope, vendor)),
            reuse_key: None,
            workflow_id: workflow.workflow_id,
            workflow_version_id: workflow.id,
            workflow_version: workflow.version,
            status: session.status().as_str().to_owned(),
            state: lifecycle(&session),
            sealed: self.key.seal_json(&place(self.id), &self.personal),
            due_at: session.due_at(),
            version: 1,
            created_at: self.created_at,
            updated_at: engine.now(),
            kind: self.kind,
            session_type: self.session_type.to_owned(),
        };
        let (personal, key) = (self.personal, self.key);
        let record = Record {
            scope: *scope,
            row,
            personal,
            session,
            definition,
            reviews: Vec::new(),
            device: None,
            key,
        };
        keep(engine, tx, &record, (self.shared_from, self.external_hash.as_deref()), &self.blobs).await?;
        Box::pin(entities::session_created(engine, tx, &record)).await?;
        Ok(record)
    }
}

/// Writes everything of a session that has arrived; `origin` is where it came from.
async fn keep(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    (shared_from, external_hash): (Option<SessionId>, Option<&str>),
    blobs: &[BlobRow],
) -> Result<(), store::Error> {
    if !store::sessions::insert(tx, &record.row).await? {
        return Err(store::Error::Stale);
    }
    let id = record.row.id;
    store::sessions::note_origin(tx, &record.scope, id, shared_from, external_hash).await?;
    store::session_keys::insert(tx, &engine.keyring, id, &record.key, engine.now()).await?;
    for blob in blobs {
        store::blobs::insert(tx, blob).await?;
    }
    for report in record.session.reports.values() {
        store::reports::put(tx, &record.report_row(engine, report)).await?;
    }
    terms::write(engine, tx, record, &BTreeSet::new()).await
}
