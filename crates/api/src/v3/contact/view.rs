//! What sends and checks answer.

use engine::contact::standalone::{Check, CheckStatus, Sending};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// What became of a send.
#[derive(Serialize, ToSchema)]
pub(super) struct SendingView {
    /// The session of this verification; a retry answers the first send's.
    request_id: Uuid,
    /// `Success`, `Retry`, and `Undeliverable` for mail or `Blocked` for text messages.
    status: &'static str,
    /// Why nothing was sent.
    reason: Option<String>,
    /// Of the first send.
    vendor_data: Option<String>,
    /// Of the first send.
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
}

impl From<Sending> for SendingView {
    fn from(sending: Sending) -> Self {
        Self {
            request_id: sending.request_id.0,
            status: sending.status.as_str(),
            reason: sending.reason,
            vendor_data: sending.vendor_data,
            metadata: sending.metadata,
        }
    }
}

/// What became of a check. The report stands under `email` or `phone`: null after a wrong code, absent where nothing
/// was found.
#[derive(ToSchema)]
#[expect(dead_code, reason = "documentation; the body is put together by `checked`")]
pub(super) struct CheckView {
    /// The session once it is decided; else an id that names nothing.
    request_id: Uuid,
    /// `Approved`, `Declined`, `Failed` or `Expired or Not Found`.
    status: String,
    /// The same in a sentence.
    message: String,
    /// The report of an e-mail check, as in the decision.
    #[schema(value_type = Option<Object>)]
    email: Option<Value>,
    /// The report of a phone check, as in the decision.
    #[schema(value_type = Option<Object>)]
    phone: Option<Value>,
    vendor_data: Option<String>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
    /// Now.
    created_at: String,
}

#[expect(clippy::needless_pass_by_value, reason = "an answer is shown once")]
pub(super) fn checked(name: &str, check: Check) -> Value {
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("request_id", json!(check.request_id));
    put("status", json!(check.status.as_str()));
    put("message", json!(check.message));
    if check.status != CheckStatus::NotFound {
        put(name, json!(check.report));
    }
    put("vendor_data", json!(check.vendor_data));
    put("metadata", json!(check.metadata));
    put("created_at", json!(check.created_at.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string()));
    Value::Object(body)
}
