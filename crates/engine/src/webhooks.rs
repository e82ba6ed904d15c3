//! Telling integrators what changed: the event is written with the change, deliveries are jobs that it leaves.

use model::id::{DestinationId, EventId, SessionId};
use model::session::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::events::EventRow;
use store::{Place, Tx};

use crate::sessions::Record;
use crate::{Engine, decision, destinations, jobs};

mod deliver;

pub(crate) use deliver::deliver;

/// The event of a session's change of status.
const STATUS_UPDATED: &str = "status.updated";

/// What a delivery job has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverWebhook {
    /// What happened.
    pub event_id: EventId,
    /// Who is told.
    pub destination_id: DestinationId,
    /// Whose key opens the event.
    pub session_id: SessionId,
}

/// Writes the event of the session's new status and one delivery job per destination that wants it; says whether any
/// does.
pub(crate) async fn announce(engine: &Engine, tx: &mut Tx, record: &Record) -> Result<bool, store::Error> {
    let id = EventId(engine.uuid());
    let envelope = envelope(engine, record, id);
    // A session that was never saved again has only just been made.
    let sequence =
        if record.row.version == 1 { 1 } else { store::events::next_sequence(tx, record.row.id).await? };
    let row = EventRow {
        id,
        application_id: record.scope.application_id(),
        session_id: Some(record.row.id),
        sequence,
        kind: STATUS_UPDATED.to_owned(),
        sealed: record.key.seal_json(&place(id), &envelope),
        created_at: engine.now(),
    };
    store::events::insert(tx, &row).await?;
    let mut anyone = false;
    for destination in store::destinations::list(tx, &record.scope).await? {
        let wants = destinations::subscriptions(&destination)?.iter().any(|event| event == STATUS_UPDATED);
        if destination.enabled && wants {
            let job =
                DeliverWebhook { event_id: id, destination_id: destination.id, session_id: record.row.id };
            jobs::enqueue_delivery(engine, tx, &record.scope, &job, engine.now()).await?;
            anyone = true;
        }
    }
    Ok(anyone)
}

/// The envelope (core API §6.3) as of this moment, but for `timestamp`, which belongs to each delivery, and media
/// links, which are signed then.
fn envelope(engine: &Engine, record: &Record, id: EventId) -> Value {
    let status = record.session.status();
    let mut envelope = Map::new();
    let mut put = |name: &str, value: Value| envelope.insert(name.to_owned(), value);
    put("event_id", json!(id));
    put("webhook_type", json!(STATUS_UPDATED));
    put("created_at", json!(engine.now().as_second()));
    put("application_id", json!(record.scope.application_id()));
    put("environment", json!(decision::environment(&record.scope)));
    put("session_id", json!(record.row.id));
    put("status", json!(status));
    put("workflow_id", json!(record.row.workflow_id));
    put("workflow_version", json!(record.row.workflow_version));
    put("vendor_data", json!(record.personal.vendor_data));
    put("metadata", json!(record.personal.metadata));
    if status.carries_decision() {
        put("decision", decision::view(engine, record));
    }
    if let State::Resubmitted { nodes, .. } = &record.session.state {
        let named = nodes.iter().filter_map(|node| {
            let (feature, _) = record.session.graph.config(node)?;
            Some(json!({"node_id": node, "feature": feature.workflow_name()}))
        });
        put("resubmit_info", json!({"nodes_to_resubmit": named.collect::<Vec<_>>(), "reasons": {}}));
    }
    Value::Object(envelope)
}

fn place(id: EventId) -> Place {
    Place::new("events", id)
}
