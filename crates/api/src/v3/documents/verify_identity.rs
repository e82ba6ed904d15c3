//! `POST /v3/id-verification/` (features §2.6).

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use engine::Engine;
use engine::documents;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::form::{Accepts, Form, flag, whole};
use super::view;
use crate::body::values;
use crate::caller::{Caller, may};
use crate::openapi::{DetailView, InvalidView, KeyRefusals, RateRefusals};
use crate::problem::Problem;

const DOCUMENT: Accepts = Accepts { endings: &["tiff", "jpg", "jpeg", "png", "webp", "pdf"], megabytes: 10 };

const ACTIONS: &[&str] = &["NO_ACTION", "DECLINE"];

/// Actions that a caller may choose, with the contract's defaults.
const CHOSEN: [(&str, &str); 3] = [
    ("expiration_date_not_detected_action", "NO_ACTION"),
    ("invalid_mrz_action", "DECLINE"),
    ("inconsistent_data_action", "DECLINE"),
];

/// The pictures of a document, and what to do about it.
#[derive(ToSchema)]
#[schema(as = VerifyIdentity, example = json!({
    "front_image": "(front.jpg)", "back_image": "(back.jpg)", "perform_document_liveness": true,
    "save_api_request": true, "vendor_data": "user-123", "metadata": "{\"flow\": \"onboarding\"}"
}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct VerifyIdentityForm {
    /// The front of the document: `tiff`, `jpg`, `jpeg`, `png`, `webp` or `pdf`, 10 MB at most. The whole picture, not
    /// cropped.
    #[schema(value_type = String, format = "binary")]
    front_image: Vec<u8>,
    /// Opens `front_image` if it is an encrypted PDF.
    front_image_password: Option<String>,
    /// The back of the document, where it has one.
    #[schema(value_type = Option<String>, format = "binary")]
    back_image: Option<Vec<u8>>,
    /// Opens `back_image` if it is an encrypted PDF.
    back_image_password: Option<String>,
    /// Whether pictures of screens, printed copies and replaced portraits are looked for.
    #[schema(default = false)]
    perform_document_liveness: Option<bool>,
    /// Taken and not applied: no limit of age is checked here.
    #[schema(minimum = 1, maximum = 120)]
    minimum_age: Option<i64>,
    /// `NO_ACTION` or `DECLINE`.
    #[schema(default = "NO_ACTION")]
    expiration_date_not_detected_action: Option<String>,
    /// `NO_ACTION` or `DECLINE`.
    #[schema(default = "DECLINE")]
    invalid_mrz_action: Option<String>,
    /// `NO_ACTION` or `DECLINE`.
    #[schema(default = "DECLINE")]
    inconsistent_data_action: Option<String>,
    /// `latin`, or `non_latin` for names as the document's own script writes them where it prints both.
    #[schema(default = "latin")]
    preferred_characters: Option<String>,
    /// Whether the call becomes a session.
    #[schema(default = true)]
    save_api_request: Option<bool>,
    /// Your name for the person.
    vendor_data: Option<String>,
    /// Any JSON, written as a text; echoed.
    metadata: Option<String>,
}

/// What a document came to.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct IdentityAnswerView {
    /// The session if the call was saved; else an id that names nothing.
    request_id: Uuid,
    /// The fields of `id_verifications` in decisions, without films, whole pictures, other sessions and the node; and
    /// `barcodes`. Pictures are short-lived links, or JPEG in base64 if the call was not saved.
    #[schema(value_type = Object)]
    id_verification: Value,
    vendor_data: Option<String>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
    /// ISO 8601 in UTC.
    created_at: String,
}

/// The form, read and judged.
pub(super) struct VerifyIdentity(documents::VerifyIdentity);

impl<S: Send + Sync> FromRequest<S> for VerifyIdentity {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let mut form = Form::of(request).await?;
        let read = read(&mut form);
        form.fields.finish(read).map(Self).map_err(Problem::fields)
    }
}

fn read(form: &mut Form) -> Option<documents::VerifyIdentity> {
    let front = form.required("front_image", &DOCUMENT);
    let back = form.optional("back_image", &DOCUMENT);
    let liveness = form.fields.optional("perform_document_liveness", flag);
    let minimum_age = form.fields.optional("minimum_age", whole(1, 120));
    let mut actions = Some(serde_json::Map::new());
    for (name, default) in CHOSEN {
        let chosen = form.fields.optional(name, values::choice(ACTIONS));
        match (&mut actions, chosen) {
            (Some(actions), Some(chosen)) => {
                actions.insert(name.to_owned(), Value::from(chosen.unwrap_or(default)));
            }
            _ => actions = None,
        }
    }
    let characters = form.fields.optional("preferred_characters", values::choice(&["latin", "non_latin"]));
    let call = form.call();
    minimum_age?;
    Some(documents::VerifyIdentity {
        front: front?,
        back: back?,
        document_liveness: liveness?.unwrap_or(false),
        actions: actions?,
        non_latin: characters? == Some("non_latin"),
        call: call?,
    })
}

/// Check an identity document
///
/// Reads the document, checks it and answers at once. What is wrong with a document that could be read is told in
/// `warnings`, and `status` says `Declined`; a picture in which no document is recognised is refused and costs nothing.
/// Saved calls are sessions: `request_id` reads their decision, and `status.updated` webhooks tell of them. Sandbox
/// applications get an invented document.
#[utoipa::path(
    post, path = "/v3/id-verification/", tag = "standalone", security(("api_key" = [])),
    request_body(content = VerifyIdentityForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The document was read.", body = IdentityAnswerView, example = json!({
            "request_id": "11d219ed-d59c-4b1d-8d65-9b933f12d5b8",
            "id_verification": {
                "status": "Approved", "document_type": "Passport", "document_number": "X00000000",
                "date_of_birth": "1992-03-14", "expiration_date": "2031-03-13", "issuing_state": "UTO",
                "first_name": "ALEX", "last_name": "SAMPLE", "warnings": [], "barcodes": []
            },
            "vendor_data": "user-123", "metadata": {"flow": "onboarding"},
            "created_at": "2026-06-12T02:29:02.439655+00:00"
        })),
        (status = 400, description = "A field is wrong, or no document was recognised.", body = InvalidView,
         example = json!({"error": "COULD_NOT_RECOGNIZE_DOCUMENT"})),
        (status = 413, description = "The form is larger than 24 MB.", body = DetailView),
        (status = 415, description = "The form is not sent as `multipart/form-data`.", body = DetailView),
        (status = 503, description = "The reader could not be loaded.", body = DetailView),
        KeyRefusals, RateRefusals
    )
)]
pub(super) async fn verify_identity(
    caller: Caller<may::CreateSessions>,
    State(engine): State<Engine>,
    wanted: Result<VerifyIdentity, Problem>,
) -> Result<Json<Value>, Problem> {
    let answer = documents::verify_identity(&engine, &caller.scope, wanted?.0).await?;
    Ok(Json(view::body("id_verification", answer)))
}
