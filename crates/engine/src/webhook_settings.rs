//! What an application sets for all its sessions on the older webhook route (core API §6.1): one address, how long
//! sessions are kept, where callbacks may lead.

use model::id::ApplicationId;
use outbound::Unreachable;
use store::destinations::DestinationRow;
use store::webhook_settings::SettingsRow;
use store::{Place, Scope, Tx};
use url::Url;

use crate::{Engine, secrets};

mod change;
mod retention;

pub use change::{Changes, change};
pub(crate) use retention::erase_old_sessions;

/// Devices on which evidence may be captured.
pub const CAPTURE_METHODS: [&str; 3] = ["mobile", "desktop", "both"];

/// The settings as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where session events go, if anywhere.
    pub webhook_url: Option<String>,
    /// The payload version asked for.
    pub webhook_version: String,
    /// The key of all signatures; it is there before the address is.
    pub secret: String,
    /// One of [`CAPTURE_METHODS`].
    pub capture_method: String,
    /// Sessions older than this are erased.
    pub data_retention_months: Option<i64>,
    /// Origins to which callbacks may lead; empty means any.
    pub allowed_domains: Vec<String>,
}

/// Why they are not changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The address can never be called.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// This is no origin.
    #[error("{0} is not an origin")]
    NoOrigin(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The application's settings.
pub async fn get(engine: &Engine, scope: &Scope) -> Result<Settings, store::Error> {
    let mut tx = engine.store.begin().await?;
    let (row, destination) = load(engine, &mut tx, scope).await?;
    let settings = opened(engine, &row, destination.as_ref())?;
    tx.commit().await?;
    Ok(settings)
}

/// Whether the application lets callbacks lead there. Only web addresses have an origin; an app's own scheme always may.
pub async fn allows_callback(engine: &Engine, scope: &Scope, callback: &str) -> Result<bool, store::Error> {
    let Some(url) = Url::parse(callback).ok().filter(|url| matches!(url.scheme(), "http" | "https")) else {
        return Ok(true);
    };
    let Some(stored) = store::webhook_settings::allowed_domains(&engine.store, scope).await? else {
        return Ok(true);
    };
    let allowed = domains(&stored, scope.application_id())?;
    let origin = url.origin().ascii_serialization();
    Ok(allowed.is_empty() || allowed.contains(&origin))
}

/// The row, made if there was none, and the destination that carries its address if that is still there.
async fn load(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
) -> Result<(SettingsRow, Option<DestinationRow>), store::Error> {
    let id = scope.application_id();
    let row = if let Some(row) = store::webhook_settings::find_locked(tx, scope).await? {
        row
    } else {
        store::webhook_settings::insert_if_absent(tx, &fresh(engine, id)).await?;
        let made = store::webhook_settings::find_locked(tx, scope).await?;
        made.ok_or(store::Error::Stale)?
    };
    let destination = match row.destination_id {
        Some(id) => store::destinations::find_locked(tx, scope, id).await?,
        None => None,
    };
    Ok((row, destination))
}

fn fresh(engine: &Engine, id: ApplicationId) -> SettingsRow {
    SettingsRow {
        application_id: id,
        destination_id: None,
        sealed_secret: engine.keyring.seal(&place(id), secrets::token::<32>().as_bytes()),
        webhook_version: "v3".to_owned(),
        capture_method: "both".to_owned(),
        data_retention_months: None,
        allowed_domains: "[]".to_owned(),
        updated_at: engine.now(),
    }
}

fn opened(
    engine: &Engine,
    row: &SettingsRow,
    destination: Option<&DestinationRow>,
) -> Result<Settings, store::Error> {
    let secret = match destination {
        Some(row) => engine.keyring.open_text(&crate::destinations::place(row.id), &row.sealed_secret)?,
        None => engine.keyring.open_text(&place(row.application_id), &row.sealed_secret)?,
    };
    let version = destination.map_or(&row.webhook_version, |row| &row.webhook_version);
    Ok(Settings {
        webhook_url: destination.map(|row| row.url.clone()),
        webhook_version: version.clone(),
        secret,
        capture_method: row.capture_method.clone(),
        data_retention_months: row.data_retention_months,
        allowed_domains: domains(&row.allowed_domains, row.application_id)?,
    })
}

fn domains(stored: &str, id: ApplicationId) -> Result<Vec<String>, store::Error> {
    serde_json::from_str(stored)
        .map_err(|_| store::Error::Corrupt { table: "webhook_settings", id: id.to_string() })
}

fn place(id: ApplicationId) -> Place {
    Place::new("webhook_settings", id)
}
