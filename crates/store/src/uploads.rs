//! Resumable uploads: how much of which file has arrived.

use jiff::Timestamp;
use model::id::{BlobId, SessionId, UploadId};

use crate::column::{IdText, MaybeIdText, Millis, text};
use crate::database::on;
use crate::{Error, Tx};

macro_rules! columns {
    () => {
        "id, session_id, node_id, part, attempt, size, sha256, received, state, blob_id, created_at"
    };
}

/// One file on its way.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0004_evidence.sql")]
pub struct UploadRow {
    #[sqlx(try_from = "IdText")]
    pub id: UploadId,
    #[sqlx(try_from = "IdText")]
    pub session_id: SessionId,
    pub node_id: String,
    /// Which of the node's files: `front`, `back`…
    pub part: String,
    pub attempt: i64,
    /// Bytes announced.
    pub size: i64,
    /// Announced digest, hexadecimal.
    pub sha256: String,
    /// Bytes that arrived, without gaps from the start.
    pub received: i64,
    pub state: String,
    #[sqlx(try_from = "MaybeIdText")]
    pub blob_id: Option<BlobId>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Begins an upload. False, and nothing done, if this part of this attempt has one: [`find_part`] finds it.
pub async fn insert(tx: &mut Tx, row: &UploadRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(concat!(
        "INSERT INTO uploads (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (session_id, node_id, part, attempt) DO NOTHING"))
        .bind(row.id.to_string())
        .bind(row.session_id.to_string())
        .bind(&row.node_id)
        .bind(&row.part)
        .bind(row.attempt)
        .bind(row.size)
        .bind(&row.sha256)
        .bind(row.received)
        .bind(&row.state)
        .bind(text(row.blob_id))
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// One upload of a session.
pub async fn find(tx: &mut Tx, session_id: SessionId, id: UploadId) -> Result<Option<UploadRow>, Error> {
    Ok(
        on!(tx, c => sqlx::query_as(concat!("SELECT ", columns!(), " FROM uploads WHERE session_id = $1 AND id = $2"))
        .bind(session_id.to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?,
    )
}

/// The upload of one part of one attempt.
pub async fn find_part(
    tx: &mut Tx,
    session_id: SessionId,
    node_id: &str,
    part: &str,
    attempt: i64,
) -> Result<Option<UploadRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM uploads WHERE session_id = $1 AND node_id = $2 AND part = $3 AND attempt = $4"))
        .bind(session_id.to_string())
        .bind(node_id)
        .bind(part)
        .bind(attempt)
        .fetch_optional(c).await)?)
}

/// Every upload of a session, oldest first.
pub async fn list(tx: &mut Tx, session_id: SessionId) -> Result<Vec<UploadRow>, Error> {
    Ok(
        on!(tx, c => sqlx::query_as(concat!("SELECT ", columns!(), " FROM uploads WHERE session_id = $1 ORDER BY id"))
        .bind(session_id.to_string())
        .fetch_all(c).await)?,
    )
}

/// Moves an upload on. [`Error::Stale`] if another request moved it since `expected_received` bytes were there: two
/// tabs that send the same chunk do not both count it.
pub async fn save(tx: &mut Tx, row: &UploadRow, expected_received: i64) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE uploads
         SET size = $4, sha256 = $5, received = $6, state = $7, blob_id = $8
         WHERE session_id = $1 AND id = $2 AND received = $3")
        .bind(row.session_id.to_string())
        .bind(row.id.to_string())
        .bind(expected_received)
        .bind(row.size)
        .bind(&row.sha256)
        .bind(row.received)
        .bind(&row.state)
        .bind(text(row.blob_id))
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}
