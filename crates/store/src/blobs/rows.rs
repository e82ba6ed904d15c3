//! What is known of an object without opening it.

use jiff::Timestamp;
use model::id::{BlobId, SessionId};

use crate::column::{IdText, Millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, session_id, kind, content_type, size, sha256, created_at"
    };
}

/// One encrypted object.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0004_evidence.sql")]
pub struct BlobRow {
    #[sqlx(try_from = "IdText")]
    pub id: BlobId,
    #[sqlx(try_from = "IdText")]
    pub session_id: SessionId,
    /// What it shows: `front`, `portrait`…
    pub kind: String,
    pub content_type: String,
    /// Of the opened bytes.
    pub size: i64,
    /// Of the opened bytes, hexadecimal.
    pub sha256: Option<String>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Makes an object known. It was put before.
pub async fn insert(tx: &mut Tx, row: &BlobRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!("INSERT INTO blobs (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7)"))
        .bind(row.id.to_string())
        .bind(row.session_id.to_string())
        .bind(&row.kind)
        .bind(&row.content_type)
        .bind(row.size)
        .bind(&row.sha256)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// One object of one of the scope's sessions.
pub async fn find(tx: &mut Tx, scope: &Scope, id: BlobId) -> Result<Option<BlobRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM blobs
         WHERE id = $1 AND EXISTS (SELECT 1 FROM sessions
                                   WHERE sessions.id = session_id AND application_id = $2 AND deleted_at IS NULL)"))
        .bind(id.to_string())
        .bind(scope.application_id().to_string())
        .fetch_optional(c).await)?)
}

/// Every object of a session, oldest first.
pub async fn list(tx: &mut Tx, scope: &Scope, session_id: SessionId) -> Result<Vec<BlobRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM blobs
         WHERE session_id = $1
           AND EXISTS (SELECT 1 FROM sessions WHERE sessions.id = $1 AND application_id = $2 AND deleted_at IS NULL)
         ORDER BY id"))
        .bind(session_id.to_string())
        .bind(scope.application_id().to_string())
        .fetch_all(c).await)?)
}

/// Makes an object of one of the scope's sessions unknown. What lies in the object store is removed by itself.
pub async fn delete(tx: &mut Tx, scope: &Scope, session_id: SessionId, id: BlobId) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "DELETE FROM blobs
         WHERE id = $1 AND session_id = $2
           AND EXISTS (SELECT 1 FROM sessions WHERE sessions.id = $2 AND application_id = $3)")
        .bind(id.to_string())
        .bind(session_id.to_string())
        .bind(scope.application_id().to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}
