//! The block list as older integrations know it (core API §10.3).

use engine::Engine;
use engine::lists::EntryType;
use model::id::SessionId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::body::{Fields, values};

mod add_to_blocklist;
mod list_blocklist;
mod remove_from_blocklist;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_blocklist::list_blocklist))
        .routes(routes!(add_to_blocklist::add_to_blocklist))
        .routes(routes!(remove_from_blocklist::remove_from_blocklist))
}

/// What was put on, or taken off, the block list.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"session_id": "11111111-2222-3333-4444-555555555555", "items": ["document"]}))]
struct BlocklistChangeView {
    session_id: Uuid,
    /// `face`, `document`, `phone`, `email`.
    items: Vec<&'static str>,
}

/// The session and the values of it that are meant, under field names of this prefix.
fn read_picks(fields: &mut Fields, prefix: &str) -> Option<(SessionId, Vec<EntryType>)> {
    let session = fields.required("session_id", values::uuid);
    let mut picked = Vec::new();
    let mut sound = true;
    for kind in [EntryType::Face, EntryType::Document, EntryType::Phone, EntryType::Email] {
        match fields.optional(&format!("{prefix}_{}", kind.as_str()), values::boolean) {
            Some(Some(true)) => picked.push(kind),
            Some(_) => {}
            None => sound = false,
        }
    }
    if sound && picked.is_empty() {
        let message = format!("Set at least one of the {prefix}_ fields to true.");
        return fields.reject("non_field_errors", message);
    }
    Some((SessionId(session?), picked))
}
