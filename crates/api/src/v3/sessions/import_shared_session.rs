//! `POST /v3/session/import-shared/` (core API §3.9; status codes by decisions: 401 or 403).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::sessions::{self, ImportRefused, ImportShared};
use model::id::WorkflowId;
use serde_json::Value;
use utoipa::{IntoResponses, ToSchema};
use uuid::Uuid;

use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, DetailView, ObjectRefusals};
use crate::problem::{Code, Problem};

/// Longer than any token of ours.
const TOKEN_LENGTH: usize = 8192;

/// What to take over, and how.
#[derive(ToSchema)]
#[schema(example = json!({
    "share_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.…", "trust_review": false,
    "workflow_id": "9f9b1234-aaaa-bbbb-cccc-1234567890ab", "vendor_data": "user-1"
}))]
pub(super) struct ImportSharedSession {
    /// From the other application.
    share_token: String,
    /// Whether its decision is taken over too. Else the copy is `In Review`.
    trust_review: bool,
    /// A workflow of yours that the copy belongs to.
    workflow_id: Uuid,
    /// Your name for the person, instead of the other application's.
    vendor_data: Option<String>,
}

impl Read for ImportSharedSession {
    fn read(fields: &mut Fields) -> Option<Self> {
        let share_token = fields.required("share_token", values::text(TOKEN_LENGTH));
        let trust_review = fields.required("trust_review", values::boolean);
        let workflow_id = fields.required("workflow_id", values::uuid);
        let vendor_data = fields.optional("vendor_data", values::opaque(2048));
        Some(Self {
            share_token: share_token?,
            trust_review: trust_review?,
            workflow_id: workflow_id?,
            vendor_data: vendor_data?.filter(|text| !text.is_empty()),
        })
    }
}

/// Refusals of a token.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "documentation")]
pub(super) enum TokenRefusals {
    /// The token is not one, or its time is over.
    #[response(status = 401, example = json!({"detail": "Invalid share token."}))]
    Unusable(DetailView),
    /// The key may not, the token is another application's, or the session was taken over before.
    #[response(status = 403, example = json!({"detail": "This session has already been shared with your application."}))]
    Denied(DetailView),
}

/// Take over a shared session
///
/// A copy of its reports and pictures under a new id, in your application and under your key: you erase yours, they
/// theirs. Once per session. The answer is the copy's decision.
#[utoipa::path(
    post, path = "/v3/session/import-shared/", tag = "sessions", security(("api_key" = [])),
    request_body = ImportSharedSession,
    responses((status = 201, description = "The copy's decision.", body = Object), BodyRefusals, ObjectRefusals, TokenRefusals)
)]
pub(super) async fn import_shared_session(
    caller: Caller<may::CreateSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<ImportSharedSession>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let wanted = ImportShared {
        share_token: wanted.share_token,
        trust_review: wanted.trust_review,
        workflow_id: WorkflowId(wanted.workflow_id),
        vendor_data: wanted.vendor_data,
    };
    let decision = sessions::import_shared(&engine, &caller.scope, wanted).await?;
    Ok((StatusCode::CREATED, Json(decision)))
}

impl From<ImportRefused> for Problem {
    fn from(refused: ImportRefused) -> Self {
        match refused {
            ImportRefused::InvalidToken => Self::new(Code::ShareTokenInvalid),
            ImportRefused::ExpiredToken => Self::detail(Code::ShareTokenInvalid, "Share token has expired."),
            ImportRefused::WrongApplication => {
                Self::detail(Code::PermissionDenied, "This token is not valid for this application.")
            }
            ImportRefused::AlreadyImported => Self::detail(
                Code::PermissionDenied,
                "This session has already been shared with your application.",
            ),
            ImportRefused::SourceGone => Self::detail(Code::NotFound, "Original session does not exist."),
            ImportRefused::UnknownWorkflow => {
                Self::detail(Code::NotFound, "Workflow does not exist for this application.")
            }
            ImportRefused::Store(error) => Self::server_error(&error),
        }
    }
}
