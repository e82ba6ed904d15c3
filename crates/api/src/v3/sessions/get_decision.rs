//! `GET /v3/session/{session_id}/decision/` (core API §3.6).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::sessions::{self, ReadRefused};
use model::id::SessionId;
use serde_json::Value;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// Read a session's decision
///
/// At any moment of the session's life, the same object as `decision` in a webhook: the session with one plural array
/// per feature (`id_verifications`, `liveness_checks`, …), empty until the feature ran, one entry per workflow node.
/// Links to media work for 60 minutes.
#[utoipa::path(
    get, path = "/v3/session/{session_id}/decision/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "From the create's answer.")),
    responses((status = 200, description = "The decision as it stands.", body = Object), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_decision(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::ReadSessions>,
    State(engine): State<Engine>,
) -> Result<Json<Value>, Problem> {
    match sessions::decision(&engine, &caller.scope, id).await {
        Ok(decision) => Ok(Json(decision)),
        Err(ReadRefused::NotFound) => Err(Problem::new(Code::NotFound)),
        Err(ReadRefused::Store(error)) => Err(Problem::server_error(&error)),
    }
}
