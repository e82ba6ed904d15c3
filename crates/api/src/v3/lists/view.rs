//! Lists and entries on the wire.

use engine::decision::instant;
use engine::lists::{Entry, List};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// A list.
#[derive(Serialize, ToSchema)]
#[schema(as = List)]
pub(super) struct ListView {
    uuid: Uuid,
    name: String,
    description: Option<String>,
    /// `blocklist`, `allowlist` or `custom`.
    list_type: String,
    /// What is on it.
    entry_type: String,
    /// Whether it is one of the ten that every application has.
    is_system: bool,
    entry_count: i64,
    #[schema(format = "date-time")]
    last_entry_added_at: Option<String>,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
}

impl From<List> for ListView {
    fn from(list: List) -> Self {
        Self {
            uuid: list.id.0,
            name: list.name,
            description: list.description,
            list_type: list.list_type,
            entry_type: list.entry_type,
            is_system: list.is_system,
            entry_count: list.entry_count,
            last_entry_added_at: list.last_entry_added_at.map(instant),
            created_at: instant(list.created_at),
            updated_at: instant(list.updated_at),
        }
    }
}

/// One value on a list.
#[derive(Serialize, ToSchema)]
#[schema(as = ListEntry)]
pub(super) struct EntryView {
    uuid: Uuid,
    /// In its one spelling: lower case, countries in upper case.
    value: String,
    display_label: Option<String>,
    comment: Option<String>,
    /// `api`, `console`, `email` or `system`.
    added_by: String,
    reference_session_id: Option<Uuid>,
    reference_session_number: Option<i64>,
    reference_object_uuid: Option<String>,
    #[schema(value_type = Object)]
    metadata: Map<String, Value>,
    #[schema(format = "date-time")]
    created_at: String,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            uuid: entry.id.0,
            value: entry.content.value,
            display_label: entry.content.display_label,
            comment: entry.content.comment,
            added_by: entry.added_by,
            reference_session_id: entry.reference_session_id.map(|id| id.0),
            reference_session_number: entry.reference_session_number,
            reference_object_uuid: entry.reference_object_uuid,
            metadata: entry.content.metadata,
            created_at: instant(entry.created_at),
        }
    }
}
