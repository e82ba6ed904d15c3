//! Work that a committed change left to be done, and the runner that does it.

use jiff::{SignedDuration, Timestamp};
use model::id::{ImportId, SessionId};
use model::workflow::NodeId;
use serde::{Deserialize, Serialize};
use store::jobs::{Job, NO_LANE, NewJob};
use store::{Scope, Tx};

use crate::sandbox::CompleteSandbox;
use crate::sessions::Record;
use crate::webhooks::DeliverWebhook;
use crate::{Engine, checks, imports, parties, sandbox, webhooks};

mod erase_media;
mod invite;
mod notice;
mod runner;

pub(crate) use erase_media::enqueue as enqueue_erase_media;
pub(crate) use notice::{enqueue_asked_notice, enqueue_notice};
pub(crate) use runner::postpone;
pub use runner::{run, run_due};

pub(crate) const DELIVER_WEBHOOK: &str = "deliver_webhook";
pub(crate) const RUN_CHECK: &str = "run_check";
const SEND_INVITE: &str = "send_invite";
const READ_IMPORT: &str = "read_import";
const COMPLETE_SANDBOX: &str = "complete_sandbox";
const FOLLOW_PARTIES: &str = "follow_parties";

/// Longer than a job takes: five seconds for a delivery, a few for a picture. After a crash, what was in hand waits so
/// long for another worker.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(20);
/// A job that keeps failing for our own reasons is given up after so many claims and shown to the operator.
pub(crate) const CLAIMS: i64 = 20;

/// What a check job has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RunCheck {
    pub(crate) session_id: SessionId,
    pub(crate) node: NodeId,
    pub(crate) attempt: u32,
}

/// What an invite job has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SendInvite {
    session_id: SessionId,
}

/// What a job that reads an import has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReadImport {
    pub(crate) import_id: ImportId,
}

/// Leaves an import's next rows.
pub(crate) async fn enqueue_import(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    import_id: ImportId,
) -> Result<(), store::Error> {
    enqueue(engine, tx, scope, READ_IMPORT, &ReadImport { import_id }, NO_LANE, engine.now()).await
}

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JobError {
    /// The row says something this version does not understand.
    #[error("the job's payload: {0}")]
    Payload(#[source] serde_json::Error),
    /// A job of a tenant without one.
    #[error("the job names no tenant")]
    NoTenant,
    /// Nothing handles this kind.
    #[error("no handler for jobs of kind {0}")]
    UnknownKind(String),
    /// It was claimed too often without an end.
    #[error("given up after too many tries")]
    Hopeless,
    /// A picture could not be judged for a reason of ours.
    #[error("the check broke off")]
    Broken,
    /// A file did not arrive.
    #[error(transparent)]
    Unfetched(#[from] outbound::Unfetched),
    /// The mail was not taken.
    #[error(transparent)]
    Mail(#[from] outbound::mail::Unsent),
    /// The database or the object store.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl JobError {
    pub(crate) fn payload(error: serde_json::Error) -> Self {
        Self::Payload(error)
    }
}

/// Leaves one delivery, in the destination's own lane so that a slow one delays no other; replays have a lane beside it,
/// so that they do not delay what happens meanwhile. Among those of one `order` it has this place.
pub(crate) async fn enqueue_delivery(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    job: &DeliverWebhook,
    order: Option<&str>,
    place: i64,
) -> Result<(), store::Error> {
    enqueue_delivery_at(tx, scope, job, order, place, engine.now()).await
}

/// The same, not before this instant.
pub(crate) async fn enqueue_delivery_at(
    tx: &mut Tx,
    scope: &Scope,
    job: &DeliverWebhook,
    order: Option<&str>,
    place: i64,
    due_at: Timestamp,
) -> Result<(), store::Error> {
    let payload = serde_json::to_string(job).expect("payloads are plain structs");
    let lane = match job.replay_id {
        Some(_) => format!("{} replay", job.destination_id),
        None => job.destination_id.to_string(),
    };
    let kind = DELIVER_WEBHOOK;
    let job = NewJob { scope: Some(scope), kind, payload: &payload, lane: &lane, due_at };
    store::jobs::enqueue_in_order(tx, &job, order.map(|order| (order, place)), due_at).await.map(drop)
}

/// Leaves one check.
pub(crate) async fn enqueue_check(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    node: &NodeId,
    attempt: u32,
) -> Result<(), store::Error> {
    let job = RunCheck { session_id: record.row.id, node: node.clone(), attempt };
    enqueue(engine, tx, &record.scope, RUN_CHECK, &job, NO_LANE, engine.now()).await
}

/// Leaves an invitation, if the integrator asked for one (core API §3.2); says whether they did.
pub(crate) async fn enqueue_invite(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
) -> Result<bool, store::Error> {
    if invite::recipient(record).is_none() {
        return Ok(false);
    }
    let job = SendInvite { session_id: record.row.id };
    enqueue(engine, tx, &record.scope, SEND_INVITE, &job, NO_LANE, engine.now()).await?;
    Ok(true)
}

/// Leaves the rest of a sandbox session's completion.
pub(crate) async fn enqueue_completion(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    job: &CompleteSandbox,
    due_at: Timestamp,
) -> Result<(), store::Error> {
    enqueue(engine, tx, scope, COMPLETE_SANDBOX, job, NO_LANE, due_at).await
}

/// Leaves a look at the parties of a business session.
pub(crate) async fn enqueue_parties(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    payload: &impl Serialize,
) -> Result<(), store::Error> {
    enqueue(engine, tx, scope, FOLLOW_PARTIES, payload, NO_LANE, engine.now()).await
}

pub(crate) async fn enqueue(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: &str,
    payload: &impl Serialize,
    lane: &str,
    due_at: Timestamp,
) -> Result<(), store::Error> {
    let payload = serde_json::to_string(payload).expect("payloads are plain structs");
    let job = NewJob { scope: Some(scope), kind, payload: &payload, lane, due_at };
    store::jobs::enqueue(tx, &job, engine.now()).await.map(drop)
}

/// Does one claimed job. Handlers settle their job in the transaction that keeps its result.
pub(crate) async fn handle(engine: &Engine, job: &Job) -> Result<(), JobError> {
    match job.kind.as_str() {
        RUN_CHECK => checks::run(engine, job).await,
        SEND_INVITE => invite::send(engine, job).await,
        COMPLETE_SANDBOX => sandbox::complete_later(engine, job).await,
        READ_IMPORT => imports::run(engine, job).await,
        FOLLOW_PARTIES => parties::follow(engine, job).await,
        erase_media::KIND => erase_media::run(engine, job).await,
        notice::SEND_NOTICE => notice::send(engine, job).await,
        webhooks::REPLAY => webhooks::run_replay(engine, job).await,
        other => Err(JobError::UnknownKind(other.to_owned())),
    }
}
