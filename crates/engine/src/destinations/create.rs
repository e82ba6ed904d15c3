//! A new destination with a secret of its own.

use model::id::DestinationId;
use outbound::retry::RetryProfile;
use serde_json::json;
use store::Scope;
use store::destinations::DestinationRow;

use super::{Destination, Refused, encoded, known_events, opened, place};
use crate::{Engine, audit, secrets};

/// What a create asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDestination {
    /// The name people see.
    pub label: String,
    /// Where events go.
    pub url: String,
    /// Whether they go there from now on.
    pub enabled: bool,
    /// One of [`super::VERSIONS`].
    pub webhook_version: String,
    /// How long it is tried.
    pub retry_profile: RetryProfile,
    /// Nothing subscribes to nothing, which is allowed; an empty list is not.
    pub subscribed_events: Option<Vec<String>>,
}

/// Adds it. The address is checked as far as it can be without resolving its name; delivery checks again.
pub async fn create(engine: &Engine, scope: &Scope, new: NewDestination) -> Result<Destination, Refused> {
    engine.reach.check(&new.url)?;
    let events = new.subscribed_events.map(known_events).transpose()?.unwrap_or_default();
    let id = DestinationId(engine.uuid());
    let now = engine.now();
    let row = DestinationRow {
        id,
        application_id: scope.application_id(),
        label: new.label,
        url: new.url,
        enabled: new.enabled,
        webhook_version: new.webhook_version,
        subscribed_events: encoded(&events),
        sealed_secret: engine.keyring.seal(&place(id), secrets::token::<32>().as_bytes()),
        created_at: now,
        updated_at: now,
        retry_profile: Some(new.retry_profile.name().to_owned()),
        sealed_previous_secret: None,
        previous_secret_until: None,
        switched: None,
    };
    let mut tx = engine.store.begin().await?;
    if !store::destinations::insert(&mut tx, &row).await? {
        return Err(Refused::Taken);
    }
    audit::note(engine, &mut tx, scope, "destination.created", id, json!({ "events": events })).await?;
    let summary = store::deliveries::summarize(&mut tx, scope, id).await?;
    tx.commit().await?;
    opened(engine, row, summary)
}
