//! `POST /v3/lists/{uuid}/entries/`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::lists::NewEntry;
use engine::{Engine, lists};
use model::id::{ListId, SessionId};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::EntryView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;
use crate::v3::entities::metadata;

/// A value, or a session that holds one.
#[derive(ToSchema)]
#[schema(example = json!({"value": "fraud@example.com", "comment": "Chargeback in May"}))]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct CreateEntryFields {
    /// Required unless a session is named. E-mail addresses, phone numbers (E.164), addresses and networks (CIDR),
    /// device fingerprints and countries are checked; others may be any text.
    #[schema(max_length = 512)]
    value: Option<String>,
    /// Takes the value of the list's type from this session.
    reference_session_id: Option<Uuid>,
    reference_object_uuid: Option<Uuid>,
    #[schema(max_length = 255)]
    display_label: Option<String>,
    #[schema(max_length = 2000)]
    comment: Option<String>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Map<String, Value>>,
}

pub(super) struct CreateEntry(NewEntry);

impl Read for CreateEntry {
    fn read(fields: &mut Fields) -> Option<Self> {
        let value = fields.optional("value", values::opaque(512));
        let session = fields.optional("reference_session_id", values::uuid);
        let object = fields.optional("reference_object_uuid", values::uuid);
        let display_label = fields.optional("display_label", values::opaque(255));
        let comment = fields.optional("comment", values::opaque(2000));
        let metadata = fields.optional("metadata", metadata);
        Some(Self(NewEntry {
            value: value?,
            reference_session_id: session?.map(SessionId),
            reference_object_uuid: object?.map(|uuid| uuid.to_string()),
            display_label: display_label?.filter(|text| !text.is_empty()),
            comment: comment?.filter(|text| !text.is_empty()),
            metadata: metadata?.unwrap_or_default(),
        }))
    }
}

/// Put a value on a list
///
/// On a system block list it takes effect at once: documents, phone numbers and e-mail addresses are declined, users and
/// businesses blocked.
#[utoipa::path(
    post, path = "/v3/lists/{uuid}/entries/", tag = "lists", security(("api_key" = [])),
    request_body = CreateEntryFields, params(("uuid" = Uuid, Path, description = "The list.")),
    responses((status = 201, description = "The entry.", body = EntryView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn create_entry(
    PathId(id): PathId<ListId>,
    caller: Caller<may::WriteLists>,
    State(engine): State<Engine>,
    Body(CreateEntry(new)): Body<CreateEntry>,
) -> Result<(StatusCode, Json<EntryView>), Problem> {
    let entry = lists::add_entry(&engine, &caller.scope, id, new).await?;
    Ok((StatusCode::CREATED, Json(entry.into())))
}
