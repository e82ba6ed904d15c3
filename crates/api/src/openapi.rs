//! `openapi.json`: what the handlers say of themselves, and what they have in common.

pub mod everywhere;

use serde::Serialize;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{IntoResponses, Modify, OpenApi, ToSchema};

/// The parts of the document that belong to no single operation.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bonafide",
        description = "Self-hosted identity verification. Create a session, send the person to its `url`, receive a signed webhook.\n\nEvery path answers with and without the trailing slash. The account routes also answer under `/auth/v2`. Requests that are refused change nothing; the body is `{\"detail\": \"…\"}`, or `{\"field\": [\"…\"]}` for input that is wrong."
    ),
    tags(
        (name = "sessions", description = "One verification of one person."),
        (name = "workflows", description = "What a verification consists of."),
        (name = "users", description = "Whom sessions are about, over all of their sessions."),
        (name = "businesses", description = "The companies that business sessions are about."),
        (name = "lists", description = "What is kept out, and what you keep a record of."),
        (name = "verification settings", description = "Workflows as operators draw them: drafts and graphs."),
        (name = "questionnaires", description = "Forms that a workflow asks a person to fill in."),
        (name = "webhooks", description = "Where results are delivered, and how that went."),
        (name = "standalone", description = "Single checks without a hosted page."),
        (name = "billing", description = "Credits, on servers that charge."),
        (name = "accounts", description = "An API key without a browser."),
        (name = "access", description = "Organisations, members, roles, applications, named keys, and the record of changes."),
        (name = "system", description = "Whether the server works.")
    ),
    components(schemas(InvalidView, InvalidFieldsView)),
    modifiers(&Security)
)]
pub struct Common;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let key = ApiKeyValue::with_description("x-api-key", "The application's key.");
        components.add_security_scheme("api_key", SecurityScheme::ApiKey(ApiKey::Header(key)));
        let token = ApiKeyValue::with_description("Session-Token", "The session's own token.");
        components.add_security_scheme("session_token", SecurityScheme::ApiKey(ApiKey::Header(token)));
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT");
        let bearer = bearer.description(Some("The access token of a login.")).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let basic = HttpBuilder::new().scheme(HttpAuthScheme::Basic);
        let basic = basic.description(Some("An application's `client_id` and API key.")).build();
        components.add_security_scheme("basic", SecurityScheme::Http(basic));
    }
}

/// A refusal with one sentence.
#[derive(ToSchema)]
pub struct DetailView {
    /// What was wrong.
    pub detail: String,
}

/// Refused input.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum InvalidView {
    Fields(InvalidFieldsView),
    /// What is wrong with the input as a whole.
    Whole(Vec<String>),
}

/// `detail`, or one entry per field that is wrong, nested as the input is.
#[derive(Serialize, ToSchema)]
#[schema(value_type = Object)]
pub struct InvalidFieldsView(pub serde_json::Map<String, serde_json::Value>);

/// Refusals of routes that take an API key.
#[derive(IntoResponses)]
pub enum KeyRefusals {
    /// The key is missing, malformed, unknown or may not do this; always this one body.
    #[response(status = 403, example = json!({"detail": "You do not have permission to perform this action."}))]
    Denied(DetailView),
}

/// Refusals of routes that name one object.
#[derive(IntoResponses)]
pub enum ObjectRefusals {
    /// The application has no such object.
    #[response(status = 404, example = json!({"detail": "Not found."}))]
    NotFound(DetailView),
}

/// Refusals of routes with a body.
#[derive(IntoResponses)]
pub enum BodyRefusals {
    /// A field is missing or wrong, or the body is not JSON.
    #[response(status = 400, example = json!({"field": ["This field is required."]}))]
    Invalid(InvalidView),
    /// The body is larger than 5 MB.
    #[response(status = 413)]
    TooLarge(DetailView),
    /// The body is not sent as `application/json`.
    #[response(status = 415)]
    MediaType(DetailView),
}

/// Refusals of routes that are asked in the query.
#[derive(IntoResponses)]
pub enum QueryRefusals {
    /// A parameter is not of its type.
    #[response(status = 400, example = json!({"date_from": ["Enter a valid date."]}))]
    Invalid(InvalidView),
}

/// Refusals of routes that may be called only so often.
#[derive(IntoResponses)]
pub enum RateRefusals {
    /// Too often; `Retry-After` says how many seconds to wait.
    #[response(status = 429, example = json!({"detail": "Request was throttled. Expected available in 3600 seconds."}))]
    Throttled(DetailView),
}

/// Refusals of what may need a second person.
#[derive(IntoResponses)]
pub enum SecondPersonRefusals {
    /// The credential is missing, malformed, unknown or may not do this; or the organisation demands a second person:
    /// then nothing was done, and the request of this `approval_id` waits for one.
    #[response(
        status = 403,
        examples(
            ("denied" = (value = json!({"detail": "You do not have permission to perform this action."}))),
            ("second person" = (value = json!({
                "detail": "A second person must approve this. Nothing was done; the request waits for approval.",
                "code": "second_person_needed", "approval_id": "019a2f6e-5c1b-7d6a-9a1f-0d2c4f0a9b11"
            })))
        )
    )]
    Denied(DetailView),
}

/// Refusals of decisions about a request.
#[derive(IntoResponses)]
pub enum DecisionRefusals {
    /// It was decided before, its time is over, or what it is about has changed.
    #[response(status = 409, example = json!({"detail": "This request is approved.", "code": "not_pending"}))]
    NotPending(DetailView),
}
