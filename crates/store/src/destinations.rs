//! Where integrators want events delivered.

use jiff::Timestamp;
use model::id::{ApplicationId, DestinationId};

use crate::column::{IdText, MaybeMillis, Millis, millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, application_id, label, url, enabled, webhook_version, subscribed_events, sealed_secret, created_at, updated_at, \
         retry_profile, sealed_previous_secret, previous_secret_until, switched"
    };
}

/// One address.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0005_events.sql and 0013_webhooks.sql")]
pub struct DestinationRow {
    #[sqlx(try_from = "IdText")]
    pub id: DestinationId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    pub label: String,
    pub url: String,
    pub enabled: bool,
    pub webhook_version: String,
    /// A JSON array of event names.
    pub subscribed_events: String,
    /// Sealed with [`crate::Keyring::seal`].
    pub sealed_secret: Vec<u8>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
    pub retry_profile: Option<String>,
    /// The secret before the last rotation, sealed with [`crate::Keyring::seal`].
    pub sealed_previous_secret: Option<Vec<u8>>,
    /// When that one dies.
    #[sqlx(try_from = "MaybeMillis")]
    pub previous_secret_until: Option<Timestamp>,
    /// Whether the receiver was last seen to hold the new one.
    pub switched: Option<bool>,
}

impl DestinationRow {
    /// Unique while the destination lives.
    fn live_url_key(&self) -> String {
        format!("{} {}", self.application_id, self.url)
    }
}

/// Adds a destination. False, and nothing done, if the application has a live one with this address.
pub async fn insert(tx: &mut Tx, row: &DestinationRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(concat!(
        "INSERT INTO destinations (", columns!(), ", live_url_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (live_url_key) DO NOTHING"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(&row.label)
        .bind(&row.url)
        .bind(row.enabled)
        .bind(&row.webhook_version)
        .bind(&row.subscribed_events)
        .bind(&row.sealed_secret)
        .bind(row.created_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .bind(&row.retry_profile)
        .bind(&row.sealed_previous_secret)
        .bind(millis(row.previous_secret_until))
        .bind(row.switched)
        .bind(row.live_url_key())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// The destination with this id.
pub async fn find(tx: &mut Tx, scope: &Scope, id: DestinationId) -> Result<Option<DestinationRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM destinations WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The same, kept from other writers until this transaction ends. SQLite has one writer anyway.
pub async fn find_locked(
    tx: &mut Tx,
    scope: &Scope,
    id: DestinationId,
) -> Result<Option<DestinationRow>, Error> {
    if let Tx::Postgres(transaction, _) = tx {
        sqlx::query("SELECT id FROM destinations WHERE application_id = $1 AND id = $2 FOR UPDATE")
            .bind(scope.application_id().to_string())
            .bind(id.to_string())
            .fetch_optional(&mut **transaction)
            .await?;
    }
    find(tx, scope, id).await
}

/// The live destination of this address.
pub async fn find_by_url(tx: &mut Tx, scope: &Scope, url: &str) -> Result<Option<DestinationRow>, Error> {
    Ok(
        on!(tx, c => sqlx::query_as(concat!("SELECT ", columns!(), " FROM destinations WHERE live_url_key = $1"))
        .bind(format!("{} {url}", scope.application_id()))
        .fetch_optional(c).await)?,
    )
}

/// The application's destinations, oldest first.
pub async fn list(tx: &mut Tx, scope: &Scope) -> Result<Vec<DestinationRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM destinations
         WHERE application_id = $1 AND deleted_at IS NULL
         ORDER BY created_at, id"))
        .bind(scope.application_id().to_string())
        .fetch_all(c).await)?)
}

/// Writes what changes of a destination. [`Error::Stale`] if it is gone, [`crate::Constraint::DestinationUrl`] if
/// another live one has the address.
pub async fn save(tx: &mut Tx, row: &DestinationRow) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE destinations
         SET label = $3, url = $4, enabled = $5, webhook_version = $6, subscribed_events = $7, sealed_secret = $8,
             updated_at = $9, live_url_key = $10, retry_profile = $11, sealed_previous_secret = $12,
             previous_secret_until = $13, switched = $14
         WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL")
        .bind(row.application_id.to_string())
        .bind(row.id.to_string())
        .bind(&row.label)
        .bind(&row.url)
        .bind(row.enabled)
        .bind(&row.webhook_version)
        .bind(&row.subscribed_events)
        .bind(&row.sealed_secret)
        .bind(row.updated_at.as_millisecond())
        .bind(row.live_url_key())
        .bind(&row.retry_profile)
        .bind(&row.sealed_previous_secret)
        .bind(millis(row.previous_secret_until))
        .bind(row.switched)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps which secret the receiver was seen to hold, while it has two.
pub async fn mark_switched(
    tx: &mut Tx,
    scope: &Scope,
    id: DestinationId,
    switched: bool,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE destinations SET switched = $3
         WHERE application_id = $1 AND id = $2 AND sealed_previous_secret IS NOT NULL")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .bind(switched)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets every secret whose time after a rotation is over.
pub async fn drop_old_secrets(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE destinations SET sealed_previous_secret = NULL, previous_secret_until = NULL, switched = NULL
         WHERE previous_secret_until <= $1")
        .bind(now.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Hides a destination and frees its address. False if there was none.
pub async fn delete(tx: &mut Tx, scope: &Scope, id: DestinationId, now: Timestamp) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE destinations
         SET deleted_at = $3, live_url_key = NULL, enabled = FALSE, sealed_previous_secret = NULL
         WHERE application_id = $1 AND id = $2 AND deleted_at IS NULL")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .bind(now.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}
