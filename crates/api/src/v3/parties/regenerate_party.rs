//! `POST /v3/session/{session_id}/kyb/parties/{party_uuid}/regenerate/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, parties};
use model::id::{PartyId, SessionId};

use super::PartyView;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathIds;
use crate::problem::Problem;

/// Give a party a new session
///
/// Only when the old one was deleted, or expired before the party began, and the business session is `Awaiting User`.
#[utoipa::path(
    post, path = "/v3/session/{session_id}/kyb/parties/{party_uuid}/regenerate/", tag = "sessions",
    security(("api_key" = [])),
    params(
        ("session_id" = Uuid, Path, description = "The business session."),
        ("party_uuid" = Uuid, Path, description = "The party."),
    ),
    responses((status = 200, description = "The party with its new session.", body = PartyView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn regenerate_party(
    PathIds(session, party): PathIds<SessionId, PartyId>,
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
) -> Result<Json<PartyView>, Problem> {
    Ok(Json(parties::regenerate(&engine, &caller.scope, session, party).await?.into()))
}
