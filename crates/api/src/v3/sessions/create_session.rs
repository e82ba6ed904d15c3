//! `POST /v3/session/` (core API §3.2–3.4).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::Engine;
use engine::sessions::{self, CallbackMethod, CreateRefused, Created};
use model::id::{SessionId, WorkflowId};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::expected_details::{ContactDetails, ContactDetailsFields, ExpectedDetails, ExpectedDetailsFields};
use crate::body::fields::{Parsed, nested, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::languages::LANGUAGES;
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::{Code, Problem};

const METHODS: &[&str] = &["initiator", "completer", "both"];

/// What to verify, whom, and where they go afterwards.
#[derive(ToSchema)]
#[schema(example = json!({
    "workflow_id": "11111111-2222-3333-4444-555555555555",
    "callback": "https://yourapp.com/verification-complete",
    "vendor_data": "user-123"
}))]
pub(super) struct CreateSession {
    /// The workflow's stable id; the session runs on its latest published version.
    workflow_id: Uuid,
    /// Where the person goes afterwards, with `verificationSessionId` and `status` appended. Own schemes such as
    /// `myapp://` are fine. Falls back to the workflow's.
    #[schema(format = "uri")]
    callback: Option<String>,
    /// Which device goes to the callback: `initiator` (default), `completer` or `both`.
    #[schema(value_type = Option<String>)]
    callback_method: CallbackMethod,
    /// Your name for the person. While they have an unfinished session on this workflow version, that one is
    /// answered again instead of another.
    vendor_data: Option<String>,
    /// Any JSON, echoed in webhooks.
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
    /// Language of the page; the browser's unless given.
    language: Option<String>,
    /// To fill in and to notify.
    #[schema(value_type = Option<ContactDetailsFields>)]
    contact_details: Option<Map<String, Value>>,
    /// What the document is compared with.
    #[schema(value_type = Option<ExpectedDetailsFields>)]
    expected_details: Option<Map<String, Value>>,
    /// Base64 of a JPEG, PNG, WebP or TIFF of at most 2 MB; for workflows that match a face before a document.
    #[schema(value_type = Option<String>, format = "byte")]
    portrait_image: Option<Vec<u8>>,
    /// Sandbox applications only: how the session shall end, from `GET /v1/sandbox/scenarios/`. Faults may be added:
    /// `decline_aml_hit+fault_webhook_duplicate:7`.
    sandbox_scenario: Option<String>,
}

impl Read for CreateSession {
    fn read(fields: &mut Fields) -> Option<Self> {
        let workflow_id = fields.required("workflow_id", values::uuid);
        let callback = fields.optional("callback", values::callback);
        let callback_method = fields.optional("callback_method", values::choice(METHODS));
        let vendor_data = fields.optional("vendor_data", values::opaque(2048));
        let metadata = Some(fields.raw("metadata")).filter(|metadata| !metadata.is_null());
        let language = fields.optional("language", values::choice(LANGUAGES));
        let contact_details = fields.optional("contact_details", nested::<ContactDetails>);
        let expected_details = fields.optional("expected_details", nested::<ExpectedDetails>);
        let portrait_image = fields.optional("portrait_image", portrait);
        let sandbox_scenario = fields.optional("sandbox_scenario", values::text(100));
        Some(Self {
            workflow_id: workflow_id?,
            callback: callback?,
            callback_method: method(callback_method?),
            vendor_data: vendor_data?.filter(|text| !text.is_empty()),
            metadata,
            language: language?.map(str::to_owned),
            contact_details: contact_details?.map(|details| details.0),
            expected_details: expected_details?.map(|details| details.0),
            portrait_image: portrait_image?,
            sandbox_scenario: sandbox_scenario?,
        })
    }
}

fn method(name: Option<&'static str>) -> CallbackMethod {
    match name {
        Some("completer") => CallbackMethod::Completer,
        Some("both") => CallbackMethod::Both,
        _ => CallbackMethod::Initiator,
    }
}

/// Plain base64 or a `data:` address of it.
fn portrait(value: &Value) -> Parsed<Vec<u8>> {
    let Some(text) = value.as_str() else { return wrong("Not a valid string.") };
    let encoded = text
        .strip_prefix("data:")
        .and_then(|rest| rest.split_once(";base64,"))
        .map_or(text, |(_, rest)| rest);
    match STANDARD.decode(encoded.trim()) {
        Ok(bytes) if !bytes.is_empty() => Ok(bytes),
        _ => wrong("Upload a valid image. The value is not base64."),
    }
}

/// The session and how the person opens it.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionView {
    /// For the decision and in webhooks.
    #[schema(value_type = Uuid)]
    session_id: SessionId,
    /// Counts the application's sessions.
    session_number: i64,
    /// 12 characters that open the hosted flow. Treat it as a secret.
    #[schema(example = "3FaJ9wLqX2Mz")]
    session_token: String,
    /// Where to send the person.
    #[schema(format = "uri")]
    url: String,
    vendor_data: Option<String>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
    /// `Not Started` for a new session.
    status: &'static str,
    #[schema(value_type = Uuid)]
    workflow_id: WorkflowId,
    workflow_version: i64,
    callback: Option<String>,
}

impl From<Created> for SessionView {
    fn from(created: Created) -> Self {
        Self {
            session_id: created.session_id,
            session_number: created.session_number,
            session_token: created.session_token,
            url: created.url,
            vendor_data: created.vendor_data,
            metadata: created.metadata,
            status: created.status.as_str(),
            workflow_id: created.workflow_id,
            workflow_version: created.workflow_version,
            callback: created.callback,
        }
    }
}

/// Create a session
#[utoipa::path(
    post, path = "/v3/session/", tag = "sessions", security(("api_key" = [])),
    request_body = CreateSession,
    responses((status = 201, description = "The session, new or the person's unfinished one.", body = SessionView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_session(
    caller: Caller<may::CreateSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<CreateSession>,
) -> Result<(StatusCode, Json<SessionView>), Problem> {
    if !caller.may_use(WorkflowId(wanted.workflow_id)) {
        return Err(CreateRefused::UnknownWorkflow.into());
    }
    let wanted = sessions::CreateSession {
        workflow_id: Some(WorkflowId(wanted.workflow_id)),
        callback: wanted.callback,
        callback_method: wanted.callback_method,
        vendor_data: wanted.vendor_data,
        metadata: wanted.metadata,
        language: wanted.language,
        contact_details: wanted.contact_details,
        expected_details: wanted.expected_details,
        portrait_image: wanted.portrait_image,
        sandbox_scenario: wanted.sandbox_scenario,
    };
    let created = sessions::create(&engine, &caller.scope, wanted).await?;
    Ok((StatusCode::CREATED, Json(created.into())))
}

impl From<CreateRefused> for Problem {
    fn from(refused: CreateRefused) -> Self {
        match refused {
            CreateRefused::UnknownWorkflow => Self::field_text("workflow_id", "Invalid workflow_id."),
            CreateRefused::CallbackNotAllowed => Self::field(
                "callback",
                "The callback's origin is not one of the application's allowed domains.",
            ),
            CreateRefused::PortraitRequired => Self::field_text(
                "portrait_image",
                "A portrait image is required to perform face match for this workflow. Send a portrait_image.",
            ),
            CreateRefused::PortraitKind => Self::field(
                "portrait_image",
                "Upload a valid image. The file must be a JPEG, PNG, WebP or TIFF picture.",
            ),
            CreateRefused::PortraitTooLarge => Self::field("portrait_image", "Image size exceeds 2MB."),
            CreateRefused::Blocked => Self::field(
                "vendor_data",
                "This vendor_data is blocked: no new session can be created for it.",
            ),
            CreateRefused::RetriesExhausted => Self::field_text(
                "vendor_data",
                "This user has been declined and has no verification attempts left for this workflow.",
            ),
            CreateRefused::UnknownScenario => Self::field("sandbox_scenario", "Unknown sandbox scenario."),
            CreateRefused::InsufficientCredits(detail) => Self::detail(Code::Invalid, detail),
            CreateRefused::SandboxQuota { quota, seconds } => {
                let detail = format!(
                    "Sandbox session quota exceeded ({quota} sessions per 24h). Wait for the window to reset. \
                     Expected available in {seconds} seconds."
                );
                Self::detail(Code::Throttled, detail).after(seconds)
            }
            CreateRefused::Store(error) => Self::server_error(&error),
        }
    }
}
