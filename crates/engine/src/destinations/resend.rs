//! Delivering once more what was delivered, or failed to be.

use model::id::{DeliveryId, DestinationId, EventId};
use serde_json::json;
use store::Scope;

use super::Refused;
use crate::webhooks::{Cause, DeliverWebhook, Seal};
use crate::{Engine, audit, jobs};

/// Queues the event of this attempt for the same destination: the same `event_id`, a fresh timestamp and signature
/// (decisions: `X-Timestamp`).
pub async fn resend(
    engine: &Engine,
    scope: &Scope,
    destination: DestinationId,
    id: DeliveryId,
) -> Result<EventId, Refused> {
    let mut tx = engine.store.begin().await?;
    store::destinations::find(&mut tx, scope, destination).await?.ok_or(Refused::NotFound)?;
    let row =
        store::deliveries::find(&mut tx, scope, destination, id).await?.ok_or(Refused::DeliveryNotFound)?;
    if row.sealed_request.is_empty() || Seal::of(engine, &mut tx, row.session_id).await?.is_none() {
        return Err(Refused::Erased);
    }
    let job = DeliverWebhook {
        event_id: row.event_id,
        destination_id: destination,
        session_id: row.session_id,
        cause: Some(Cause::Resend),
        replay_id: None,
        skew_seconds: None,
    };
    jobs::enqueue_delivery(engine, &mut tx, scope, &job, None, 0).await?;
    let details = json!({ "destination": destination });
    audit::note(engine, &mut tx, scope, "delivery.resent", id, details).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(row.event_id)
}
