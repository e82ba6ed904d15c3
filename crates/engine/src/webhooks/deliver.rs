//! One attempt to deliver one event to one destination.

use jiff::{SignedDuration, Timestamp};
use model::id::DeliveryId;
use outbound::webhook::{Delivery, Outcome, retry_delay};
use serde_json::{Value, json};
use store::deliveries::DeliveryRow;
use store::destinations::DestinationRow;
use store::events::EventRow;
use store::jobs::Job;
use store::{Place, Scope, Tx};

use super::sealed::Seal;
use super::{DeliverWebhook, place};
use crate::decision::{MediaLife, link_media};
use crate::jobs::JobError;
use crate::{Engine, destinations};

/// Delivers, then writes the log entry and settles the job in one transaction: whoever loses the lease meanwhile
/// writes neither.
pub(crate) async fn deliver(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let wanted: DeliverWebhook = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let Some(prepared) = prepare(engine, &scope, &wanted).await? else {
        return settle(engine, job).await;
    };
    if prepared.overtakes && job.attempts <= PATIENCE {
        return wait_for_turn(engine, job).await;
    }
    let delivery = engine.courier.deliver(&prepared.destination.url, &prepared.secret, &prepared.body).await;
    let retry = match delivery.outcome {
        Outcome::Retry => retry_delay(prepared.attempt, rand::random()),
        Outcome::Delivered | Outcome::GiveUp => None,
    };
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    store::deliveries::insert(&mut tx, &log_entry(engine, &scope, &wanted, &prepared, &delivery, now))
        .await?;
    match retry.and_then(|wait| jiff::SignedDuration::try_from(wait).ok()) {
        Some(wait) => store::jobs::retry_at(&mut tx, job, now + wait, &reason(&delivery)).await?,
        None => store::jobs::complete(&mut tx, job).await?,
    }
    tx.commit().await?;
    Ok(())
}

/// An event waits so often for the first attempt of the one before it: 100 ms, then twice as long each time, which is
/// longer than a receiver may take.
const PATIENCE: i64 = 6;

async fn wait_for_turn(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let wait = SignedDuration::from_millis(100 << (job.attempts - 1).clamp(0, PATIENCE));
    let mut tx = engine.store.begin().await?;
    store::jobs::retry_at(&mut tx, job, engine.now() + wait, "waits for an earlier event of its session")
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Everything that the call needs, read before it so that no transaction waits for the network.
struct Prepared {
    destination: DestinationRow,
    secret: String,
    body: Value,
    attempt: u32,
    kind: String,
    seal: Seal,
    /// An earlier event of the session has not been tried at this destination yet.
    overtakes: bool,
}

/// Nothing if there is nothing to deliver any more: the destination is gone or switched off, or the session erased.
async fn prepare(
    engine: &Engine,
    scope: &Scope,
    wanted: &DeliverWebhook,
) -> Result<Option<Prepared>, store::Error> {
    let mut tx = engine.store.read().await?;
    let destination = store::destinations::find(&mut tx, scope, wanted.destination_id).await?;
    let Some(destination) = destination.filter(|destination| destination.enabled) else { return Ok(None) };
    let Some(event) = store::events::find(&mut tx, scope, wanted.event_id).await? else { return Ok(None) };
    let Some(seal) = Seal::of(engine, &mut tx, wanted.session_id).await? else { return Ok(None) };
    let earlier = store::deliveries::list_for_event(&mut tx, scope, wanted.event_id, wanted.destination_id)
        .await?
        .len();
    let overtakes = earlier == 0 && overtakes(&mut tx, scope, &event, &destination).await?;
    drop(tx);
    let Some(mut body) = seal.open(engine, &place(wanted.event_id), &event.sealed)? else { return Ok(None) };
    body["timestamp"] = json!(engine.now().as_second());
    if let Some(session) = wanted.session_id {
        link_media(engine, scope, session, MediaLife::Webhook, &mut body);
    }
    let secret = destinations::secret(engine, &destination)?;
    let attempt = u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1);
    Ok(Some(Prepared { destination, secret, body, attempt, kind: event.kind, seal, overtakes }))
}

/// Receivers that keep the last status they hear of must not end with an older one.
async fn overtakes(
    tx: &mut Tx,
    scope: &Scope,
    event: &EventRow,
    destination: &DestinationRow,
) -> Result<bool, store::Error> {
    let Some(session) = event.session_id else { return Ok(false) };
    for earlier in store::events::list(tx, scope, session).await? {
        let concerns = earlier.sequence < event.sequence && earlier.created_at >= destination.created_at;
        if concerns
            && store::deliveries::list_for_event(tx, scope, earlier.id, destination.id).await?.is_empty()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn settle(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let mut tx = engine.store.begin().await?;
    store::jobs::complete(&mut tx, job).await?;
    tx.commit().await?;
    Ok(())
}

fn log_entry(
    engine: &Engine,
    scope: &Scope,
    wanted: &DeliverWebhook,
    prepared: &Prepared,
    delivery: &Delivery,
    now: Timestamp,
) -> DeliveryRow {
    let id = DeliveryId(engine.uuid());
    let request = json!({
        "headers": delivery.request_headers,
        "body": delivery.request_body,
        "response_body": delivery.response_body_excerpt,
        "error": delivery.error.as_ref().map(ToString::to_string),
    });
    DeliveryRow {
        id,
        application_id: scope.application_id(),
        destination_id: wanted.destination_id,
        event_id: wanted.event_id,
        session_id: wanted.session_id,
        webhook_type: prepared.kind.clone(),
        attempt: i64::from(prepared.attempt),
        request_url: prepared.destination.url.clone(),
        // The body holds the decision: it goes with the session's key.
        sealed_request: prepared.seal.close(engine, &Place::new("deliveries", id), &request),
        response_status: delivery.response_status.map(i64::from),
        response_time_ms: delivery.response_time_ms.map(|millis| i64::try_from(millis).unwrap_or(i64::MAX)),
        status: if delivery.outcome == Outcome::Delivered { "delivered" } else { "failed" }.to_owned(),
        created_at: now,
    }
}

fn reason(delivery: &Delivery) -> String {
    delivery.error.as_ref().map_or_else(|| "not delivered".to_owned(), ToString::to_string)
}
