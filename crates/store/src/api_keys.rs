//! Named keys of an application.

use jiff::Timestamp;
use model::id::{AccountId, ApplicationId};
use uuid::Uuid;

use crate::column::{IdText, MaybeIdText, MaybeMillis, Millis, millis, text};
use crate::database::{on, once};
use crate::{Error, Mode, Scope, Store, Tx};

macro_rules! columns {
    () => {
        "id, application_id, name, key_hash, hint, scopes, workflow_ids, allowed_networks, approved_only, media_access,
         expires_at, revoked_at, created_by, created_at"
    };
}

/// One key.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0014_access.sql")]
pub struct ApiKeyRow {
    #[sqlx(try_from = "IdText")]
    pub id: Uuid,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    pub name: String,
    pub key_hash: String,
    pub hint: String,
    pub scopes: String,
    pub workflow_ids: Option<String>,
    pub allowed_networks: Option<String>,
    pub approved_only: bool,
    pub media_access: bool,
    #[sqlx(try_from = "MaybeMillis")]
    pub expires_at: Option<Timestamp>,
    #[sqlx(try_from = "MaybeMillis")]
    pub revoked_at: Option<Timestamp>,
    #[sqlx(try_from = "MaybeIdText")]
    pub created_by: Option<Uuid>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Authenticated {
    #[sqlx(flatten)]
    key: ApiKeyRow,
    #[sqlx(try_from = "IdText")]
    organization_id: model::id::OrganizationId,
    #[sqlx(try_from = "String")]
    mode: Mode,
}

/// Whose key this is, by its keyed hash, as of now; also one that was revoked or has expired. Every request with a named
/// key asks this, so it is no transaction.
pub async fn authenticate(store: &Store, key_hash: &str) -> Result<Option<(Scope, ApiKeyRow)>, Error> {
    let found: Option<Authenticated> = once!(store, pool => sqlx::query_as(
        "SELECT api_keys.id, api_keys.application_id, api_keys.name, key_hash, hint, scopes, workflow_ids,
                allowed_networks, approved_only, media_access, expires_at, revoked_at, created_by,
                api_keys.created_at, applications.organization_id, applications.mode
         FROM api_keys JOIN applications ON applications.id = api_keys.application_id
         WHERE key_hash = $1")
        .bind(key_hash)
        .fetch_optional(pool).await)?;
    Ok(found.map(|found| {
        let scope = Scope::new(found.key.application_id, found.organization_id, found.mode);
        (scope, found.key)
    }))
}

/// Adds a key.
pub async fn insert(tx: &mut Tx, row: &ApiKeyRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO api_keys (", columns!(), ")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(&row.name)
        .bind(&row.key_hash)
        .bind(&row.hint)
        .bind(&row.scopes)
        .bind(&row.workflow_ids)
        .bind(&row.allowed_networks)
        .bind(row.approved_only)
        .bind(row.media_access)
        .bind(millis(row.expires_at))
        .bind(millis(row.revoked_at))
        .bind(text(row.created_by))
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The application's keys, oldest first, the revoked ones too.
pub async fn list(tx: &mut Tx, scope: &Scope) -> Result<Vec<ApiKeyRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM api_keys WHERE application_id = $1 ORDER BY created_at, id"))
        .bind(scope.application_id().to_string())
        .fetch_all(c).await)?)
}

/// The application's key with this id.
pub async fn find(tx: &mut Tx, scope: &Scope, id: Uuid) -> Result<Option<ApiKeyRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM api_keys WHERE application_id = $1 AND id = $2"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// What the key of an audit entry is called; also after it was revoked.
pub async fn name(tx: &mut Tx, id: Uuid) -> Result<Option<String>, Error> {
    Ok(on!(tx, c => sqlx::query_scalar("SELECT name FROM api_keys WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// Who made a key, if that is known; also of one that was revoked.
pub async fn creator(tx: &mut Tx, id: Uuid) -> Result<Option<AccountId>, Error> {
    let made: Option<Option<String>> = on!(tx, c => sqlx::query_scalar("SELECT created_by FROM api_keys WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(c).await)?;
    let corrupt = |_| Error::Corrupt { table: "api_keys", id: id.to_string() };
    made.flatten().map(|text| text.parse().map_err(corrupt)).transpose()
}

/// Ends a key for ever. False if there is no live one.
pub async fn revoke(tx: &mut Tx, scope: &Scope, id: Uuid, at: Timestamp) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE api_keys SET revoked_at = $3 WHERE application_id = $1 AND id = $2 AND revoked_at IS NULL")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .bind(at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}
