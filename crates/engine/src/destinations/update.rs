//! Changing a destination; its secret stays.

use model::id::DestinationId;
use outbound::retry::RetryProfile;
use serde_json::json;
use store::destinations::DestinationRow;
use store::{Constraint, Scope};

use super::{Destination, Refused, encoded, known_events, opened, subscriptions};
use crate::{Engine, audit};

/// The fields of a patch; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of a destination")]
pub struct Changes {
    pub label: Option<String>,
    pub url: Option<String>,
    pub enabled: Option<bool>,
    pub webhook_version: Option<String>,
    pub retry_profile: Option<RetryProfile>,
    /// Replaces the list.
    pub subscribed_events: Option<Vec<String>>,
}

/// Applies a patch.
pub async fn update(
    engine: &Engine,
    scope: &Scope,
    id: DestinationId,
    changes: Changes,
) -> Result<Destination, Refused> {
    if let Some(url) = &changes.url {
        engine.reach.check(url)?;
    }
    let events = changes.subscribed_events.map(known_events).transpose()?;
    let mut tx = engine.store.begin().await?;
    let row = store::destinations::find_locked(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let row = DestinationRow {
        label: changes.label.unwrap_or(row.label),
        url: changes.url.unwrap_or(row.url),
        enabled: changes.enabled.unwrap_or(row.enabled),
        webhook_version: changes.webhook_version.unwrap_or(row.webhook_version),
        subscribed_events: events.as_deref().map_or(row.subscribed_events, encoded),
        updated_at: engine.now(),
        retry_profile: changes.retry_profile.map(|profile| profile.name().to_owned()).or(row.retry_profile),
        ..row
    };
    store::destinations::save(&mut tx, &row).await.map_err(|error| match error {
        store::Error::Taken(Constraint::DestinationUrl) => Refused::Taken,
        store::Error::Stale => Refused::NotFound,
        other => Refused::Store(other),
    })?;
    let summary = store::deliveries::summarize(&mut tx, scope, id).await?;
    let details = json!({ "enabled": row.enabled, "events": subscriptions(&row)? });
    audit::note(engine, &mut tx, scope, "destination.changed", id, details).await?;
    tx.commit().await?;
    opened(engine, row, summary)
}
