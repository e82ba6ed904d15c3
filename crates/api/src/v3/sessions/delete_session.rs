//! `DELETE /v3/session/{session_id}/delete/` (core API §3.8).

use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::sessions::{self, EraseRefused};
use model::id::SessionId;

use crate::approvals::needs_second_person;
use crate::caller::{Caller, may};
use crate::openapi::{ObjectRefusals, SecondPersonRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// Erase a session
///
/// At once and for good, a person's session or a business's: its key is destroyed, so that nothing that was kept of the
/// person can be opened again, in queued webhooks, logs and backups too; pictures are removed; it is found nowhere
/// any more. No webhook is sent, and those that were queued are not delivered. A repetition answers 404. It may need a
/// second person.
#[utoipa::path(
    delete, path = "/v3/session/{session_id}/delete/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "From the create's answer.")),
    responses((status = 204, description = "Erased."), ObjectRefusals, SecondPersonRefusals)
)]
pub(super) async fn delete_session(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::DeleteSessions>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    match sessions::erase(&engine, &caller.scope, id).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(refused) => Err(refused.into()),
    }
}

impl From<EraseRefused> for Problem {
    fn from(refused: EraseRefused) -> Self {
        match refused {
            EraseRefused::NotFound => Self::new(Code::NotFound),
            EraseRefused::NeedsApproval(request) => needs_second_person(request),
            EraseRefused::Store(error) => Self::server_error(&error),
        }
    }
}
