//! One try to deliver one event to one destination: prepared, sent, and what is to be written of it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use model::id::DeliveryId;
use outbound::webhook::{Delivery, Outcome, Undelivered};
use serde_json::{Value, json};
use store::Scope;
use store::deliveries::DeliveryRow;
use store::destinations::DestinationRow;
use store::jobs::Job;

use super::sealed::Seal;
use super::{DeliverWebhook, place};
use crate::decision::{MediaLife, link_media};
use crate::destinations::{Secrets, profile};
use crate::jobs::JobError;
use crate::{Engine, destinations};

/// What one try came to; nothing of it is written yet.
pub(super) struct Tried {
    /// For the log, in their order: a rotation may take two.
    pub(super) entries: Vec<DeliveryRow>,
    /// When to try again, and why.
    pub(super) again: Option<(Timestamp, String)>,
    /// What was learned about the secret that the receiver holds.
    pub(super) switched: Option<bool>,
    /// Whether the receiver kept us waiting to the end.
    pub(super) hung: bool,
    pub(super) scope: Scope,
}

/// Tries once. Nothing if there is nothing to deliver any more: the destination is gone or switched off, or the event
/// was erased.
pub(super) async fn attempt(engine: &Engine, job: &Job) -> Result<Option<Tried>, JobError> {
    let wanted: DeliverWebhook = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let Some(prepared) = Parcel::prepare(engine, &scope, &wanted).await? else { return Ok(None) };
    let (sent, switched) = prepared.send(engine).await;
    let last = sent.last().expect("at least one was sent");
    let failure = u32::try_from(job.failures).unwrap_or(u32::MAX).saturating_add(1);
    let profile = profile(&prepared.destination);
    let wait = if profile.retries(last) { profile.delay(failure, rand::random()) } else { None };
    let now = engine.now();
    let again =
        wait.and_then(|wait| SignedDuration::try_from(wait).ok()).map(|wait| (now + wait, reason(last)));
    let hung = last.error == Some(Undelivered::TimedOut);
    let entries = prepared.log(engine, &scope, &wanted, &sent);
    Ok(Some(Tried { entries, again, switched, hung, scope }))
}

/// Sends a sample once, whatever comes of it, and logs it; nothing if the destination is gone.
pub(crate) async fn send_now(
    engine: &Engine,
    scope: &Scope,
    wanted: &DeliverWebhook,
) -> Result<Option<DeliveryId>, store::Error> {
    let Some(prepared) = Parcel::prepare(engine, scope, wanted).await? else { return Ok(None) };
    let (sent, switched) = prepared.send(engine).await;
    let entries = prepared.log(engine, scope, wanted, &sent);
    let mut tx = engine.store.begin().await?;
    for entry in &entries {
        store::deliveries::insert(&mut tx, entry).await?;
    }
    if let Some(switched) = switched {
        store::destinations::mark_switched(&mut tx, scope, wanted.destination_id, switched).await?;
    }
    tx.commit().await?;
    Ok(entries.last().map(|entry| entry.id))
}

/// Everything that the call needs, read before it so that no transaction waits for the network.
pub(super) struct Parcel {
    pub(super) destination: DestinationRow,
    secrets: Secrets,
    body: Value,
    marks: BTreeMap<String, String>,
    /// The number of the next attempt at this event and destination.
    attempt: i64,
    kind: String,
    seal: Seal,
}

impl Parcel {
    async fn prepare(
        engine: &Engine,
        scope: &Scope,
        wanted: &DeliverWebhook,
    ) -> Result<Option<Self>, store::Error> {
        let mut tx = engine.store.read().await?;
        let destination = store::destinations::find(&mut tx, scope, wanted.destination_id).await?;
        let Some(destination) = destination.filter(|destination| destination.enabled || wanted.is_test())
        else {
            return Ok(None);
        };
        let Some(event) = store::events::find(&mut tx, scope, wanted.event_id).await? else {
            return Ok(None);
        };
        let Some(seal) = Seal::of(engine, &mut tx, wanted.session_id).await? else { return Ok(None) };
        let attempt =
            store::deliveries::next_attempt(&mut tx, scope, wanted.event_id, wanted.destination_id).await?;
        drop(tx);
        let Some(mut body) = seal.open(engine, &place(wanted.event_id), &event.sealed)? else {
            return Ok(None);
        };
        body["timestamp"] = json!(engine.now().as_second() + wanted.skew_seconds.unwrap_or(0));
        body["sequence"] = json!(event.sequence);
        if let Some(session) = wanted.session_id {
            link_media(engine, scope, session, MediaLife::Webhook, &mut body);
        }
        let secrets = Secrets::of(engine, &destination)?;
        let mut marks = secrets.headers(&body);
        marks.insert("X-Webhook-Sequence".to_owned(), event.sequence.to_string());
        if wanted.is_test() {
            marks.insert("X-Didit-Test-Webhook".to_owned(), "true".to_owned());
        }
        Ok(Some(Self { destination, secrets, body, marks, attempt, kind: event.kind, seal }))
    }

    /// Sends it; during a rotation a second time, signed with the other secret, if the receiver refuses the first. Says
    /// which secret it holds if that showed.
    async fn send(&self, engine: &Engine) -> (Vec<Delivery>, Option<bool>) {
        let (url, marks) = (&self.destination.url, || self.marks.clone());
        let first = engine.courier.deliver_with(url, self.secrets.likely(), &self.body, marks()).await;
        let refused = matches!(first.response_status, Some(400 | 401 | 403 | 422));
        let Some((secret, switched)) = self.secrets.other().filter(|_| refused) else {
            return (vec![first], None);
        };
        let second = engine.courier.deliver_with(url, secret, &self.body, marks()).await;
        let learned = (second.outcome == Outcome::Delivered).then_some(switched);
        (vec![first, second], learned)
    }

    fn log(
        &self,
        engine: &Engine,
        scope: &Scope,
        wanted: &DeliverWebhook,
        sent: &[Delivery],
    ) -> Vec<DeliveryRow> {
        let numbered = sent.iter().zip(self.attempt..);
        numbered.map(|(delivery, attempt)| self.entry(engine, scope, wanted, delivery, attempt)).collect()
    }

    fn entry(
        &self,
        engine: &Engine,
        scope: &Scope,
        wanted: &DeliverWebhook,
        delivery: &Delivery,
        attempt: i64,
    ) -> DeliveryRow {
        let id = DeliveryId(engine.uuid());
        let request = json!({
            "headers": delivery.request_headers,
            "body": delivery.request_body,
            "response_body": delivery.response_body_excerpt,
            "error": delivery.error.as_ref().map(ToString::to_string),
        });
        let millis = |millis: u64| i64::try_from(millis).unwrap_or(i64::MAX);
        DeliveryRow {
            id,
            application_id: scope.application_id(),
            destination_id: wanted.destination_id,
            event_id: wanted.event_id,
            session_id: wanted.session_id,
            webhook_type: self.kind.clone(),
            attempt,
            request_url: self.destination.url.clone(),
            // The body holds the decision: it goes with the session's key.
            sealed_request: self.seal.close(engine, &destinations::delivery_place(id), &request),
            response_status: delivery.response_status.map(i64::from),
            response_time_ms: delivery.response_time_ms.map(millis),
            status: if delivery.outcome == Outcome::Delivered { "delivered" } else { "failed" }.to_owned(),
            created_at: engine.now(),
            cause: wanted.cause.map(|cause| cause.name().to_owned()),
            replay_id: wanted.replay_id,
        }
    }
}

fn reason(delivery: &Delivery) -> String {
    delivery.error.as_ref().map_or_else(|| "not delivered".to_owned(), ToString::to_string)
}
