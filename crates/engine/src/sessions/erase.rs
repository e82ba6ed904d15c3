//! Forgetting sessions for good (core API §3.8; decisions: DELETE, and decision 3 of this project).

use jiff::SignedDuration;
use model::id::SessionId;
use serde_json::json;
use store::Scope;
use store::erasure::Which;

use super::ReadRefused;
use crate::{Engine, audit, jobs};

/// A check or an upload that was under way may write an object after its session was erased. Nobody can read it, and
/// after so long it is removed too.
const STRAGGLERS: SignedDuration = SignedDuration::from_mins(15);

/// Whose sessions are forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Those of these numbers.
    Numbers(Vec<i64>),
    /// Every person of the application.
    Everyone,
}

/// Erases one session: its key is destroyed with the commit, what it is found by is removed, its objects follow.
pub async fn erase(engine: &Engine, scope: &Scope, id: SessionId) -> Result<(), ReadRefused> {
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    if store::erasure::erase(&mut tx, scope, Which::One(id), now).await?.is_empty() {
        return Err(ReadRefused::NotFound);
    }
    audit::note(engine, &mut tx, scope, "session.deleted", id, json!({})).await?;
    jobs::enqueue_erase_media(engine, &mut tx, scope, now, now + STRAGGLERS).await?;
    tx.commit().await?;
    if let Err(error) = engine.blobs.delete_session(id).await {
        tracing::warn!(session = %id, %error, "the objects of an erased session are left to the job");
    }
    Ok(())
}

/// Erases many persons' sessions in one transaction; numbers that lead to none are passed over.
pub async fn erase_many(engine: &Engine, scope: &Scope, whom: Whom) -> Result<(), store::Error> {
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    let numbers = match whom {
        Whom::Numbers(mut numbers) => {
            numbers.sort_unstable();
            numbers.dedup();
            Some(numbers)
        }
        Whom::Everyone => None,
    };
    let which = numbers.as_deref().map_or(Which::All, Which::Numbers);
    let erased = store::erasure::erase(&mut tx, scope, which, now).await?;
    if erased.is_empty() {
        return Ok(());
    }
    let details = json!({"sessions": erased.len(), "all": numbers.is_none()});
    audit::note(engine, &mut tx, scope, "session.batch_deleted", scope.application_id(), details).await?;
    jobs::enqueue_erase_media(engine, &mut tx, scope, now, now).await?;
    jobs::enqueue_erase_media(engine, &mut tx, scope, now, now + STRAGGLERS).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(())
}
