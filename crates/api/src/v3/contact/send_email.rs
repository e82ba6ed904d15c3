//! `POST /v3/email/send/` (features §11.4).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::contact::standalone::{self, SendCode};
use engine::contact::{Channel, Contact};
use serde_json::Value;
use utoipa::ToSchema;

use super::fields::{self, CODE_SIZE, Sender, Signals};
use super::view::SendingView;
use crate::body::fields::nested;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, RateRefusals};
use crate::problem::Problem;

/// How the code and its mail look.
#[derive(ToSchema)]
pub(super) struct EmailOptions {
    /// Characters of the code.
    #[schema(value_type = Option<i64>, minimum = 4, maximum = 8, default = 6)]
    code_size: i64,
    /// Letters too, compared without regard to case.
    #[schema(value_type = Option<bool>, default = false)]
    alphanumeric_code: bool,
    /// Language of the mail. English where we do not speak it.
    #[schema(value_type = Option<String>, default = "en")]
    locale: Option<String>,
    /// Accepted; mails carry the application's name in any case.
    #[schema(value_type = Option<bool>, default = false)]
    #[expect(dead_code, reason = "read and accepted; it changes nothing yet")]
    use_white_label_customization: bool,
}

impl Read for EmailOptions {
    fn read(fields: &mut Fields) -> Option<Self> {
        let code_size = fields.optional("code_size", values::integer(4, 8));
        let alphanumeric = fields.optional("alphanumeric_code", values::boolean);
        let locale = fields.optional("locale", fields::language);
        let white_label = fields.optional("use_white_label_customization", values::boolean);
        Some(Self {
            code_size: code_size?.unwrap_or(CODE_SIZE),
            alphanumeric_code: alphanumeric?.unwrap_or(false),
            locale: locale?,
            use_white_label_customization: white_label?.unwrap_or(false),
        })
    }
}

/// Where to send a code.
#[derive(ToSchema)]
#[schema(example = json!({"email": "alice@example.com", "options": {"locale": "en"}, "vendor_data": "user-1234"}))]
pub(super) struct SendEmail {
    #[schema(format = "email")]
    email: String,
    #[schema(value_type = Option<EmailOptions>)]
    options: Option<EmailOptions>,
    #[schema(value_type = Option<Signals>)]
    signals: Value,
    /// Your name for the person.
    vendor_data: Option<String>,
    /// Any JSON, echoed.
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
}

impl Read for SendEmail {
    fn read(fields: &mut Fields) -> Option<Self> {
        let email = fields.required("email", values::email);
        let options = fields.optional("options", nested::<EmailOptions>);
        let Sender { signals, vendor_data, metadata } = fields::sender(fields)?;
        Some(Self { email: email?, options: options?, signals, vendor_data, metadata })
    }
}

/// Send a code by e-mail
///
/// The code is good for five minutes. While it is, another send renews it once for the same verification (`Retry`, the
/// same `request_id`); the next begins a new one. Each verification is a session: `request_id` reads its decision, and
/// `status.updated` webhooks tell how it goes. An address that takes no mail is answered `Undeliverable` and declined.
/// Sandbox applications get `Success` and nothing happens.
#[utoipa::path(
    post, path = "/v3/email/send/", tag = "standalone", security(("api_key" = [])),
    request_body = SendEmail,
    responses((status = 200, description = "What became of it.", body = SendingView), BodyRefusals, KeyRefusals, RateRefusals)
)]
pub(super) async fn send_email_code(
    caller: Caller<may::CreateSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<SendEmail>,
) -> Result<Json<SendingView>, Problem> {
    let options = wanted.options.as_ref();
    let wanted = SendCode {
        contact: Contact::Email(wanted.email),
        code_size: usize::try_from(options.map_or(CODE_SIZE, |options| options.code_size)).unwrap_or(6),
        alphanumeric: options.is_some_and(|options| options.alphanumeric_code),
        locale: options.and_then(|options| options.locale.clone()),
        channel: Channel::Sms,
        signals: wanted.signals,
        vendor_data: wanted.vendor_data,
        metadata: wanted.metadata,
    };
    Ok(Json(standalone::send(&engine, &caller.scope, wanted).await?.into()))
}
