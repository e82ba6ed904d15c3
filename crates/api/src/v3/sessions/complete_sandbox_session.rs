//! `POST /v3/session/{session_id}/sandbox/complete/`, ours (decisions: finishing a sandbox session).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::sandbox::{self, CompleteRefused};
use engine::sessions::ChangeRefused;
use model::id::SessionId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// Where the session stands now.
#[derive(Serialize, ToSchema)]
pub(super) struct CompletedView {
    #[schema(value_type = Uuid)]
    session_id: SessionId,
    #[schema(example = "Approved")]
    status: &'static str,
}

/// Complete a sandbox session without a browser
///
/// Walks the remaining steps with the inputs of the session's `sandbox_scenario` through the real engine: events,
/// webhooks and the decision follow as for a person. Applications in live mode are answered 403.
#[utoipa::path(
    post, path = "/v3/session/{session_id}/sandbox/complete/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "From the create's answer.")),
    responses((status = 200, description = "The session's new status.", body = CompletedView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn complete_sandbox_session(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
) -> Result<Json<CompletedView>, Problem> {
    let status = sandbox::complete(&engine, &caller.scope, id).await?;
    Ok(Json(CompletedView { session_id: id, status: status.as_str() }))
}

impl From<CompleteRefused> for Problem {
    fn from(refused: CompleteRefused) -> Self {
        match refused {
            CompleteRefused::LiveApplication => Self::new(Code::PermissionDenied),
            CompleteRefused::Session(ChangeRefused::NotFound) => Self::new(Code::NotFound),
            CompleteRefused::Session(ChangeRefused::Lifecycle(refused)) => {
                Self::detail(Code::NotNow, refused.to_string())
            }
            CompleteRefused::Session(ChangeRefused::Store(error)) => Self::server_error(&error),
        }
    }
}
