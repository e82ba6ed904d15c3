//! `POST /v3/session/{session_id}/share/` (core API §3.9).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::sessions::{self, ShareRefused, ShareToken};
use jiff::SignedDuration;
use model::id::{ApplicationId, SessionId};
use serde::Serialize;
use serde_json::{Map, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// With whom, for how long.
#[derive(ToSchema)]
#[schema(example = json!({"for_application_id": "a5f3bca2-46e2-411e-90ef-a580900a57ee", "ttl_in_seconds": 7200}))]
pub(super) struct ShareSession {
    /// Another application of this installation, whoever's.
    for_application_id: Uuid,
    /// Seconds until the token expires.
    #[schema(value_type = Option<i64>, minimum = 60, maximum = 86400, default = 3600)]
    ttl_in_seconds: i64,
}

impl Read for ShareSession {
    fn read(fields: &mut Fields) -> Option<Self> {
        let for_application_id = fields.required("for_application_id", values::uuid);
        let ttl_in_seconds = fields.given("ttl_in_seconds", values::integer(60, 86_400));
        Some(Self {
            for_application_id: for_application_id?,
            ttl_in_seconds: ttl_in_seconds?.unwrap_or(3600),
        })
    }
}

/// What the other application redeems.
#[derive(Serialize, ToSchema)]
#[schema(as = ShareToken)]
pub(super) struct ShareTokenView {
    /// A JSON Web Token. Whoever has it and that application's key can take a copy: treat it as a secret.
    share_token: String,
    for_application_id: Uuid,
    /// `user` or `business`.
    #[schema(example = "user")]
    session_kind: String,
}

impl From<ShareToken> for ShareTokenView {
    fn from(shared: ShareToken) -> Self {
        Self {
            share_token: shared.token,
            for_application_id: shared.for_application.0,
            session_kind: shared.session_kind,
        }
    }
}

/// Share a finished session
///
/// Mints a token with which one other application may take a copy of the reports and pictures of an `Approved`,
/// `Declined` or `In Review` session. Sandbox and live applications do not share.
#[utoipa::path(
    post, path = "/v3/session/{session_id}/share/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "The session to share.")),
    request_body = ShareSession,
    responses((status = 200, description = "The token.", body = ShareTokenView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn share_session(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<ShareSession>,
) -> Result<Json<ShareTokenView>, Problem> {
    let target = ApplicationId(wanted.for_application_id);
    let life = SignedDuration::from_secs(wanted.ttl_in_seconds);
    let shared = sessions::share(&engine, &caller.scope, id, target, life).await?;
    Ok(Json(shared.into()))
}

impl From<ShareRefused> for Problem {
    fn from(refused: ShareRefused) -> Self {
        let field = |message: &str| Self::field("for_application_id", message);
        match refused {
            ShareRefused::NotFound => Self::new(Code::NotFound),
            ShareRefused::NotFinished => {
                let message =
                    "Only finished sessions (\"Approved\", \"Declined\", \"In Review\") can be shared.";
                Self::fields(Map::from_iter([("detail".to_owned(), json!([message]))]))
            }
            ShareRefused::UnknownTarget => field("Target application does not exist."),
            ShareRefused::SameApplication => field("Cannot share a session with the same application."),
            ShareRefused::OtherMode => field("Sandbox and live applications cannot share sessions."),
            ShareRefused::Store(error) => Self::server_error(&error),
        }
    }
}
