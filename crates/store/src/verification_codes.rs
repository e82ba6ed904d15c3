//! Codes that prove an e-mail address or a phone number.

use jiff::Timestamp;
use model::id::{ApplicationId, SessionId};

use crate::column::{IdText, Millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "session_id, node_id, attempt, application_id, kind, standalone, subject_hash, code_hash, sends, checks, \
         state, sent_at, expires_at, created_at"
    };
}

/// The code of one attempt at one step.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0011_verification_codes.sql")]
pub struct CodeRow {
    #[sqlx(try_from = "IdText")]
    pub session_id: SessionId,
    pub node_id: String,
    pub attempt: i64,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    /// `email` or `phone`.
    pub kind: String,
    pub standalone: bool,
    pub subject_hash: String,
    /// Empty until a code was sent.
    pub code_hash: String,
    pub sends: i64,
    /// Guesses at this address so far.
    pub checks: i64,
    /// `pending`, `approved`, `declined` or `replaced`.
    pub state: String,
    #[sqlx(try_from = "Millis")]
    pub sent_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub expires_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Another session in which the same address was given.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0011_verification_codes.sql")]
pub struct Same {
    #[sqlx(try_from = "IdText")]
    pub session_id: SessionId,
    pub state: String,
}

/// Writes a row; one that exists for this attempt is replaced.
pub async fn put(tx: &mut Tx, row: &CodeRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO verification_codes (", columns!(), ")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (session_id, node_id, attempt) DO UPDATE
         SET subject_hash = excluded.subject_hash, code_hash = excluded.code_hash, sends = excluded.sends,
             checks = excluded.checks, state = excluded.state, sent_at = excluded.sent_at,
             expires_at = excluded.expires_at"))
        .bind(row.session_id.to_string())
        .bind(&row.node_id)
        .bind(row.attempt)
        .bind(row.application_id.to_string())
        .bind(&row.kind)
        .bind(row.standalone)
        .bind(&row.subject_hash)
        .bind(&row.code_hash)
        .bind(row.sends)
        .bind(row.checks)
        .bind(&row.state)
        .bind(row.sent_at.as_millisecond())
        .bind(row.expires_at.as_millisecond())
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The code of this attempt at a step.
///
/// A row says nothing by itself: the caller has found the session in its scope.
pub async fn find(
    tx: &mut Tx,
    session_id: SessionId,
    node_id: &str,
    attempt: i64,
) -> Result<Option<CodeRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM verification_codes WHERE session_id = $1 AND node_id = $2 AND attempt = $3"))
        .bind(session_id.to_string())
        .bind(node_id)
        .bind(attempt)
        .fetch_optional(c).await)?)
}

/// The newest code that the application asked for by API for this address and that is still good.
pub async fn find_pending(
    tx: &mut Tx,
    scope: &Scope,
    kind: &str,
    subject_hash: &str,
    now: Timestamp,
) -> Result<Option<CodeRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM verification_codes
         WHERE application_id = $1 AND kind = $2 AND subject_hash = $3 AND standalone = $4 AND state = 'pending'
           AND expires_at > $5
         ORDER BY created_at DESC, session_id DESC LIMIT 1"))
        .bind(scope.application_id().to_string())
        .bind(kind)
        .bind(subject_hash)
        .bind(true)
        .bind(now.as_millisecond())
        .fetch_optional(c).await)?)
}

/// Counts one more guess and answers the row as it is then; `None`, and nothing counted, if the guesses are spent, the
/// code has expired or was settled. Holds the row until the transaction ends, so that parallel guesses take turns.
pub async fn count_check(
    tx: &mut Tx,
    row: &CodeRow,
    limit: i64,
    now: Timestamp,
) -> Result<Option<CodeRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "UPDATE verification_codes SET checks = checks + 1
         WHERE session_id = $1 AND node_id = $2 AND attempt = $3 AND checks < $4 AND state = 'pending'
           AND expires_at > $5
         RETURNING ", columns!()))
        .bind(row.session_id.to_string())
        .bind(&row.node_id)
        .bind(row.attempt)
        .bind(limit)
        .bind(now.as_millisecond())
        .fetch_optional(c).await)?)
}

/// Ends every other code that the application asked for by API for this address: only the newest counts.
pub async fn replace(tx: &mut Tx, row: &CodeRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE verification_codes SET state = 'replaced'
         WHERE application_id = $1 AND kind = $2 AND subject_hash = $3 AND standalone = $4 AND state = 'pending'
           AND session_id <> $5")
        .bind(row.application_id.to_string())
        .bind(&row.kind)
        .bind(&row.subject_hash)
        .bind(true)
        .bind(row.session_id.to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Ends a code: `approved` or `declined`.
pub async fn settle(tx: &mut Tx, row: &CodeRow, state: &str) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE verification_codes SET state = $4 WHERE session_id = $1 AND node_id = $2 AND attempt = $3")
        .bind(row.session_id.to_string())
        .bind(&row.node_id)
        .bind(row.attempt)
        .bind(state)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The application's sessions of other people in which the same address was given, those first that proved it. Sessions with the same
/// vendor data are the same person; without vendor data each is another (features §1.7).
pub async fn list_same(
    tx: &mut Tx,
    row: &CodeRow,
    vendor_hash: Option<&str>,
    limit: i64,
) -> Result<Vec<Same>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT session_id, MIN(verification_codes.state) AS state
         FROM verification_codes JOIN sessions ON sessions.id = session_id
         WHERE verification_codes.application_id = $1 AND verification_codes.kind = $2 AND subject_hash = $3 AND session_id <> $4
           AND (vendor_hash IS NULL OR vendor_hash <> $5) AND deleted_at IS NULL
         GROUP BY session_id
         ORDER BY MIN(verification_codes.state), session_id LIMIT $6")
        .bind(row.application_id.to_string())
        .bind(&row.kind)
        .bind(&row.subject_hash)
        .bind(row.session_id.to_string())
        .bind(vendor_hash.unwrap_or_default())
        .bind(limit)
        .fetch_all(c).await)?)
}

/// Forgets the codes of a session that is erased.
pub async fn forget(tx: &mut Tx, session_id: SessionId) -> Result<(), Error> {
    on!(tx, c => sqlx::query("DELETE FROM verification_codes WHERE session_id = $1")
        .bind(session_id.to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}
