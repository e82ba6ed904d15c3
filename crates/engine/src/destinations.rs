//! Where integrators want events delivered, and the log of how that went (core API §6.1).

use jiff::Timestamp;
use model::id::DestinationId;
use outbound::Unreachable;
use store::Place;
use store::destinations::DestinationRow;

use crate::Engine;

mod create;
mod delete;
mod deliveries;
mod read;
mod resend;
mod rotate;
mod secrets;
mod send_test;
mod update;

pub use create::{NewDestination, create};
pub use delete::delete;
pub(crate) use deliveries::delivery_place;
pub use deliveries::{Delivery, Request, get_delivery, list_deliveries};
pub use outbound::retry::RetryProfile;
pub use read::{get, list};
pub use resend::resend;
pub(crate) use rotate::renew;
pub use rotate::{end_rotation, rotate_secret};
pub(crate) use secrets::Secrets;
pub use send_test::send_test;
pub use store::deliveries::DeliverySummary;
pub use store::deliveries::Filter;
pub use update::{Changes, update};

/// Every event that can be subscribed to (core API §6.2), spelled exactly.
pub const EVENTS: [&str; 9] = [
    "status.updated",
    "data.updated",
    "user.status.updated",
    "user.data.updated",
    "business.status.updated",
    "business.data.updated",
    "activity.created",
    "transaction.created",
    "transaction.status.updated",
];

/// The payload versions a destination may ask for; the payload is that of `v3` in each case.
pub const VERSIONS: [&str; 3] = ["v1", "v2", "v3"];

/// One address, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    /// Its id.
    pub id: DestinationId,
    /// The name people see.
    pub label: String,
    /// Where events go.
    pub url: String,
    /// Whether they go there now.
    pub enabled: bool,
    /// The payload version asked for.
    pub webhook_version: String,
    /// The key of all signatures, 43 characters of the URL-safe base64 alphabet.
    pub secret: String,
    /// Names of [`EVENTS`].
    pub subscribed_events: Vec<String>,
    /// How long it is tried.
    pub retry_profile: RetryProfile,
    /// Until when the secret before the last rotation also counts.
    pub previous_secret_until: Option<Timestamp>,
    /// How it fares.
    pub summary: DeliverySummary,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Why a destination is not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The application has no such destination.
    #[error("no such destination")]
    NotFound,
    /// The destination has no such delivery.
    #[error("no such delivery")]
    DeliveryNotFound,
    /// Another destination of the application has the address.
    #[error("the application has a destination with this address")]
    Taken,
    /// The address can never be called.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// These are not events.
    #[error("unsupported events: {}", .0.join(", "))]
    UnknownEvents(Vec<String>),
    /// An empty list was sent.
    #[error("at least one event is required")]
    NoEvents,
    /// Nothing says which events, and the destination wants none.
    #[error("the destination subscribes to nothing")]
    NothingSubscribed,
    /// What was delivered belonged to a session that has been erased.
    #[error("the event was erased with its session")]
    Erased,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

pub(crate) fn place(id: DestinationId) -> Place {
    Place::new("destinations", id)
}

fn opened(engine: &Engine, row: DestinationRow, summary: DeliverySummary) -> Result<Destination, Refused> {
    let secret = engine.keyring.open_text(&place(row.id), &row.sealed_secret)?;
    let subscribed_events = subscriptions(&row)?;
    let (retry_profile, previous_secret_until) = (profile(&row), row.previous_secret_until);
    Ok(Destination {
        retry_profile,
        previous_secret_until: previous_secret_until.filter(|until| engine.now() < *until),
        id: row.id,
        label: row.label,
        url: row.url,
        enabled: row.enabled,
        webhook_version: row.webhook_version,
        secret,
        subscribed_events,
        summary,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// The events a stored destination wants.
pub fn subscriptions(row: &DestinationRow) -> Result<Vec<String>, store::Error> {
    serde_json::from_str(&row.subscribed_events)
        .map_err(|_| store::Error::Corrupt { table: "destinations", id: row.id.to_string() })
}

/// How long a stored destination is tried.
pub(crate) fn profile(row: &DestinationRow) -> RetryProfile {
    row.retry_profile.as_deref().and_then(RetryProfile::of_name).unwrap_or_default()
}

/// Exact names only, each once; an empty list would be a destination by mistake.
pub(crate) fn known_events(events: Vec<String>) -> Result<Vec<String>, Refused> {
    if events.is_empty() {
        return Err(Refused::NoEvents);
    }
    let (known, unknown): (Vec<_>, Vec<_>) =
        events.into_iter().partition(|event| EVENTS.contains(&event.as_str()));
    if !unknown.is_empty() {
        return Err(Refused::UnknownEvents(unknown));
    }
    let mut once: Vec<String> = Vec::new();
    for event in known {
        if !once.contains(&event) {
            once.push(event);
        }
    }
    Ok(once)
}

pub(crate) fn encoded(events: &[String]) -> String {
    serde_json::Value::from(events).to_string()
}
