//! A code of an authenticator, and the recovery codes that replace it.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Fields, Read, values};

/// A code.
#[derive(ToSchema)]
#[schema(as = OtpToken)]
pub(super) struct SecondFactorCode {
    /// Six digits of the authenticator.
    #[schema(example = "123456")]
    pub(super) otp_token: String,
}

impl Read for SecondFactorCode {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { otp_token: fields.required("otp_token", otp)? })
    }
}

/// A code as text; also as the number that careless clients send.
pub(super) fn otp(value: &Value) -> Parsed<String> {
    match value {
        Value::Number(number) if number.is_u64() => values::text(64)(&json!(format!("{number:0>6}"))),
        Value::String(_) => values::text(64)(value),
        _ => wrong("Not a valid string."),
    }
}

/// Codes for when the device is lost; each works once, shown this once.
#[derive(Serialize, ToSchema)]
pub(super) struct RecoveryCodesView {
    #[schema(example = json!(["7K2QZD41MXPA"]))]
    pub(super) recovery_codes: Vec<String>,
}
