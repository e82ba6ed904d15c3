//! Workflows: every row is one version.

use jiff::Timestamp;
use model::id::{ApplicationId, WorkflowId, WorkflowVersionId};

use crate::column::{IdText, MaybeMillis, Millis, millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, workflow_id, application_id, version, status, label, definition, is_default, created_at, \
         updated_at, deleted_at, revision, published_at"
    };
}

/// One version of a workflow.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0002_workflows.sql")]
pub struct WorkflowRow {
    #[sqlx(try_from = "IdText")]
    pub id: WorkflowVersionId,
    #[sqlx(try_from = "IdText")]
    pub workflow_id: WorkflowId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    /// From 1, rising.
    pub version: i64,
    /// `draft` or `published`.
    pub status: String,
    pub label: String,
    /// Features, graph and settings as JSON.
    pub definition: String,
    pub is_default: bool,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
    #[sqlx(try_from = "MaybeMillis")]
    pub deleted_at: Option<Timestamp>,
    /// Rises with every change in place of what the version does.
    pub revision: i64,
    #[sqlx(try_from = "MaybeMillis")]
    pub published_at: Option<Timestamp>,
}

/// Adds a version; [`crate::Constraint::WorkflowVersion`] if another took its number.
pub async fn insert(tx: &mut Tx, row: &WorkflowRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO workflows (id, workflow_id, application_id, version, status, label, definition, is_default,
                                created_at, updated_at, revision, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
        .bind(row.id.to_string())
        .bind(row.workflow_id.to_string())
        .bind(row.application_id.to_string())
        .bind(row.version)
        .bind(&row.status)
        .bind(&row.label)
        .bind(&row.definition)
        .bind(row.is_default)
        .bind(row.created_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .bind(row.revision)
        .bind(millis(row.published_at))
        .execute(c).await.map(drop))?;
    Ok(())
}

/// This version, unless it was deleted.
pub async fn find(tx: &mut Tx, scope: &Scope, id: WorkflowVersionId) -> Result<Option<WorkflowRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM workflows WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// This version, deleted or not: a session stays with the version it began on.
pub async fn find_pinned(
    tx: &mut Tx,
    scope: &Scope,
    id: WorkflowVersionId,
) -> Result<Option<WorkflowRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM workflows WHERE application_id = $1 AND id = $2"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The workflow's newest published version.
pub async fn find_published(
    tx: &mut Tx,
    scope: &Scope,
    id: WorkflowId,
) -> Result<Option<WorkflowRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM workflows
         WHERE application_id = $1 AND workflow_id = $2 AND status = 'published' AND deleted_at IS NULL
         ORDER BY version DESC LIMIT 1"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The version of the highest number, draft or published, deleted or not: the next one is this plus one.
pub async fn latest_version(tx: &mut Tx, scope: &Scope, id: WorkflowId) -> Result<Option<i64>, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT MAX(version) FROM workflows WHERE application_id = $1 AND workflow_id = $2")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_one(c).await)?)
}

/// Every version that is not deleted, newest first.
pub async fn list(tx: &mut Tx, scope: &Scope) -> Result<Vec<WorkflowRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM workflows
         WHERE application_id = $1 AND deleted_at IS NULL
         ORDER BY created_at DESC, id DESC"))
        .bind(scope.application_id().to_string())
        .fetch_all(c).await)?)
}

/// Keeps what a version says under its revision, before a change in place. Once kept, it does not change.
pub async fn keep_revision(tx: &mut Tx, row: &WorkflowRow, now: Timestamp) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO workflow_revisions (application_id, workflow_version_id, revision, definition, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (application_id, workflow_version_id, revision) DO NOTHING")
        .bind(row.application_id.to_string())
        .bind(row.id.to_string())
        .bind(row.revision)
        .bind(&row.definition)
        .bind(now.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// What a version said at an earlier revision.
pub async fn find_revision(
    tx: &mut Tx,
    scope: &Scope,
    id: WorkflowVersionId,
    revision: i64,
) -> Result<Option<String>, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT definition FROM workflow_revisions
         WHERE application_id = $1 AND workflow_version_id = $2 AND revision = $3")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .bind(revision)
        .fetch_optional(c).await)?)
}

/// Writes what may change of a version: status, label, definition, default. [`Error::Stale`] if it is gone, or another
/// request changed what it does since `expected_revision`.
pub async fn save(tx: &mut Tx, row: &WorkflowRow, expected_revision: i64) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE workflows
         SET status = $3, label = $4, definition = $5, is_default = $6, updated_at = $7, revision = $8,
             published_at = $9
         WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL AND revision = $10")
        .bind(row.application_id.to_string())
        .bind(row.id.to_string())
        .bind(&row.status)
        .bind(&row.label)
        .bind(&row.definition)
        .bind(row.is_default)
        .bind(row.updated_at.as_millisecond())
        .bind(row.revision)
        .bind(millis(row.published_at))
        .bind(expected_revision)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Makes no workflow the application's default; the caller then makes one.
pub async fn clear_default(tx: &mut Tx, scope: &Scope) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE workflows SET is_default = FALSE WHERE application_id = $1 AND is_default")
        .bind(scope.application_id().to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Hides a version from every list; sessions that began on it go on. False if there was none.
pub async fn delete(
    tx: &mut Tx,
    scope: &Scope,
    id: WorkflowVersionId,
    now: Timestamp,
) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE workflows SET deleted_at = $3 WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .bind(now.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}
