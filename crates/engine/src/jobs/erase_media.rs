//! Removing the objects of erased sessions. Their keys are gone, so nobody can read them; this frees the space.

use jiff::Timestamp;
use model::id::SessionId;
use serde::{Deserialize, Serialize};
use store::jobs::{Job, NO_LANE};
use store::{Scope, Tx};

use super::JobError;
use crate::Engine;

pub(super) const KIND: &str = "erase_media";

/// Sessions in one job: far fewer than a slow bucket empties within a lease.
const AT_ONCE: i64 = 100;

/// Which sessions' objects go.
#[derive(Serialize, Deserialize)]
struct EraseMedia {
    /// Those that were erased at this moment, milliseconds since 1970.
    erased_at: i64,
    /// The last of those that are done.
    after: Option<SessionId>,
}

/// Leaves the removal for `due_at`.
pub(crate) async fn enqueue(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    erased_at: Timestamp,
    due_at: Timestamp,
) -> Result<(), store::Error> {
    let job = EraseMedia { erased_at: erased_at.as_millisecond(), after: None };
    super::enqueue(engine, tx, scope, KIND, &job, NO_LANE, due_at).await
}

/// Removes some, and leaves the rest to a job of its own.
pub(super) async fn run(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let mut wanted: EraseMedia = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let at = Timestamp::from_millisecond(wanted.erased_at).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut tx = engine.store.read().await?;
    let erased = store::erasure::list_erased(&mut tx, &scope, at, wanted.after, AT_ONCE).await?;
    drop(tx);
    for id in &erased {
        engine.blobs.delete_session(*id).await?;
    }
    let mut tx = engine.store.begin().await?;
    if let Some(last) = erased.last() {
        wanted.after = Some(*last);
        super::enqueue(engine, &mut tx, &scope, KIND, &wanted, NO_LANE, engine.now()).await?;
    }
    store::jobs::complete(&mut tx, job).await?;
    Ok(tx.commit().await?)
}
