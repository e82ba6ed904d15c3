//! `POST /v3/phone/check/` (features §10.5).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::contact::standalone::{self, CheckCode};
use engine::contact::{Contact, PhoneNumber};
use serde_json::Value;
use utoipa::ToSchema;

use super::fields::{self, ACTIONS, actions};
use super::view::{CheckView, checked};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// The code that the person typed.
#[derive(ToSchema)]
#[schema(example = json!({"phone_number": "+14155552671", "code": "123456"}))]
pub(super) struct CheckPhone {
    /// The number that the code was sent to, E.164.
    #[schema(value_type = String, max_length = 20)]
    phone_number: PhoneNumber,
    /// 4 to 8 digits; anything else is refused and costs no guess.
    #[schema(pattern = "^[0-9]{4,8}$")]
    code: String,
    /// Another user has verified the number: `NO_ACTION` (default) or `DECLINE`.
    duplicated_phone_number_action: Option<&'static str>,
    /// The number is lent out for a short time. Bonafide asks no such service, so this decides nothing yet.
    disposable_number_action: Option<&'static str>,
    /// The number is one of the internet.
    voip_number_action: Option<&'static str>,
}

impl Read for CheckPhone {
    fn read(fields: &mut Fields) -> Option<Self> {
        let phone_number = fields.required("phone_number", fields::phone_number);
        let code = fields.required("code", fields::digits);
        let duplicated = fields.optional("duplicated_phone_number_action", values::choice(ACTIONS));
        let disposable = fields.optional("disposable_number_action", values::choice(ACTIONS));
        let voip = fields.optional("voip_number_action", values::choice(ACTIONS));
        Some(Self {
            phone_number: phone_number?,
            code: code?,
            duplicated_phone_number_action: duplicated?,
            disposable_number_action: disposable?,
            voip_number_action: voip?,
        })
    }
}

/// Check a code that was sent to a phone
///
/// As for e-mail.
#[utoipa::path(
    post, path = "/v3/phone/check/", tag = "standalone", security(("api_key" = [])),
    request_body = CheckPhone,
    responses((status = 200, description = "How it ended.", body = CheckView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn check_phone_code(
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<CheckPhone>,
) -> Result<Json<Value>, Problem> {
    let actions = actions(&[
        ("duplicated_phone_number_action", wanted.duplicated_phone_number_action),
        ("disposable_number_action", wanted.disposable_number_action),
        ("voip_number_action", wanted.voip_number_action),
    ]);
    let contact = Contact::Phone(wanted.phone_number);
    let wanted = CheckCode { contact, code: wanted.code, actions };
    Ok(Json(checked("phone", standalone::check(&engine, &caller.scope, wanted).await?)))
}
