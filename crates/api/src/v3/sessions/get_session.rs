//! `GET /v3/session/{session_id}/`: the session as its create answered it. Clients of the hosted service ask it to learn
//! the status, and with a made-up id whether a key is good.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::decision::instant;
use engine::sessions::{self, CallbackMethod, ReadRefused};
use model::id::SessionId;
use serde::Serialize;
use utoipa::ToSchema;

use super::create_session::SessionView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// A session with today's status.
#[derive(Serialize, ToSchema)]
pub(super) struct RetrievedView {
    #[serde(flatten)]
    session: SessionView,
    /// `user` for a person.
    session_kind: &'static str,
    /// `initiator`, `completer` or `both`.
    #[schema(value_type = String)]
    callback_method: CallbackMethod,
    /// What the workflow verifies.
    features: Vec<&'static str>,
    created_at: String,
    /// When it ends unfinished, or when the approval does.
    expires_at: Option<String>,
}

/// Read a session
///
/// Its link, its status and what was given at its creation; what was found is in the decision.
#[utoipa::path(
    get, path = "/v3/session/{session_id}/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "From the create's answer.")),
    responses((status = 200, description = "The session as it stands.", body = RetrievedView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_session(
    caller: Caller<may::ReadSessions>,
    PathId(id): PathId<SessionId>,
    State(engine): State<Engine>,
) -> Result<Json<RetrievedView>, Problem> {
    match sessions::retrieve(&engine, &caller.scope, id).await {
        Ok(found) => Ok(Json(RetrievedView {
            session: found.session.into(),
            session_kind: "user",
            callback_method: found.callback_method,
            features: found.features,
            created_at: instant(found.created_at),
            expires_at: found.expires_at.map(instant),
        })),
        Err(ReadRefused::NotFound) => Err(Problem::new(Code::NotFound)),
        Err(ReadRefused::Store(error)) => Err(Problem::server_error(&error)),
    }
}
