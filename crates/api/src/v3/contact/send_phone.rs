//! `POST /v3/phone/send/` (features §10.5).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::contact::standalone::{self, SendCode};
use engine::contact::{Channel, Contact, PhoneNumber};
use serde_json::Value;
use utoipa::ToSchema;

use super::fields::{self, CODE_SIZE, Sender, Signals};
use super::view::SendingView;
use crate::body::fields::nested;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, DetailView, KeyRefusals, RateRefusals};
use crate::problem::Problem;

const CHANNELS: &[&str] = &["whatsapp", "sms", "telegram", "voice", "rcs", "viber", "zalo"];

/// How the code travels.
#[derive(ToSchema)]
pub(super) struct PhoneOptions {
    /// Digits of the code.
    #[schema(value_type = Option<i64>, minimum = 4, maximum = 8, default = 6)]
    code_size: i64,
    /// Language of the message, `es` or `en-US`. English where we do not speak it.
    #[schema(value_type = Option<String>, max_length = 5, pattern = "^[a-z]{2,3}(-[A-Z]{2,3})?$")]
    locale: Option<String>,
    /// Preferred; SMS where the installation's provider has no other.
    #[schema(value_type = Option<String>, default = "whatsapp")]
    preferred_channel: &'static str,
}

impl Read for PhoneOptions {
    fn read(fields: &mut Fields) -> Option<Self> {
        let code_size = fields.optional("code_size", values::integer(4, 8));
        let locale = fields.optional("locale", fields::locale);
        let channel = fields.optional("preferred_channel", values::choice(CHANNELS));
        Some(Self {
            code_size: code_size?.unwrap_or(CODE_SIZE),
            locale: locale?,
            preferred_channel: channel?.unwrap_or("whatsapp"),
        })
    }
}

/// Where to send a code.
#[derive(ToSchema)]
#[schema(example = json!({"phone_number": "+14155552671", "options": {"preferred_channel": "sms", "locale": "en-US"}, "vendor_data": "user-1234"}))]
pub(super) struct SendPhone {
    /// E.164.
    #[schema(value_type = String, max_length = 20, example = "+14155552671")]
    phone_number: PhoneNumber,
    #[schema(value_type = Option<PhoneOptions>)]
    options: Option<PhoneOptions>,
    #[schema(value_type = Option<Signals>)]
    signals: Value,
    /// Your name for the person.
    vendor_data: Option<String>,
    /// Any JSON, echoed.
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
}

impl Read for SendPhone {
    fn read(fields: &mut Fields) -> Option<Self> {
        let phone_number = fields.required("phone_number", fields::phone_number);
        let options = fields.optional("options", nested::<PhoneOptions>);
        let Sender { signals, vendor_data, metadata } = fields::sender(fields)?;
        Some(Self { phone_number: phone_number?, options: options?, signals, vendor_data, metadata })
    }
}

/// Send a code to a phone
///
/// As for e-mail; four sends per number and hour. `Blocked` means that the provider refused and the verification is
/// declined.
#[utoipa::path(
    post, path = "/v3/phone/send/", tag = "standalone", security(("api_key" = [])),
    request_body = SendPhone,
    responses(
        (status = 200, description = "What became of it.", body = SendingView),
        (status = 502, description = "The provider is down, or none is configured; a retry costs nothing.", body = DetailView,
         example = json!({"detail": "The phone verification provider is temporarily unavailable.", "code": "phone_provider_unavailable"})),
        BodyRefusals, KeyRefusals, RateRefusals
    )
)]
pub(super) async fn send_phone_code(
    caller: Caller<may::CreateSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<SendPhone>,
) -> Result<Json<SendingView>, Problem> {
    let options = wanted.options.as_ref();
    let channel = options.map_or("whatsapp", |options| options.preferred_channel);
    let wanted = SendCode {
        contact: Contact::Phone(wanted.phone_number),
        code_size: usize::try_from(options.map_or(CODE_SIZE, |options| options.code_size)).unwrap_or(6),
        alphanumeric: false,
        locale: options.and_then(|options| options.locale.clone()),
        channel: Channel::of(channel).unwrap_or(Channel::Sms),
        signals: wanted.signals,
        vendor_data: wanted.vendor_data,
        metadata: wanted.metadata,
    };
    Ok(Json(standalone::send(&engine, &caller.scope, wanted).await?.into()))
}
