//! Fields that the four operations share: options, signals, addresses, codes.

use std::net::IpAddr;

use engine::contact::PhoneNumber;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Fields, Read, values};
use crate::languages::LANGUAGES;

const PLATFORMS: &[&str] = &["android", "ios", "ipados", "tvos", "web"];
/// What a standalone check may do about a risk: nobody is there to review.
pub(super) const ACTIONS: &[&str] = &["NO_ACTION", "DECLINE"];
/// Digits of a code unless the request says otherwise.
pub(super) const CODE_SIZE: i64 = 6;

/// What you know of the person's device and network.
#[derive(ToSchema, Default)]
pub(super) struct Signals {
    /// IPv4 or IPv6.
    #[schema(value_type = Option<String>, example = "192.0.2.1")]
    #[expect(dead_code, reason = "documentation; read through the generic list below")]
    ip: Option<String>,
    #[schema(max_length = 255)]
    #[expect(dead_code, reason = "documentation")]
    device_id: Option<String>,
    /// `android`, `ios`, `ipados`, `tvos` or `web`.
    #[expect(dead_code, reason = "documentation")]
    device_platform: Option<String>,
    #[schema(max_length = 255)]
    #[expect(dead_code, reason = "documentation")]
    device_model: Option<String>,
    #[schema(max_length = 64)]
    #[expect(dead_code, reason = "documentation")]
    os_version: Option<String>,
    #[schema(max_length = 64)]
    #[expect(dead_code, reason = "documentation")]
    app_version: Option<String>,
    #[schema(max_length = 512)]
    #[expect(dead_code, reason = "documentation")]
    user_agent: Option<String>,
}

/// The signals that were sent, by name.
pub(super) struct SentSignals(pub(super) Value);

impl Read for SentSignals {
    fn read(fields: &mut Fields) -> Option<Self> {
        let ip = fields.optional("ip", address);
        let platform = fields.optional("device_platform", values::choice(PLATFORMS));
        let mut read = vec![("ip", ip), ("device_platform", platform.map(|word| word.map(str::to_owned)))];
        let sizes = [
            ("device_id", 255),
            ("device_model", 255),
            ("os_version", 64),
            ("app_version", 64),
            ("user_agent", 512),
        ];
        for (name, longest) in sizes {
            read.push((name, fields.optional(name, values::opaque(longest))));
        }
        let mut signals = serde_json::Map::new();
        for (name, value) in read {
            if let Some(value) = value? {
                signals.insert(name.to_owned(), json!(value));
            }
        }
        Some(Self(Value::Object(signals)))
    }
}

fn address(value: &Value) -> Parsed<String> {
    let text = values::text(64)(value)?;
    if text.parse::<IpAddr>().is_ok() { Ok(text) } else { wrong("Enter a valid IPv4 or IPv6 address.") }
}

/// The rest of a request that both kinds of send share.
pub(super) struct Sender {
    pub(super) signals: Value,
    pub(super) vendor_data: Option<String>,
    pub(super) metadata: Option<Value>,
}

pub(super) fn sender(fields: &mut Fields) -> Option<Sender> {
    let signals = fields.optional("signals", crate::body::fields::nested::<SentSignals>);
    let vendor_data = fields.optional("vendor_data", values::opaque(2048));
    let metadata = Some(fields.raw("metadata")).filter(|metadata| !metadata.is_null());
    Some(Sender {
        signals: signals?.map_or(Value::Null, |signals| signals.0),
        vendor_data: vendor_data?.filter(|text| !text.is_empty()),
        metadata,
    })
}

/// A number of some country's plan.
pub(super) fn phone_number(value: &Value) -> Parsed<PhoneNumber> {
    let text = values::text(20)(value)?;
    PhoneNumber::parse(&text).map_or_else(|| wrong("Invalid phone number provided."), Ok)
}

/// One of the contract's languages.
pub(super) fn language(value: &Value) -> Parsed<String> {
    let text = value.as_str().unwrap_or_default();
    match LANGUAGES.iter().find(|language| **language == text) {
        Some(language) => Ok((*language).to_owned()),
        None => wrong(format!("Invalid locale. Supported locales are {}.", LANGUAGES.join(", "))),
    }
}

/// A language, perhaps with a region: `es`, `en-US`.
pub(super) fn locale(value: &Value) -> Parsed<String> {
    let text = values::text(5)(value)?;
    let (primary, region) = text.split_once('-').map_or((text.as_str(), None), |(one, two)| (one, Some(two)));
    let fits = |part: &str| matches!(part.len(), 2 | 3);
    let sound = fits(primary)
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.is_none_or(|region| fits(region) && region.bytes().all(|byte| byte.is_ascii_uppercase()));
    if sound { Ok(text) } else { wrong("Enter a valid locale, for example \"en\" or \"en-US\".") }
}

/// A code of digits; anything else costs no guess.
pub(super) fn digits(value: &Value) -> Parsed<String> {
    match value.as_str().map(str::trim) {
        Some(code) if (4..=8).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(code.to_owned())
        }
        _ => wrong("Invalid code format. Enter 4 to 8 numeric digits."),
    }
}

/// The actions as settings, by their names.
pub(super) fn actions(sent: &[(&str, Option<&'static str>)]) -> serde_json::Map<String, Value> {
    sent.iter().map(|(name, action)| ((*name).to_owned(), json!(action.unwrap_or("NO_ACTION")))).collect()
}
