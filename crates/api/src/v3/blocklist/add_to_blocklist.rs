//! `POST /v3/blocklist/add/`.

use axum::Json;
use axum::extract::State;
use engine::lists::EntryType;
use engine::{Engine, lists};
use model::id::SessionId;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{BlocklistChangeView, read_picks};
use crate::body::{Body, Fields, Read};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// A session and which of its values are meant.
#[derive(ToSchema)]
#[schema(example = json!({"session_id": "11111111-2222-3333-4444-555555555555", "blocklist_document": true}))]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct AddToBlocklistFields {
    session_id: Uuid,
    /// Not in this version: faces have no templates yet.
    blocklist_face: Option<bool>,
    blocklist_document: Option<bool>,
    blocklist_phone: Option<bool>,
    blocklist_email: Option<bool>,
}

pub(super) struct AddToBlocklist(SessionId, Vec<EntryType>);

impl Read for AddToBlocklist {
    fn read(fields: &mut Fields) -> Option<Self> {
        let (session, picks) = read_picks(fields, "blocklist")?;
        Some(Self(session, picks))
    }
}

/// Put what a session holds on the block list
#[utoipa::path(
    post, path = "/v3/blocklist/add/", tag = "lists", security(("api_key" = [])),
    request_body = AddToBlocklistFields,
    responses((status = 200, description = "What it did.", body = BlocklistChangeView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn add_to_blocklist(
    caller: Caller<may::WriteBlocklist>,
    State(engine): State<Engine>,
    Body(AddToBlocklist(session, picks)): Body<AddToBlocklist>,
) -> Result<Json<BlocklistChangeView>, Problem> {
    let items = lists::add_session(&engine, &caller.scope, session, &picks).await?;
    Ok(Json(BlocklistChangeView { session_id: session.0, items }))
}
