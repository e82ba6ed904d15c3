//! Verifications.

use jiff::Timestamp;
use model::id::{ApplicationId, SessionId, WorkflowId, WorkflowVersionId};

use crate::column::{IdText, MaybeMillis, Millis, millis, text};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, application_id, number, token_hash, vendor_hash, reuse_key, workflow_id, workflow_version_id, \
         workflow_version, status, state, sealed, due_at, version, created_at, updated_at, kind, session_type"
    };
}

mod list;

pub use list::{Filter, Search, count, page};

/// The columns of [`Scope`], joined without a name in common with any other table.
macro_rules! owners {
    () => {
        "(SELECT id AS owner_id, organization_id, mode FROM applications) AS owners"
    };
}

/// One verification.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0003_sessions.sql")]
pub struct SessionRow {
    #[sqlx(try_from = "IdText")]
    pub id: SessionId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    pub number: i64,
    pub token_hash: String,
    pub vendor_hash: Option<String>,
    /// Set while the session may be handed out again for the same vendor data.
    pub reuse_key: Option<String>,
    #[sqlx(try_from = "IdText")]
    pub workflow_id: WorkflowId,
    #[sqlx(try_from = "IdText")]
    pub workflow_version_id: WorkflowVersionId,
    pub workflow_version: i64,
    pub status: String,
    /// Facts of the lifecycle as JSON; nothing personal.
    pub state: String,
    /// Everything personal, sealed with the session's key.
    pub sealed: Vec<u8>,
    /// When the next timer of this session fires.
    #[sqlx(try_from = "MaybeMillis")]
    pub due_at: Option<Timestamp>,
    /// Rises by one with every [`save`].
    pub version: i64,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
    /// `user` or `business`.
    pub kind: String,
    /// `HOSTED`, `MIGRATED` or `API`.
    pub session_type: String,
}

#[derive(sqlx::FromRow)]
struct Owned {
    #[sqlx(flatten)]
    scope: Scope,
    #[sqlx(flatten)]
    session: SessionRow,
}

#[derive(sqlx::FromRow)]
struct Due {
    #[sqlx(flatten)]
    scope: Scope,
    #[sqlx(try_from = "IdText")]
    id: SessionId,
}

/// The application's next session number.
///
/// On PostgreSQL it is taken on a connection of its own and not given back if this transaction fails: a number may be
/// missing, but creating sessions does not wait in line for each other's disk writes.
pub async fn next_number(tx: &mut Tx, scope: &Scope) -> Result<i64, Error> {
    const NEXT: &str = "INSERT INTO session_numbers (application_id, latest) VALUES ($1, 1)
                        ON CONFLICT (application_id) DO UPDATE SET latest = session_numbers.latest + 1
                        RETURNING latest";
    let application = scope.application_id().to_string();
    Ok(match tx {
        Tx::Sqlite(transaction) => {
            sqlx::query_scalar(NEXT).bind(application).fetch_one(&mut **transaction).await?
        }
        Tx::Postgres(_, counters) => sqlx::query_scalar(NEXT).bind(application).fetch_one(&*counters).await?,
    })
}

/// When the n-th newest session of the application was made, deleted ones included; nothing if there are fewer.
pub async fn nth_newest(tx: &mut Tx, scope: &Scope, n: i64) -> Result<Option<Timestamp>, Error> {
    let at: Option<i64> = on!(tx, c => sqlx::query_scalar(
        "SELECT created_at FROM sessions WHERE application_id = $1 ORDER BY number DESC LIMIT 1 OFFSET $2")
        .bind(scope.application_id().to_string())
        .bind(n - 1)
        .fetch_optional(c).await)?;
    Ok(at.and_then(|millis| Timestamp::from_millisecond(millis).ok()))
}

/// Adds a session. False, and nothing done, if an unfinished session has the same reuse key: then
/// [`find_by_reuse_key`] finds it, in this same transaction, also when it was made in parallel.
pub async fn insert(tx: &mut Tx, row: &SessionRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(concat!(
        "INSERT INTO sessions (", columns!(), ")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         ON CONFLICT (reuse_key) DO NOTHING"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(row.number)
        .bind(&row.token_hash)
        .bind(&row.vendor_hash)
        .bind(&row.reuse_key)
        .bind(row.workflow_id.to_string())
        .bind(row.workflow_version_id.to_string())
        .bind(row.workflow_version)
        .bind(&row.status)
        .bind(&row.state)
        .bind(&row.sealed)
        .bind(millis(row.due_at))
        .bind(row.version)
        .bind(row.created_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .bind(&row.kind)
        .bind(&row.session_type)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// The session with this id.
pub async fn find(tx: &mut Tx, scope: &Scope, id: SessionId) -> Result<Option<SessionRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM sessions WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The session whose token this is, by its keyed hash, and whose data its bearer may touch.
pub async fn find_by_token_hash(tx: &mut Tx, token_hash: &str) -> Result<Option<(Scope, SessionRow)>, Error> {
    let owned: Option<Owned> = on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), ", organization_id, mode
         FROM sessions JOIN ", owners!(), " ON owner_id = application_id
         WHERE token_hash = $1 AND deleted_at IS NULL"))
        .bind(token_hash)
        .fetch_optional(c).await)?;
    Ok(owned.map(|owned| (owned.scope, owned.session)))
}

/// The unfinished session that a create with this key hands out again.
pub async fn find_by_reuse_key(tx: &mut Tx, scope: &Scope, key: &str) -> Result<Option<SessionRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM sessions WHERE application_id = $1 AND reuse_key = $2 AND deleted_at IS NULL"))
        .bind(scope.application_id().to_string())
        .bind(key)
        .fetch_optional(c).await)?)
}

/// Writes what changes of a session and raises its version by one. [`Error::Stale`] if it is no longer at
/// `expected_version`: then nothing was written, and the caller loads and decides again.
pub async fn save(tx: &mut Tx, row: &SessionRow, expected_version: i64) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE sessions
         SET token_hash = $4, vendor_hash = $5, reuse_key = $6, status = $7, state = $8, sealed = $9, due_at = $10,
             version = $3 + 1, updated_at = $11,
             first_decision = COALESCE(first_decision,
                                       CASE WHEN $7 IN ('Approved', 'Declined', 'In Review') THEN $7 END)
         WHERE application_id = $1 AND id = $2 AND version = $3 AND deleted_at IS NULL")
        .bind(row.application_id.to_string())
        .bind(row.id.to_string())
        .bind(expected_version)
        .bind(&row.token_hash)
        .bind(&row.vendor_hash)
        .bind(&row.reuse_key)
        .bind(&row.status)
        .bind(&row.state)
        .bind(&row.sealed)
        .bind(millis(row.due_at))
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Sessions whose timer should have fired by now, longest overdue first, of every application.
pub async fn list_due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<(Scope, SessionId)>, Error> {
    let due: Vec<Due> = on!(tx, c => sqlx::query_as(concat!(
        "SELECT id, application_id, organization_id, mode
         FROM sessions JOIN ", owners!(), " ON owner_id = application_id
         WHERE due_at <= $1 AND deleted_at IS NULL
         ORDER BY due_at, id LIMIT $2"))
        .bind(now.as_millisecond())
        .bind(limit)
        .fetch_all(c).await)?;
    Ok(due.into_iter().map(|due| (due.scope, due.id)).collect())
}

/// Notes where a session that was just inserted came from: another application's session, or an import's row of this
/// keyed hash. [`Error::Taken`] if it was brought before.
pub async fn note_origin(
    tx: &mut Tx,
    scope: &Scope,
    id: SessionId,
    shared_from: Option<SessionId>,
    external_hash: Option<&str>,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE sessions SET shared_from = $3, external_hash = $4 WHERE application_id = $1 AND id = $2")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .bind(text(shared_from))
        .bind(external_hash)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The lifecycle facts of every session of this person on this workflow, in any version of it, that stands declined.
pub async fn declined_states(
    tx: &mut Tx,
    scope: &Scope,
    vendor_hash: &str,
    workflow_id: WorkflowId,
) -> Result<Vec<String>, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT state FROM sessions
         WHERE application_id = $1 AND vendor_hash = $2 AND workflow_id = $3 AND status = 'Declined'
           AND deleted_at IS NULL
         ORDER BY id")
        .bind(scope.application_id().to_string())
        .bind(vendor_hash)
        .bind(workflow_id.to_string())
        .fetch_all(c).await)?)
}

/// Whether the scope has taken over this session of another application, even if it erased it since.
pub async fn is_taken_over(tx: &mut Tx, scope: &Scope, shared_from: SessionId) -> Result<bool, Error> {
    let found: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM sessions WHERE application_id = $1 AND shared_from = $2")
        .bind(scope.application_id().to_string())
        .bind(shared_from.to_string())
        .fetch_one(c).await)?;
    Ok(found > 0)
}
