//! `POST /v3/session/{session_id}/sandbox/arm/`: the scenario picker of the hosted page, or a test's (core API §7).

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use engine::Engine;
use engine::sandbox::{self, ArmRefused};
use model::id::SessionId;
use model::status::SessionStatus;
use serde::Serialize;
use utoipa::ToSchema;

use crate::body::{Body, Fields, Read, values};
use crate::openapi::{BodyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// Which scenario.
#[derive(ToSchema)]
pub(super) struct Arm {
    /// From `GET /v1/sandbox/scenarios/`; faults may be added, as in `decline_aml_hit+fault_clock_skew:7`.
    #[schema(example = "decline_document_expired")]
    scenario: String,
}

impl Read for Arm {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { scenario: fields.required("scenario", values::text(100))? })
    }
}

/// The session is armed.
#[derive(Serialize, ToSchema)]
pub(super) struct ArmedView {
    #[schema(value_type = Uuid)]
    session_id: SessionId,
    /// As asked for.
    #[schema(example = "decline_document_expired")]
    scenario: String,
    /// Unchanged by this.
    #[schema(example = "Not Started")]
    status: &'static str,
}

/// Arm a sandbox scenario on a session
///
/// While the session is `Not Started`, also again. The scenario's magic values are filled in where you gave none; those of
/// the scenario before are taken back.
#[utoipa::path(
    post, path = "/v3/session/{session_id}/sandbox/arm/", tag = "sessions", security(("session_token" = [])),
    params(("session_id" = Uuid, Path, description = "The session that the token opens.")),
    request_body = Arm,
    responses((status = 200, description = "Armed.", body = ArmedView), BodyRefusals, ObjectRefusals)
)]
pub(super) async fn arm_sandbox_session(
    PathId(id): PathId<SessionId>,
    State(engine): State<Engine>,
    headers: HeaderMap,
    Body(Arm { scenario }): Body<Arm>,
) -> Result<Json<ArmedView>, Problem> {
    let token = session_token(&headers).unwrap_or_default();
    match sandbox::arm(&engine, token, id, &scenario).await {
        Ok(()) => {
            let status = SessionStatus::NotStarted.as_str();
            Ok(Json(ArmedView { session_id: id, scenario, status }))
        }
        // Counted as a guess at the edge.
        Err(ArmRefused::NotFound) => Err(Problem::detail(Code::SessionNotFound, Code::NotFound.sentence())),
        Err(ArmRefused::UnknownScenario) => {
            let shown: String = scenario.chars().take(60).collect();
            Err(Problem::field("scenario", format!("Unknown sandbox scenario: '{shown}'.")))
        }
        Err(ArmRefused::Started) => {
            Err(Problem::list("Scenario can only be armed before the verification starts."))
        }
        Err(ArmRefused::Store(error)) => Err(Problem::server_error(&error)),
    }
}

/// The token of `Session-Token`, or of the header that the hosted page sends.
pub(in crate::v3) fn session_token(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get("session-token").or_else(|| headers.get("x-session-token"))?;
    header.to_str().ok().map(str::trim)
}
