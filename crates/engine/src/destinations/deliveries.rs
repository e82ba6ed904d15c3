//! The delivery log of a destination.

use jiff::Timestamp;
use model::id::{DeliveryId, DestinationId, SessionId};
use serde_json::Value;
use store::deliveries::DeliveryRow;
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
}

/// What was sent with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Header names and values.
    pub headers: Value,
    /// The body, byte for byte.
    pub body: String,
}

/// The attempts of one destination, newest first.
pub async fn list_deliveries(
    engine: &Engine,
    scope: &Scope,
    destination: DestinationId,
    limit: i64,
    offset: i64,
) -> Result<Page<Delivery>, Refused> {
    let mut tx = engine.store.read().await?;
    store::destinations::find(&mut tx, scope, destination).await?.ok_or(Refused::NotFound)?;
    let summary = store::deliveries::summarize(&mut tx, scope, destination).await?;
    let rows = store::deliveries::list(&mut tx, scope, destination, limit, offset).await?;
    let count = usize::try_from(summary.total).unwrap_or(0);
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
    let request = request.map(|sent| Request {
        headers: sent.get("headers").cloned().unwrap_or(Value::Null),
        body: sent.get("body").and_then(Value::as_str).unwrap_or_default().to_owned(),
    });
    Ok((logged(row), request))
}

/// Where what was sent lies.
pub(crate) fn delivery_place(id: DeliveryId) -> Place {
    Place::new("deliveries", id)
}

fn logged(row: DeliveryRow) -> Delivery {
    Delivery {
        id: row.id,
        session_id: row.session_id,
        webhook_type: row.webhook_type,
        attempt: row.attempt,
        request_url: row.request_url,
        response_status: row.response_status,
        response_time_ms: row.response_time_ms,
        status: row.status,
        created_at: row.created_at,
    }
}
