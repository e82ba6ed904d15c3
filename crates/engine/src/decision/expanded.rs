//! The decision with what the console shows beside it: `?include=events` (features §1.2).
//!
//! The contract names the sections and not what is in them; an event here is `type`, `timestamp`, `node_id` and
//! `details`, oldest first.

use model::feature::Feature;
use model::session::State;
use serde_json::{Map, Value, json};
use store::reports::ReportRow;
use store::{Place, Tx};

use super::{Record, instant, view};
use crate::Engine;
use crate::reviews::Review;
use crate::sessions::Service;

/// Warnings that say that something was found on a block list, and the flag that each raises.
const BLOCKED: [(&str, &str); 4] = [
    ("ID_DOCUMENT_IN_BLOCKLIST", "document"),
    ("FACE_IN_BLOCKLIST", "face"),
    ("PHONE_NUMBER_IN_BLOCKLIST", "phone"),
    ("EMAIL_IN_BLOCKLIST", "email"),
];

/// The expanded decision of a person's session; a business's has the plain shape. Media as in [`view`].
pub(crate) async fn expanded(engine: &Engine, tx: &mut Tx, record: &Record) -> Result<Value, store::Error> {
    let mut decision = view(engine, record);
    if record.row.kind == "business" {
        return Ok(decision);
    }
    let events = events(tx, record).await?;
    let Some(fields) = decision.as_object_mut() else { return Ok(decision) };
    fields.shift_remove("session_kind");
    let (settings, service) = (&record.definition.settings, record.service());
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("features", features(record));
    put("events", Value::Array(events));
    put("activity_reviews", record.reviews.iter().map(activity).collect());
    put("blocklisted", blocklisted(record));
    put("cost_breakdown", Value::Null);
    put("workflow_type", json!(settings.workflow_type));
    put("workflow_version_id", json!(service.is_none().then_some(record.row.workflow_version_id)));
    put("api_service", json!(service.map(Service::name)));
    put("session_type", json!(record.row.session_type));
    put("shared_from_session", json!(record.personal.shared_from));
    put(
        "has_device_nfc_support",
        json!(record.session.reports.values().any(|report| report.feature == Feature::Nfc)),
    );
    Ok(decision)
}

/// Every node with its feature; e-mail has a shorter name in this place.
fn features(record: &Record) -> Value {
    let nodes = record.session.graph.features_in_order().into_iter();
    let named = |feature: Feature| match feature {
        Feature::EmailVerification => "EMAIL",
        feature => feature.display_name(),
    };
    nodes.map(|(node, feature, _)| json!({"feature": named(feature), "node_id": node})).collect()
}

fn blocklisted(record: &Record) -> Value {
    let warnings = || record.session.reports.values().flat_map(|report| &report.warnings);
    let raised = |code: &str| warnings().any(|warning| warning.risk.code() == code);
    Value::Object(BLOCKED.iter().map(|(code, flag)| ((*flag).to_owned(), json!(raised(code)))).collect())
}

/// What subscribers were told and what each step came to, in the order in which it happened.
async fn events(tx: &mut Tx, record: &Record) -> Result<Vec<Value>, store::Error> {
    let mut events = Vec::new();
    for row in store::events::list(tx, &record.scope, record.row.id).await? {
        let told: Map<String, Value> = record.key.open_json(&Place::new("events", row.id), &row.sealed)?;
        let kind = row.kind.to_uppercase().replace('.', "_");
        let details = json!({"event_id": row.id, "status": told.get("status")});
        let event = json!({
            "type": kind, "timestamp": instant(row.created_at), "node_id": null, "details": details
        });
        // Of one moment: a step's end comes before the status that follows from it.
        events.push(((row.created_at, 1, row.sequence), event));
    }
    for row in store::reports::list_all(tx, &record.scope, record.row.id).await? {
        events.push(((row.created_at, 0, row.attempt), step(&row)));
    }
    if let State::InProgress(progress) = &record.session.state {
        let opened = json!({
            "type": "SESSION_OPENED", "timestamp": instant(progress.opened_at), "node_id": null, "details": null
        });
        events.push(((progress.opened_at, 0, 0), opened));
    }
    events.sort_by_key(|(when, _)| *when);
    Ok(events.into_iter().map(|(_, event)| event).collect())
}

fn step(row: &ReportRow) -> Value {
    let kind = row.status.to_uppercase().replace(' ', "_");
    json!({
        "type": format!("{}_{kind}", row.feature),
        "timestamp": instant(row.created_at),
        "node_id": row.node_id,
        "details": {"feature": row.feature, "status": row.status, "attempt": row.attempt},
    })
}

/// One entry of the activity log, as the reviews route shows it.
fn activity(review: &Review) -> Value {
    let entry = &review.entry;
    json!({
        "uuid": review.id,
        "activity_type": review.activity.as_str(),
        "actor_display": entry.author.display,
        "actor_email": entry.author.email,
        "actor_type": entry.author.kind,
        "new_status": entry.new_status,
        "previous_status": entry.previous_status,
        "comment": entry.comment,
        "previous_value": entry.previous_value,
        "new_value": entry.new_value,
        "changed_fields": entry.changed_fields,
        "metadata": entry.metadata,
        "created_at": instant(review.created_at),
    })
}
