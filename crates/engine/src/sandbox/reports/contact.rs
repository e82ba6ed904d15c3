//! A telephone number and an e-mail address that were confirmed at once (features §10.3, §11.2).

use serde_json::{Value, json};

use super::Case;

/// 555-0100 to 555-0199 are kept for fiction by the North American numbering plan.
const PHONE: &str = "+15550101000";
const EMAIL: &str = "alex.sample@example.com";

pub(super) fn phone(case: &Case<'_>) -> Value {
    let number = case.phone.unwrap_or(PHONE);
    let american = number.strip_prefix("+1");
    json!({
        "phone_number_prefix": american.map_or("", |_| "+1"),
        "phone_number": american.unwrap_or(number),
        "full_number": number,
        "country_code": american.map_or("", |_| "US"),
        "country_name": american.map_or("", |_| "United States"),
        "carrier": {"name": "Sample Mobile", "type": "mobile"},
        "is_disposable": false,
        "is_virtual": false,
        "verification_method": "sms",
        "verification_attempts": 1,
        "verified_at": case.instant(),
        "lifecycle": [
            step(case, "PHONE_VERIFICATION_MESSAGE_SENT", &json!({
                "status": "Success", "reason": null, "channel": "sms", "actual_channel": "sms",
            })),
            step(case, "VALID_CODE_ENTERED", &json!({"code_tried": "123456", "status": "Approved"})),
            step(case, "PHONE_VERIFICATION_APPROVED", &Value::Null),
        ],
        "matches": [],
    })
}

pub(super) fn email(case: &Case<'_>) -> Value {
    json!({
        "email": case.email.unwrap_or(EMAIL),
        "is_breached": false,
        "breaches": [],
        "is_disposable": false,
        "is_undeliverable": false,
        "verification_attempts": 1,
        "verified_at": case.instant(),
        "lifecycle": [
            step(case, "EMAIL_VERIFICATION_MESSAGE_SENT", &json!({"status": "Success", "reason": null})),
            step(case, "VALID_CODE_ENTERED", &json!({"code_tried": "123456", "status": "Approved"})),
            step(case, "EMAIL_VERIFICATION_APPROVED", &Value::Null),
        ],
        "matches": [],
    })
}

fn step(case: &Case<'_>, kind: &str, details: &Value) -> Value {
    json!({"type": kind, "timestamp": case.instant(), "details": details, "fee": 0})
}
