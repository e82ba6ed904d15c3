//! `POST /v3/email/check/` (features §11.4).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::contact::Contact;
use engine::contact::standalone::{self, CheckCode};
use serde_json::Value;
use utoipa::ToSchema;

use super::fields::{ACTIONS, actions};
use super::view::{CheckView, checked};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// The code that the person typed.
#[derive(ToSchema)]
#[schema(example = json!({"email": "alice@example.com", "code": "123456"}))]
pub(super) struct CheckEmail {
    /// The address that the code was sent to.
    #[schema(format = "email")]
    email: String,
    #[schema(max_length = 10)]
    code: String,
    /// Another user has verified the address: `NO_ACTION` (default) or `DECLINE`.
    duplicated_email_action: Option<&'static str>,
    /// The address is in a known breach. Bonafide asks no breach service, so this decides nothing yet.
    breached_email_action: Option<&'static str>,
    /// The address is a throw-away one.
    disposable_email_action: Option<&'static str>,
}

impl Read for CheckEmail {
    fn read(fields: &mut Fields) -> Option<Self> {
        let email = fields.required("email", values::email);
        let code = fields.required("code", values::text(10));
        let duplicated = fields.optional("duplicated_email_action", values::choice(ACTIONS));
        let breached = fields.optional("breached_email_action", values::choice(ACTIONS));
        let disposable = fields.optional("disposable_email_action", values::choice(ACTIONS));
        Some(Self {
            email: email?,
            code: code?,
            duplicated_email_action: duplicated?,
            breached_email_action: breached?,
            disposable_email_action: disposable?,
        })
    }
}

/// Check a code that was sent by e-mail
///
/// Compared with the code sent last to this address within five minutes; three guesses. The answer is 200 in every
/// case, `status` says how it ended. Sandbox applications: `123456` is right.
#[utoipa::path(
    post, path = "/v3/email/check/", tag = "standalone", security(("api_key" = [])),
    request_body = CheckEmail,
    responses((status = 200, description = "How it ended.", body = CheckView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn check_email_code(
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<CheckEmail>,
) -> Result<Json<Value>, Problem> {
    let actions = actions(&[
        ("duplicated_email_action", wanted.duplicated_email_action),
        ("breached_email_action", wanted.breached_email_action),
        ("disposable_email_action", wanted.disposable_email_action),
    ]);
    let contact = Contact::Email(wanted.email);
    let wanted = CheckCode { contact, code: wanted.code, actions };
    Ok(Json(checked("email", standalone::check(&engine, &caller.scope, wanted).await?)))
}
