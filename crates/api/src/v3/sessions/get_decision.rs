//! `GET /v3/session/{session_id}/decision/` (core API §3.6).

use axum::Json;
use axum::extract::{RawQuery, State};
use engine::Engine;
use engine::sessions::{self, Include, ReadRefused};
use model::id::SessionId;
use serde_json::Value;
use url::form_urlencoded;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// Read a session's decision
///
/// At any moment of the session's life, the same object as `decision` in a webhook: the session with one plural array
/// per feature (`id_verifications`, `liveness_checks`, …), empty until the feature ran, one entry per workflow node.
/// Links to media work for 60 minutes.
///
/// With `include=events` a person's session also has its timeline (`events`), what was noted and changed by hand
/// (`activity_reviews`), `blocklisted`, `session_type` and its workflow's version; `features` then names the node of
/// each feature, and `session_kind` is left out.
#[utoipa::path(
    get, path = "/v3/session/{session_id}/decision/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "From the create's answer."),
        ("include" = Option<String>, Query, description = "`events` for the timeline; anything else is ignored.")),
    responses((status = 200, description = "The decision as it stands.", body = Object), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_decision(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::ReadSessions>,
    RawQuery(query): RawQuery,
    State(engine): State<Engine>,
) -> Result<Json<Value>, Problem> {
    let query = query.unwrap_or_default();
    let mut asked = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "include");
    let events = asked.any(|(_, sections)| sections.split(',').any(|section| section.trim() == "events"));
    match sessions::decision(&engine, &caller.scope, id, Include { events }).await {
        Ok(decision) => Ok(Json(decision)),
        Err(ReadRefused::NotFound) => Err(Problem::new(Code::NotFound)),
        Err(ReadRefused::Store(error)) => Err(Problem::server_error(&error)),
    }
}
