//! What subscribers hear of an entity (core API §6.3): flat events, one for a new status, one for everything else.

use serde_json::{Map, Value, json};
use store::{Scope, Tx};

use super::{Entity, Kind};
use crate::Engine;
use crate::decision::instant;
use crate::webhooks::{EntityEvent, announce_entity};

/// Announces the difference; says whether anyone wants to hear of it.
pub(super) async fn changes(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    before: Option<&Entity>,
    after: &Entity,
) -> Result<bool, store::Error> {
    let (status_event, data_event) = match after.kind {
        Kind::User => (EntityEvent::UserStatusUpdated, EntityEvent::UserDataUpdated),
        Kind::Business => (EntityEvent::BusinessStatusUpdated, EntityEvent::BusinessDataUpdated),
    };
    let mut told = false;
    if let Some(previous) = before.map(|before| before.status).filter(|previous| *previous != after.status) {
        let mut fields = head(after);
        fields.insert("previous_status".to_owned(), json!(previous.as_str()));
        told |= announce_entity(engine, tx, scope, status_event, after.id.0, fields).await?;
    }
    let changes = difference(before, after);
    if !changes.is_empty() {
        let mut fields = head(after);
        fields.insert("changed_fields".to_owned(), changes.keys().cloned().collect());
        fields.insert("changes".to_owned(), Value::Object(changes));
        told |= announce_entity(engine, tx, scope, data_event, after.id.0, fields).await?;
    }
    Ok(told)
}

/// Who it is about.
fn head(entity: &Entity) -> Map<String, Value> {
    let id = match entity.kind {
        Kind::User => "vendor_user_id",
        Kind::Business => "vendor_business_id",
    };
    Map::from_iter([
        (id.to_owned(), json!(entity.id)),
        ("didit_internal_id".to_owned(), json!(entity.id)),
        ("vendor_data".to_owned(), json!(entity.profile.vendor_data)),
        ("status".to_owned(), json!(entity.status.as_str())),
    ])
}

/// `{field: {previous, current}}` of every field that differs.
fn difference(before: Option<&Entity>, after: &Entity) -> Map<String, Value> {
    let mut previous = before.map(fields).unwrap_or_default();
    let changed = fields(after).into_iter().filter_map(|(name, current)| {
        let previous = previous.remove(&name).unwrap_or(Value::Null);
        let is_new = previous.is_null() && is_blank(&current);
        (previous != current && !is_new).then(|| (name, json!({"previous": previous, "current": current})))
    });
    changed.collect()
}

/// A new entity's empty fields are no news.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::String(_) => false,
    }
}

/// The fields that events name (core API §6.3), as the API shows them.
fn fields(entity: &Entity) -> Map<String, Value> {
    let profile = &entity.profile;
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("vendor_data", json!(profile.vendor_data));
    put("display_name", json!(profile.display_name));
    match entity.kind {
        Kind::User => {
            put("full_name", json!(profile.full_name));
            put("date_of_birth", json!(profile.date_of_birth));
            put("portrait_image", json!(profile.portrait.as_ref().map(|(session, _)| session)));
            put("issuing_states", json!(profile.issuing_states));
            put("approved_emails", json!(profile.approved_emails));
            put("approved_phones", json!(profile.approved_phones));
        }
        Kind::Business => {
            put("legal_name", json!(profile.legal_name));
            put("registration_number", json!(profile.registration_number));
            put("country_code", json!(profile.country_code));
        }
    }
    put("metadata", json!(profile.metadata));
    put("features", json!(profile.features));
    put("session_count", json!(entity.session_count));
    put("approved_count", json!(entity.approved_count));
    put("declined_count", json!(entity.declined_count));
    put("in_review_count", json!(entity.in_review_count));
    put("first_session_at", json!(entity.first_session_at.map(instant)));
    put("last_session_at", json!(entity.last_session_at.map(instant)));
    fields
}
