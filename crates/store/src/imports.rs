//! Imports of verifications that were made elsewhere: how far each is, and the rows it refused.
//!
//! An import has a key of its own; its file, its address and its refused rows are sealed with it.

use jiff::Timestamp;
use model::id::{ApplicationId, ImportErrorId, ImportId, WorkflowId};

use crate::column::{IdText, MaybeMillis, Millis, millis};
use crate::database::on;
use crate::{Error, Keyring, Place, Scope, SessionKey, Tx};

macro_rules! columns {
    () => {
        "id, application_id, workflow_id, import_type, source_format, wrapped, sealed_source, status, size, total_rows, \
         checkpoint_row, created_count, skipped_count, failed_count, last_error, created_at, updated_at, started_at, \
         completed_at"
    };
}

/// One import.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0009_session_data.sql")]
pub struct ImportRow {
    #[sqlx(try_from = "IdText")]
    pub id: ImportId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    #[sqlx(try_from = "IdText")]
    pub workflow_id: WorkflowId,
    pub import_type: String,
    pub source_format: String,
    /// From [`wrap`].
    pub wrapped: Vec<u8>,
    pub sealed_source: Vec<u8>,
    pub status: String,
    /// Of the file, once it is here.
    pub size: Option<i64>,
    pub total_rows: i64,
    pub checkpoint_row: i64,
    pub created_count: i64,
    pub skipped_count: i64,
    pub failed_count: i64,
    pub last_error: Option<String>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
    #[sqlx(try_from = "MaybeMillis")]
    pub started_at: Option<Timestamp>,
    #[sqlx(try_from = "MaybeMillis")]
    pub completed_at: Option<Timestamp>,
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0009_session_data.sql")]
pub struct ImportErrorRow {
    #[sqlx(try_from = "IdText")]
    pub id: ImportErrorId,
    #[sqlx(try_from = "IdText")]
    pub import_id: ImportId,
    /// From 1, the header not counted.
    pub row_number: i64,
    /// What was wrong with it, and what it said.
    pub sealed_row: Vec<u8>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// The form in which an import's key is stored.
pub fn wrap(keyring: &Keyring, id: ImportId, key: &SessionKey) -> Vec<u8> {
    key.wrap(keyring, &place(id))
}

/// An import's key.
pub fn unwrap(keyring: &Keyring, row: &ImportRow) -> Result<SessionKey, Error> {
    SessionKey::unwrap(keyring, &place(row.id), &row.wrapped)
}

fn place(id: ImportId) -> Place {
    Place::new("session_imports", id)
}

/// Adds an import.
pub async fn insert(tx: &mut Tx, row: &ImportRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO session_imports (", columns!(), ")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(row.workflow_id.to_string())
        .bind(&row.import_type)
        .bind(&row.source_format)
        .bind(&row.wrapped)
        .bind(&row.sealed_source)
        .bind(&row.status)
        .bind(row.size)
        .bind(row.total_rows)
        .bind(row.checkpoint_row)
        .bind(row.created_count)
        .bind(row.skipped_count)
        .bind(row.failed_count)
        .bind(&row.last_error)
        .bind(row.created_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .bind(millis(row.started_at))
        .bind(millis(row.completed_at))
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The import of this id.
pub async fn find(tx: &mut Tx, scope: &Scope, id: ImportId) -> Result<Option<ImportRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM session_imports WHERE application_id = $1 AND id = $2"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// Writes how far it is. [`Error::Stale`] if somebody else moved it on from `expected_checkpoint`: then whatever this
/// transaction made of its rows is made already.
pub async fn save(tx: &mut Tx, row: &ImportRow, expected_checkpoint: i64) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE session_imports
         SET status = $4, size = $5, total_rows = $6, checkpoint_row = $7, created_count = $8, skipped_count = $9,
             failed_count = $10, last_error = $11, updated_at = $12, started_at = $13, completed_at = $14
         WHERE application_id = $1 AND id = $2 AND checkpoint_row = $3 AND completed_at IS NULL")
        .bind(row.application_id.to_string())
        .bind(row.id.to_string())
        .bind(expected_checkpoint)
        .bind(&row.status)
        .bind(row.size)
        .bind(row.total_rows)
        .bind(row.checkpoint_row)
        .bind(row.created_count)
        .bind(row.skipped_count)
        .bind(row.failed_count)
        .bind(&row.last_error)
        .bind(row.updated_at.as_millisecond())
        .bind(millis(row.started_at))
        .bind(millis(row.completed_at))
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps a row that was refused; the one that is there already stays.
pub async fn insert_error(tx: &mut Tx, row: &ImportErrorRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO session_import_errors (id, import_id, row_number, sealed_row, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (import_id, row_number) DO NOTHING")
        .bind(row.id.to_string())
        .bind(row.import_id.to_string())
        .bind(row.row_number)
        .bind(&row.sealed_row)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Rows that an import refused, in their order. The caller has found it in its scope.
pub async fn list_errors(
    tx: &mut Tx,
    id: ImportId,
    limit: i64,
    offset: i64,
) -> Result<Vec<ImportErrorRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT id, import_id, row_number, sealed_row, created_at FROM session_import_errors
         WHERE import_id = $1 ORDER BY row_number LIMIT $2 OFFSET $3")
        .bind(id.to_string())
        .bind(limit)
        .bind(offset)
        .fetch_all(c).await)?)
}

/// Removes the refused rows of every import of the application: they name persons too.
pub(crate) async fn forget_errors(tx: &mut Tx, scope: &Scope) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "DELETE FROM session_import_errors WHERE import_id IN
             (SELECT id FROM session_imports WHERE application_id = $1)")
        .bind(scope.application_id().to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Whether the scope has, or had until it erased it, a session that an import brought under this keyed hash.
pub async fn is_brought(tx: &mut Tx, scope: &Scope, external_hash: &str) -> Result<bool, Error> {
    let found: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM sessions WHERE application_id = $1 AND external_hash = $2")
        .bind(scope.application_id().to_string())
        .bind(external_hash)
        .fetch_one(c).await)?;
    Ok(found > 0)
}
