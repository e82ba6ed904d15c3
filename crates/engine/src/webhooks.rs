//! Telling integrators what changed: the event is written with the change, deliveries are jobs that it leaves.

use model::id::{DestinationId, EventId, SessionId};
use model::session::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::events::EventRow;
use store::{Place, Scope, Tx};
use uuid::Uuid;

use crate::sandbox::{self, Conduct, Fault};
use crate::sessions::{Record, resubmission};
use crate::{Engine, decision, destinations, entities, jobs};

mod deliver;
mod dispatch;
mod replay;
mod samples;
mod sealed;
mod settle;

pub(crate) use deliver::send_now;
pub(crate) use dispatch::{Dispatcher, run};
pub(crate) use replay::{KIND as REPLAY, run as run_replay};
pub use replay::{NewReplay, Replay, get_replay, replay};
pub use samples::Sample;
pub(crate) use samples::sealed_sample;
pub(crate) use sealed::Seal;

/// What happened to a session (core API §6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionEvent {
    /// It was made, or its status changed.
    StatusUpdated,
    /// Its data was corrected after it was made.
    DataUpdated,
}

impl SessionEvent {
    const fn name(self) -> &'static str {
        match self {
            Self::StatusUpdated => "status.updated",
            Self::DataUpdated => "data.updated",
        }
    }
}

/// What happened to a user, a business or a transaction (core API §6.2): an event without a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "core API §6.2")]
pub enum EntityEvent {
    UserStatusUpdated,
    UserDataUpdated,
    BusinessStatusUpdated,
    BusinessDataUpdated,
    TransactionCreated,
    TransactionStatusUpdated,
}

impl EntityEvent {
    const fn name(self) -> &'static str {
        match self {
            Self::UserStatusUpdated => "user.status.updated",
            Self::UserDataUpdated => "user.data.updated",
            Self::BusinessStatusUpdated => "business.status.updated",
            Self::BusinessDataUpdated => "business.data.updated",
            Self::TransactionCreated => "transaction.created",
            Self::TransactionStatusUpdated => "transaction.status.updated",
        }
    }
}

/// What a delivery job has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverWebhook {
    /// What happened.
    pub event_id: EventId,
    /// Who is told.
    pub destination_id: DestinationId,
    /// Whose key opens the event; events without a session open with the keyring.
    pub session_id: Option<SessionId>,
    /// Nothing when it is the event itself that leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// The replay that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay_id: Option<Uuid>,
    /// A sandbox fault: how far off its date is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skew_seconds: Option<i64>,
}

/// Why an event is delivered that was delivered, or happened, before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// Someone asked for this one again.
    Resend,
    /// Someone asked for many again.
    Replay,
    /// It never happened: a sample.
    Test,
}

impl Cause {
    /// As the log spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resend => "resend",
            Self::Replay => "replay",
            Self::Test => "test",
        }
    }
}

impl DeliverWebhook {
    /// The event itself, to one destination.
    pub(crate) fn first(event: &EventRow, destination_id: DestinationId) -> Self {
        let (event_id, session_id) = (event.id, event.session_id);
        Self { event_id, destination_id, session_id, cause: None, replay_id: None, skew_seconds: None }
    }

    /// A sample.
    pub(crate) fn test(event: &EventRow, destination_id: DestinationId) -> Self {
        Self { cause: Some(Cause::Test), ..Self::first(event, destination_id) }
    }

    fn is_test(&self) -> bool {
        self.cause == Some(Cause::Test)
    }
}

/// Writes the event of the session's new status and one delivery job per destination that wants it; says whether any
/// does. Call it after the session was saved in this transaction.
pub(crate) async fn announce(engine: &Engine, tx: &mut Tx, record: &Record) -> Result<bool, store::Error> {
    announce_session(engine, tx, record, SessionEvent::StatusUpdated).await
}

/// The same for anything that happens to a session.
pub async fn announce_session(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    what: SessionEvent,
) -> Result<bool, store::Error> {
    let id = EventId(engine.uuid());
    // A session that was never saved again has only just been made.
    let sequence =
        if record.row.version == 1 { 1 } else { store::events::next_sequence(tx, record.row.id).await? };
    let mut envelope = envelope(engine, record, what, id);
    if record.session.graph.is_business() {
        of_business(engine, tx, record, &mut envelope).await?;
    }
    let row = EventRow {
        id,
        application_id: record.scope.application_id(),
        session_id: Some(record.row.id),
        subject_id: None,
        sequence,
        kind: what.name().to_owned(),
        sealed: record.key.seal_json(&place(id), &envelope),
        created_at: engine.now(),
    };
    publish(engine, tx, &record.scope, &row, &sandbox::script(record).faults).await
}

/// What events of a company's session say besides (core API §6.3).
async fn of_business(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    envelope: &mut Value,
) -> Result<(), store::Error> {
    envelope["session_kind"] = json!("business");
    envelope["business_session_id"] = json!(record.row.id);
    envelope["vendor_business_id"] = json!(entities::id_of(engine, tx, record).await?);
    Ok(())
}

/// Writes an event of a user, a business or a transaction, and one delivery job per destination that wants it; says
/// whether any does (then call [`Engine::nudge`] after the commit).
///
/// `subject` is whose event it is: [`forget_subject`] erases by it, and receivers get a sequence number per subject.
/// `fields` are those of core API §6.3 (`vendor_data`, `status`, `previous_status`, `changed_fields`, `changes`, …); the
/// rest of the envelope is added here.
pub async fn announce_entity(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    what: EntityEvent,
    subject: Uuid,
    fields: Map<String, Value>,
) -> Result<bool, store::Error> {
    let id = EventId(engine.uuid());
    let mut envelope = fields;
    envelope.extend(head(engine, scope, what.name(), id));
    let sequence = store::events::next_sequence_of_subject(tx, subject).await?;
    let row = EventRow {
        id,
        application_id: scope.application_id(),
        session_id: None,
        subject_id: Some(subject),
        sequence,
        kind: what.name().to_owned(),
        sealed: sealed::by_the_keyring(engine, &place(id), &Value::Object(envelope)),
        created_at: engine.now(),
    };
    publish(engine, tx, scope, &row, &[]).await
}

/// Erases what events and the delivery log hold about a user or a business.
pub async fn forget_subject(tx: &mut Tx, scope: &Scope, subject: Uuid) -> Result<(), store::Error> {
    store::events::erase_subject(tx, scope, subject).await
}

/// Keeps the event and leaves a job for everyone who wants it.
async fn publish(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    event: &EventRow,
    faults: &[Fault],
) -> Result<bool, store::Error> {
    store::events::insert(tx, event).await?;
    let mut anyone = false;
    for destination in store::destinations::list(tx, scope).await? {
        let wants = destinations::subscriptions(&destination)?.contains(&event.kind);
        if destination.enabled && wants {
            let conduct = Conduct::of(faults, event.sequence);
            let job = DeliverWebhook {
                skew_seconds: conduct.skew_seconds,
                ..DeliverWebhook::first(event, destination.id)
            };
            let order = order_of(event).filter(|_| conduct.keeps_order(faults));
            let due_at = engine.now() + conduct.late.unwrap_or_default();
            jobs::enqueue_delivery_at(tx, scope, &job, order.as_deref(), event.sequence, due_at).await?;
            for _ in 1..conduct.copies {
                jobs::enqueue_delivery_at(tx, scope, &job, None, event.sequence, due_at).await?;
            }
            anyone = true;
        }
    }
    Ok(anyone)
}

/// Whose events reach a destination in their order.
fn order_of(event: &EventRow) -> Option<String> {
    event.session_id.map(|id| id.to_string()).or_else(|| event.subject_id.map(|id| id.to_string()))
}

/// What every envelope has (core API §6.3), but for `timestamp`, which belongs to each delivery.
fn head(engine: &Engine, scope: &Scope, kind: &str, id: EventId) -> Map<String, Value> {
    let mut head = Map::new();
    let mut put = |name: &str, value: Value| head.insert(name.to_owned(), value);
    put("event_id", json!(id));
    put("webhook_type", json!(kind));
    put("created_at", json!(engine.now().as_second()));
    put("application_id", json!(scope.application_id()));
    put("environment", json!(decision::environment(scope)));
    head
}

/// The envelope (core API §6.3) as of this moment. Media links are signed with each delivery.
fn envelope(engine: &Engine, record: &Record, what: SessionEvent, id: EventId) -> Value {
    let status = record.session.status();
    let mut envelope = head(engine, &record.scope, what.name(), id);
    let mut put = |name: &str, value: Value| envelope.insert(name.to_owned(), value);
    put("session_id", json!(record.row.id));
    put("status", json!(status));
    let service = record.service();
    put("workflow_id", json!(service.is_none().then_some(record.row.workflow_id)));
    put("workflow_version", json!(service.is_none().then_some(record.row.workflow_version)));
    put("vendor_data", json!(record.personal.vendor_data));
    put("metadata", json!(record.personal.metadata));
    if status.carries_decision() || what == SessionEvent::DataUpdated {
        put("decision", decision::view(engine, record));
    }
    if what == SessionEvent::DataUpdated {
        put("trigger", json!("manual_review"));
        return Value::Object(envelope);
    }
    if let State::Resubmitted { nodes, .. } = &record.session.state {
        let (nodes, reasons) =
            (resubmission::named(record, nodes), resubmission::texts(&record.personal.resubmission));
        put("resubmit_info", json!({"nodes_to_resubmit": nodes, "reasons": reasons}));
    }
    Value::Object(envelope)
}

fn place(id: EventId) -> Place {
    Place::new("events", id)
}
