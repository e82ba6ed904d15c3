//! What an application sets for all its sessions on the older webhook route.

use jiff::Timestamp;
use model::id::{ApplicationId, DestinationId, SessionId};

use crate::column::{IdText, MaybeIdText, Millis, text};
use crate::database::{on, once};
use crate::{Error, Scope, Store, Tx};

macro_rules! columns {
    () => {
        "application_id, destination_id, sealed_secret, webhook_version, capture_method, data_retention_months, \
         allowed_domains, updated_at"
    };
}

/// One application's.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0013_webhooks.sql")]
pub struct SettingsRow {
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    #[sqlx(try_from = "MaybeIdText")]
    pub destination_id: Option<DestinationId>,
    /// Sealed with [`crate::Keyring::seal`].
    pub sealed_secret: Vec<u8>,
    pub webhook_version: String,
    pub capture_method: String,
    pub data_retention_months: Option<i64>,
    pub allowed_domains: String,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
}

/// An application whose sessions live for so many months.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct Retention {
    /// The application.
    #[sqlx(flatten)]
    pub scope: Scope,
    /// How long.
    pub months: i64,
}

/// Adds the application's settings unless it has some.
pub async fn insert_if_absent(tx: &mut Tx, row: &SettingsRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO webhook_settings (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (application_id) DO NOTHING"))
        .bind(row.application_id.to_string())
        .bind(text(row.destination_id))
        .bind(&row.sealed_secret)
        .bind(&row.webhook_version)
        .bind(&row.capture_method)
        .bind(row.data_retention_months)
        .bind(&row.allowed_domains)
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The application's settings, kept from other writers until this transaction ends.
pub async fn find_locked(tx: &mut Tx, scope: &Scope) -> Result<Option<SettingsRow>, Error> {
    if let Tx::Postgres(transaction, _) = tx {
        sqlx::query("SELECT application_id FROM webhook_settings WHERE application_id = $1 FOR UPDATE")
            .bind(scope.application_id().to_string())
            .fetch_optional(&mut **transaction)
            .await?;
    }
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM webhook_settings WHERE application_id = $1"))
        .bind(scope.application_id().to_string())
        .fetch_optional(c).await)?)
}

/// Writes them.
pub async fn save(tx: &mut Tx, row: &SettingsRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE webhook_settings
         SET destination_id = $2, sealed_secret = $3, webhook_version = $4, capture_method = $5,
             data_retention_months = $6, allowed_domains = $7, updated_at = $8
         WHERE application_id = $1")
        .bind(row.application_id.to_string())
        .bind(text(row.destination_id))
        .bind(&row.sealed_secret)
        .bind(&row.webhook_version)
        .bind(&row.capture_method)
        .bind(row.data_retention_months)
        .bind(&row.allowed_domains)
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The origins to which the application's callbacks may lead, as they are stored; nothing if it never said.
pub async fn allowed_domains(store: &Store, scope: &Scope) -> Result<Option<String>, Error> {
    Ok(
        once!(store, pool => sqlx::query_scalar("SELECT allowed_domains FROM webhook_settings WHERE application_id = $1")
        .bind(scope.application_id().to_string())
        .fetch_optional(pool).await)?,
    )
}

/// Every application that keeps its sessions for a limited time.
pub async fn list_retentions(store: &Store) -> Result<Vec<Retention>, Error> {
    Ok(once!(store, pool => sqlx::query_as(
        "SELECT applications.id AS application_id, applications.organization_id, applications.mode,
                webhook_settings.data_retention_months AS months
         FROM webhook_settings JOIN applications ON applications.id = webhook_settings.application_id
         WHERE webhook_settings.data_retention_months IS NOT NULL
         ORDER BY applications.id")
        .fetch_all(pool).await)?)
}

/// Sessions of any kind that were made before this moment, oldest first.
pub async fn list_sessions_before(
    tx: &mut Tx,
    scope: &Scope,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<SessionId>, Error> {
    let ids: Vec<Found> = on!(tx, c => sqlx::query_as(
        "SELECT id FROM sessions WHERE application_id = $1 AND deleted_at IS NULL AND created_at < $2
         ORDER BY created_at, id LIMIT $3")
        .bind(scope.application_id().to_string())
        .bind(before.as_millisecond())
        .bind(limit)
        .fetch_all(c).await)?;
    Ok(ids.into_iter().map(|found| found.id).collect())
}

#[derive(sqlx::FromRow)]
struct Found {
    #[sqlx(try_from = "IdText")]
    id: SessionId,
}
