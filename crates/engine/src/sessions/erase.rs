//! Forgetting sessions for good (core API §3.8; decisions: DELETE, and decision 3 of this project).

use jiff::SignedDuration;
use model::id::SessionId;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::erasure::Which;
use store::{Scope, Tx};
use uuid::Uuid;

use crate::approvals::{self, Consent, Operation, Wish};
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
    /// Every person of the application up to this number.
    Through(i64),
}

/// Why nothing is forgotten.
#[derive(Debug, thiserror::Error)]
pub enum EraseRefused {
    /// There is no such session, or it was erased.
    #[error("no such session")]
    NotFound,
    /// Somebody else must approve it: the request that waits for them.
    #[error("request {0} waits for a second person")]
    NeedsApproval(Uuid),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Erases one session: its key is destroyed with the commit, what it is found by is removed, its objects follow.
pub async fn erase(engine: &Engine, scope: &Scope, id: SessionId) -> Result<(), EraseRefused> {
    let mut tx = engine.store.begin().await?;
    let row = store::sessions::find(&mut tx, scope, id).await?.ok_or(EraseRefused::NotFound)?;
    let wish = Wish::of(Operation::DeleteSession, &id, &row.version);
    if let Some(request) = approvals::ask(engine, &mut tx, scope, &wish).await? {
        tx.commit().await?;
        return Err(EraseRefused::NeedsApproval(request));
    }
    if !erase_within(engine, &mut tx, scope, id, None).await? {
        return Err(EraseRefused::NotFound);
    }
    tx.commit().await?;
    delete_objects(engine, id).await;
    Ok(())
}

/// [`erase`] within the caller's transaction. False if there is no such session.
pub(crate) async fn erase_within(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    id: SessionId,
    consent: Option<&Consent>,
) -> Result<bool, store::Error> {
    let now = engine.now();
    if store::erasure::erase(tx, scope, Which::One(id), now).await?.is_empty() {
        return Ok(false);
    }
    audit::note(engine, tx, scope, "session.deleted", id, approvals::noted(json!({}), consent)).await?;
    jobs::enqueue_erase_media(engine, tx, scope, now, now + STRAGGLERS).await?;
    Ok(true)
}

/// Removes the objects of an erased session, once that is committed.
pub(crate) async fn delete_objects(engine: &Engine, id: SessionId) {
    if let Err(error) = engine.blobs.delete_session(id).await {
        tracing::warn!(session = %id, %error, "the objects of an erased session are left to the job");
    }
}

/// Erases many persons' sessions in one transaction; numbers that lead to none are passed over.
pub async fn erase_many(engine: &Engine, scope: &Scope, whom: Whom) -> Result<(), EraseRefused> {
    let mut tx = engine.store.begin().await?;
    if let Some(wish) = wish(&mut tx, scope, &whom).await?
        && let Some(request) = approvals::ask(engine, &mut tx, scope, &wish).await?
    {
        tx.commit().await?;
        return Err(EraseRefused::NeedsApproval(request));
    }
    if erase_many_within(engine, &mut tx, scope, whom, None).await? {
        tx.commit().await?;
        engine.nudge();
    }
    Ok(())
}

/// [`erase_many`] within the caller's transaction. False if there was nobody.
pub(crate) async fn erase_many_within(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    whom: Whom,
    consent: Option<&Consent>,
) -> Result<bool, store::Error> {
    let now = engine.now();
    let all = !matches!(whom, Whom::Numbers(_));
    let erased = match whom {
        Whom::Numbers(numbers) => {
            store::erasure::erase(tx, scope, Which::Numbers(&in_order(numbers)), now).await?
        }
        Whom::Everyone => store::erasure::erase(tx, scope, Which::All, now).await?,
        Whom::Through(number) => store::erasure::erase(tx, scope, Which::Through(number), now).await?,
    };
    if erased.is_empty() {
        return Ok(false);
    }
    let details = approvals::noted(json!({"sessions": erased.len(), "all": all}), consent);
    audit::note(engine, tx, scope, "session.batch_deleted", scope.application_id(), details).await?;
    jobs::enqueue_erase_media(engine, tx, scope, now, now).await?;
    jobs::enqueue_erase_media(engine, tx, scope, now, now + STRAGGLERS).await?;
    Ok(true)
}

/// What a second person would be asked; nothing where there is nobody to be forgotten. Everyone means those who are
/// there now, whatever becomes of them meanwhile: in a busy application something always does.
async fn wish(tx: &mut Tx, scope: &Scope, whom: &Whom) -> Result<Option<Wish<'static>>, store::Error> {
    let (state, details) = match whom {
        Whom::Numbers(numbers) => {
            let standing = store::erasure::versions(tx, scope, &in_order(numbers.clone())).await?;
            if standing.is_empty() {
                return Ok(None);
            }
            let numbers: Vec<i64> = standing.iter().map(|(number, _)| *number).collect();
            (digest(&standing), json!({ "session_numbers": numbers }))
        }
        Whom::Everyone | Whom::Through(_) => {
            let Some(latest) = store::erasure::latest_number(tx, scope).await? else { return Ok(None) };
            (String::new(), json!({ "through_number": latest }))
        }
    };
    let variant = digest(&details["session_numbers"]);
    let wish = Wish::of(Operation::DeleteSessions, &scope.application_id(), &state);
    Ok(Some(Wish { variant, details, ..wish }))
}

/// How the sessions of these numbers stand.
pub(crate) async fn standing(tx: &mut Tx, scope: &Scope, numbers: &[i64]) -> Result<String, store::Error> {
    Ok(digest(&store::erasure::versions(tx, scope, numbers).await?))
}

fn digest(value: &impl Serialize) -> String {
    hex::encode(Sha256::digest(json!(value).to_string()))
}

fn in_order(mut numbers: Vec<i64>) -> Vec<i64> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
