//! `POST /v3/blocklist/remove/`.

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
#[schema(example = json!({"session_id": "11111111-2222-3333-4444-555555555555", "unblock_document": true}))]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct RemoveFromBlocklistFields {
    session_id: Uuid,
    /// Not in this version: faces have no templates yet.
    unblock_face: Option<bool>,
    unblock_document: Option<bool>,
    unblock_phone: Option<bool>,
    unblock_email: Option<bool>,
}

pub(super) struct RemoveFromBlocklist(SessionId, Vec<EntryType>);

impl Read for RemoveFromBlocklist {
    fn read(fields: &mut Fields) -> Option<Self> {
        let (session, picks) = read_picks(fields, "unblock")?;
        Some(Self(session, picks))
    }
}

/// Take what a session holds off the block list
#[utoipa::path(
    post, path = "/v3/blocklist/remove/", tag = "lists", security(("api_key" = [])),
    request_body = RemoveFromBlocklistFields,
    responses((status = 200, description = "What it did.", body = BlocklistChangeView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn remove_from_blocklist(
    caller: Caller<may::WriteBlocklist>,
    State(engine): State<Engine>,
    Body(RemoveFromBlocklist(session, picks)): Body<RemoveFromBlocklist>,
) -> Result<Json<BlocklistChangeView>, Problem> {
    let items = lists::remove_session(&engine, &caller.scope, session, &picks).await?;
    Ok(Json(BlocklistChangeView { session_id: session.0, items }))
}
