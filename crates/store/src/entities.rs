//! Users and businesses: whom sessions are about, over all of their sessions.

use jiff::Timestamp;
use model::id::{ApplicationId, EntityId};

use crate::column::{IdText, MaybeMillis, Millis, millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, application_id, kind, vendor_hash, status, session_count, approved_count, declined_count, \
         in_review_count, sealed, version, first_session_at, last_session_at, last_activity_at, created_at, updated_at"
    };
}

/// One user or business.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0012_entities.sql")]
pub struct EntityRow {
    #[sqlx(try_from = "IdText")]
    pub id: EntityId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    /// `user` or `business`.
    pub kind: String,
    pub vendor_hash: Option<String>,
    /// `ACTIVE`, `FLAGGED` or `BLOCKED`.
    pub status: String,
    pub session_count: i64,
    pub approved_count: i64,
    pub declined_count: i64,
    pub in_review_count: i64,
    /// Everything personal, sealed with the entity's key.
    pub sealed: Vec<u8>,
    pub version: i64,
    #[sqlx(try_from = "MaybeMillis")]
    pub first_session_at: Option<Timestamp>,
    #[sqlx(try_from = "MaybeMillis")]
    pub last_session_at: Option<Timestamp>,
    #[sqlx(try_from = "Millis")]
    pub last_activity_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
}

/// Adds an entity. False, and nothing done, if one has this vendor data, also when it is being made in parallel.
pub async fn insert(tx: &mut Tx, row: &EntityRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(concat!(
        "INSERT INTO entities (", columns!(), ")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (vendor_hash) DO NOTHING"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(&row.kind)
        .bind(&row.vendor_hash)
        .bind(&row.status)
        .bind(row.session_count)
        .bind(row.approved_count)
        .bind(row.declined_count)
        .bind(row.in_review_count)
        .bind(&row.sealed)
        .bind(row.version)
        .bind(millis(row.first_session_at))
        .bind(millis(row.last_session_at))
        .bind(row.last_activity_at.as_millisecond())
        .bind(row.created_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// The entity of this vendor data, by its keyed hash.
pub async fn find_by_vendor(
    tx: &mut Tx,
    scope: &Scope,
    vendor_hash: &str,
) -> Result<Option<EntityRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM entities WHERE application_id = $1 AND vendor_hash = $2"))
        .bind(scope.application_id().to_string())
        .bind(vendor_hash)
        .fetch_optional(c).await)?)
}

/// The entity of this vendor data, to be changed: whoever else wants to change it waits until this transaction ends.
pub async fn claim(tx: &mut Tx, scope: &Scope, vendor_hash: &str) -> Result<Option<EntityRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "UPDATE entities SET version = version + 1 WHERE application_id = $1 AND vendor_hash = $2 RETURNING ",
        columns!()))
        .bind(scope.application_id().to_string())
        .bind(vendor_hash)
        .fetch_optional(c).await)?)
}

/// Writes what changes of a claimed entity.
pub async fn save(tx: &mut Tx, row: &EntityRow) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE entities
         SET status = $3, session_count = $4, approved_count = $5, declined_count = $6, in_review_count = $7,
             sealed = $8, first_session_at = $9, last_session_at = $10, last_activity_at = $11, updated_at = $12
         WHERE application_id = $1 AND id = $2")
        .bind(row.application_id.to_string())
        .bind(row.id.to_string())
        .bind(&row.status)
        .bind(row.session_count)
        .bind(row.approved_count)
        .bind(row.declined_count)
        .bind(row.in_review_count)
        .bind(&row.sealed)
        .bind(millis(row.first_session_at))
        .bind(millis(row.last_session_at))
        .bind(row.last_activity_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// One page, the latest session first; entities without a session come last.
pub async fn list(
    tx: &mut Tx,
    scope: &Scope,
    kind: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<EntityRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM entities
         WHERE application_id = $1 AND kind = $2
         ORDER BY COALESCE(last_session_at, 0) DESC, id DESC LIMIT $3 OFFSET $4"))
        .bind(scope.application_id().to_string())
        .bind(kind)
        .bind(limit)
        .bind(offset)
        .fetch_all(c).await)?)
}

/// How many there are.
pub async fn count(tx: &mut Tx, scope: &Scope, kind: &str) -> Result<i64, Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM entities WHERE application_id = $1 AND kind = $2")
        .bind(scope.application_id().to_string())
        .bind(kind)
        .fetch_one(c).await)?,
    )
}

/// The ids of all of a kind.
pub async fn list_ids(tx: &mut Tx, scope: &Scope, kind: &str) -> Result<Vec<EntityId>, Error> {
    let ids: Vec<(String,)> = on!(tx, c => sqlx::query_as(
        "SELECT id FROM entities WHERE application_id = $1 AND kind = $2 ORDER BY id")
        .bind(scope.application_id().to_string())
        .bind(kind)
        .fetch_all(c).await)?;
    ids.into_iter().map(|(id,)| id.parse().map_err(|_| Error::Corrupt { table: "entities", id })).collect()
}

/// Removes an entity with its key, which erases it, and its activities. False if there was none.
pub async fn delete(tx: &mut Tx, scope: &Scope, kind: &str, id: EntityId) -> Result<bool, Error> {
    const OWNED: &str = "(SELECT id FROM entities WHERE application_id = $1 AND kind = $2 AND id = $3)";
    let (application, id) = (scope.application_id().to_string(), id.to_string());
    for table in ["entity_keys", "entity_activities"] {
        let sql = format!("DELETE FROM {table} WHERE entity_id IN {OWNED}");
        on!(tx, c => sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&application)
            .bind(kind)
            .bind(&id)
            .execute(c).await.map(drop))?;
    }
    let deleted = on!(tx, c => sqlx::query("DELETE FROM entities WHERE application_id = $1 AND kind = $2 AND id = $3")
        .bind(&application)
        .bind(kind)
        .bind(&id)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(deleted == 1)
}
