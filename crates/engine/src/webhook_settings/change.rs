//! Changing an application's webhook settings. The address lives in a destination like any other.

use model::id::DestinationId;
use serde_json::json;
use store::destinations::DestinationRow;
use store::webhook_settings::SettingsRow;
use store::{Scope, Tx};
use url::Url;

use super::{Refused, Settings, load, opened, place};
use crate::destinations::{self, encoded};
use crate::{Engine, audit, secrets};

/// The fields of a patch; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Somewhere, or nowhere.
    pub webhook_url: Option<Option<String>>,
    /// One of [`crate::destinations::VERSIONS`].
    pub webhook_version: Option<String>,
    /// Makes a new secret; the old one dies at once.
    pub rotate_secret_key: bool,
    /// One of [`super::CAPTURE_METHODS`].
    pub capture_method: Option<String>,
    /// 1 to 120, or for ever.
    pub data_retention_months: Option<Option<i64>>,
    /// Replaces the list.
    pub allowed_domains: Option<Vec<String>>,
}

/// Applies a patch.
pub async fn change(engine: &Engine, scope: &Scope, changes: Changes) -> Result<Settings, Refused> {
    if let Some(Some(url)) = &changes.webhook_url {
        engine.reach.check(url)?;
    }
    let origins = changes.allowed_domains.map(|list| list.iter().map(|text| origin(text)).collect());
    let origins: Option<Vec<String>> = origins.transpose()?;
    let mut tx = engine.store.begin().await?;
    let (mut row, mut destination) = load(engine, &mut tx, scope).await?;
    if let Some(wanted) = changes.webhook_url {
        destination = lead_to(engine, &mut tx, scope, &mut row, destination, wanted).await?;
    }
    if let Some(version) = changes.webhook_version {
        row.webhook_version = version;
    }
    if changes.rotate_secret_key {
        row.sealed_secret =
            engine.keyring.seal(&place(row.application_id), secrets::token::<32>().as_bytes());
    }
    if let Some(destination) = &mut destination {
        destination.webhook_version.clone_from(&row.webhook_version);
        if changes.rotate_secret_key {
            destinations::renew(engine, destination, None);
        }
        destination.updated_at = engine.now();
        store::destinations::save(&mut tx, destination).await?;
    }
    row.destination_id = destination.as_ref().map(|row| row.id);
    row.capture_method = changes.capture_method.unwrap_or(row.capture_method);
    row.data_retention_months = changes.data_retention_months.unwrap_or(row.data_retention_months);
    row.allowed_domains = origins.as_deref().map_or(row.allowed_domains, encoded);
    row.updated_at = engine.now();
    store::webhook_settings::save(&mut tx, &row).await?;
    let details =
        json!({"secret_rotated": changes.rotate_secret_key, "retention_months": row.data_retention_months});
    audit::note(engine, &mut tx, scope, "webhook_settings.updated", scope.application_id(), details).await?;
    tx.commit().await?;
    Ok(opened(engine, &row, destination.as_ref())?)
}

/// The destination that carries the address from now on: the one that has it, the one before under the new address, or a
/// new one with the secret that was shown while there was none.
async fn lead_to(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    row: &mut SettingsRow,
    before: Option<DestinationRow>,
    wanted: Option<String>,
) -> Result<Option<DestinationRow>, store::Error> {
    let Some(url) = wanted else {
        if let Some(before) = before {
            let secret = engine.keyring.open_text(&destinations::place(before.id), &before.sealed_secret)?;
            row.sealed_secret = engine.keyring.seal(&place(row.application_id), secret.as_bytes());
            store::destinations::delete(tx, scope, before.id, engine.now()).await?;
        }
        return Ok(None);
    };
    if let Some(there) = store::destinations::find_by_url(tx, scope, &url).await? {
        return Ok(Some(there));
    }
    if let Some(before) = before {
        return Ok(Some(DestinationRow { url, ..before }));
    }
    let made = new_destination(engine, scope, row, url)?;
    store::destinations::insert(tx, &made).await?;
    Ok(Some(made))
}

fn new_destination(
    engine: &Engine,
    scope: &Scope,
    row: &SettingsRow,
    url: String,
) -> Result<DestinationRow, store::Error> {
    let (id, now) = (DestinationId(engine.uuid()), engine.now());
    let secret = engine.keyring.open_text(&place(row.application_id), &row.sealed_secret)?;
    Ok(DestinationRow {
        id,
        application_id: scope.application_id(),
        label: "Webhook".to_owned(),
        url,
        enabled: true,
        webhook_version: row.webhook_version.clone(),
        subscribed_events: encoded(&["status.updated".to_owned(), "data.updated".to_owned()]),
        sealed_secret: engine.keyring.seal(&destinations::place(id), secret.as_bytes()),
        created_at: now,
        updated_at: now,
        retry_profile: None,
        sealed_previous_secret: None,
        previous_secret_until: None,
        switched: None,
    })
}

/// `https://app.example.com`, or only the name of the host, which means https.
fn origin(text: &str) -> Result<String, Refused> {
    let no_origin = || Refused::NoOrigin(text.chars().take(100).collect());
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&whole).map_err(|_| no_origin())?;
    let plain = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let anonymous = url.username().is_empty() && url.password().is_none();
    if plain && web && anonymous && !whole.contains('*') {
        Ok(url.origin().ascii_serialization())
    } else {
        Err(no_origin())
    }
}
