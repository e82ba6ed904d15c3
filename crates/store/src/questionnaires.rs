//! Questionnaires: every row is one version.

use jiff::Timestamp;
use model::id::{ApplicationId, QuestionnaireId};

use crate::column::{IdText, MaybeMillis, Millis, millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, group_id, application_id, version, status, content, published_at, created_at, updated_at"
    };
}

/// One version of a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0010_questionnaires.sql")]
pub struct QuestionnaireRow {
    #[sqlx(try_from = "IdText")]
    pub id: QuestionnaireId,
    /// The first version's id, which all versions share.
    #[sqlx(try_from = "IdText")]
    pub group_id: QuestionnaireId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    /// From 1, rising.
    pub version: i64,
    /// `draft` or `published`.
    pub status: String,
    /// Title, languages and questions as JSON.
    pub content: String,
    #[sqlx(try_from = "MaybeMillis")]
    pub published_at: Option<Timestamp>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
}

/// Adds a version; [`crate::Constraint::QuestionnaireVersion`] if another took its number.
pub async fn insert(tx: &mut Tx, row: &QuestionnaireRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO questionnaires (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"))
        .bind(row.id.to_string())
        .bind(row.group_id.to_string())
        .bind(row.application_id.to_string())
        .bind(row.version)
        .bind(&row.status)
        .bind(&row.content)
        .bind(millis(row.published_at))
        .bind(row.created_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// This version.
pub async fn find(
    tx: &mut Tx,
    scope: &Scope,
    id: QuestionnaireId,
) -> Result<Option<QuestionnaireRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM questionnaires WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The newest published version of a group.
pub async fn find_published(
    tx: &mut Tx,
    scope: &Scope,
    group: QuestionnaireId,
) -> Result<Option<QuestionnaireRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM questionnaires
         WHERE application_id = $1 AND group_id = $2 AND status = 'published' AND deleted_at IS NULL
         ORDER BY version DESC LIMIT 1"))
        .bind(scope.application_id().to_string())
        .bind(group.to_string())
        .fetch_optional(c).await)?)
}

/// The highest number of a group's versions, deleted ones among them: the next one is this plus one.
pub async fn latest_version(
    tx: &mut Tx,
    scope: &Scope,
    group: QuestionnaireId,
) -> Result<Option<i64>, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT MAX(version) FROM questionnaires WHERE application_id = $1 AND group_id = $2")
        .bind(scope.application_id().to_string())
        .bind(group.to_string())
        .fetch_one(c).await)?)
}

/// How many versions there are.
pub async fn count(tx: &mut Tx, scope: &Scope) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM questionnaires WHERE application_id = $1 AND deleted_at IS NULL")
        .bind(scope.application_id().to_string())
        .fetch_one(c).await)?)
}

/// Some of the versions, newest first.
pub async fn list(
    tx: &mut Tx,
    scope: &Scope,
    limit: i64,
    offset: i64,
) -> Result<Vec<QuestionnaireRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM questionnaires
         WHERE application_id = $1 AND deleted_at IS NULL
         ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3"))
        .bind(scope.application_id().to_string())
        .bind(limit)
        .bind(offset)
        .fetch_all(c).await)?)
}

/// Writes what may change of a version: status, content, dates. [`Error::Stale`] if it is gone.
pub async fn save(tx: &mut Tx, row: &QuestionnaireRow) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE questionnaires SET status = $3, content = $4, published_at = $5, updated_at = $6
         WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL")
        .bind(row.application_id.to_string())
        .bind(row.id.to_string())
        .bind(&row.status)
        .bind(&row.content)
        .bind(millis(row.published_at))
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Removes a version; its number is not given again. False if there was none.
pub async fn delete(tx: &mut Tx, scope: &Scope, id: QuestionnaireId, now: Timestamp) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE questionnaires SET deleted_at = $3 WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .bind(now.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Removes a group's drafts: a published version has overtaken them.
pub async fn delete_drafts(
    tx: &mut Tx,
    scope: &Scope,
    group: QuestionnaireId,
    now: Timestamp,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE questionnaires SET deleted_at = $3
         WHERE application_id = $1 AND group_id = $2 AND status = 'draft' AND deleted_at IS NULL")
        .bind(scope.application_id().to_string())
        .bind(group.to_string())
        .bind(now.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}
