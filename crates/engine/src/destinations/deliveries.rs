//! The delivery log of a destination.

use jiff::Timestamp;
use model::id::{DeliveryId, DestinationId, EventId, SessionId};
use serde_json::Value;
use store::deliveries::{DeliveryRow, Filter};
use store::{Place, Scope};

use super::Refused;
use crate::Engine;
use crate::webhooks::Seal;
use crate::workflows::Page;

/// One attempt to deliver.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "core API §6.1")]
pub struct Delivery {
    pub id: DeliveryId,
    pub event_id: EventId,
    pub session_id: Option<SessionId>,
    pub webhook_type: String,
    /// From 1, rising with each attempt at the same event.
    pub attempt: i64,
    pub request_url: String,
    pub response_status: Option<i64>,
    pub response_time_ms: Option<i64>,
    /// `delivered` or `failed`.
    pub status: String,
    pub created_at: Timestamp,
    /// Why it was sent: `event`, `resend`, `replay` or `test`.
    pub cause: String,
}

/// What was sent with it, and what came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Header names and values.
    pub headers: Value,
    /// The body, byte for byte.
    pub body: String,
    /// What the receiver answered, as much as is kept.
    pub response_body: String,
    /// Why it was not delivered.
    pub error: Option<String>,
}

/// The attempts of one destination that fit, newest first.
pub async fn list_deliveries(
    engine: &Engine,
    scope: &Scope,
    destination: DestinationId,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<Page<Delivery>, Refused> {
    let mut tx = engine.store.read().await?;
    store::destinations::find(&mut tx, scope, destination).await?.ok_or(Refused::NotFound)?;
    let count = store::deliveries::count(&mut tx, scope, destination, filter).await?;
    let rows = store::deliveries::list(&mut tx, scope, destination, filter, limit, offset).await?;
    let count = usize::try_from(count).unwrap_or(0);
    Ok(Page { count, items: rows.into_iter().map(logged).collect() })
}

/// One attempt with what was sent; nothing of that once the session has been erased.
pub async fn get_delivery(
    engine: &Engine,
    scope: &Scope,
    destination: DestinationId,
    id: DeliveryId,
) -> Result<(Delivery, Option<Request>), Refused> {
    let mut tx = engine.store.read().await?;
    store::destinations::find(&mut tx, scope, destination).await?.ok_or(Refused::NotFound)?;
    let row =
        store::deliveries::find(&mut tx, scope, destination, id).await?.ok_or(Refused::DeliveryNotFound)?;
    let request = match Seal::of(engine, &mut tx, row.session_id).await? {
        Some(seal) => seal.open(engine, &delivery_place(id), &row.sealed_request)?,
        None => None,
    };
    Ok((logged(row), request.as_ref().map(request_of)))
}

fn request_of(sent: &Value) -> Request {
    let text = |name: &str| sent.get(name).and_then(Value::as_str).map(str::to_owned);
    Request {
        headers: sent.get("headers").cloned().unwrap_or(Value::Null),
        body: text("body").unwrap_or_default(),
        response_body: text("response_body").unwrap_or_default(),
        error: text("error"),
    }
}

/// Where what was sent lies.
pub(crate) fn delivery_place(id: DeliveryId) -> Place {
    Place::new("deliveries", id)
}

fn logged(row: DeliveryRow) -> Delivery {
    Delivery {
        id: row.id,
        event_id: row.event_id,
        session_id: row.session_id,
        webhook_type: row.webhook_type,
        attempt: row.attempt,
        request_url: row.request_url,
        response_status: row.response_status,
        response_time_ms: row.response_time_ms,
        status: row.status,
        created_at: row.created_at,
        cause: row.cause.unwrap_or_else(|| "event".to_owned()),
    }
}
