//! What the operations answer.

use engine::documents::Answer;
use serde_json::{Map, Value, json};

/// The contract's body, the report under its own name.
pub(super) fn body(name: &str, answer: Answer) -> Value {
    let Answer { request_id, report, vendor_data, metadata, created_at } = answer;
    let created_at = created_at.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string();
    let body = [
        ("request_id", json!(request_id)),
        (name, report),
        ("vendor_data", json!(vendor_data)),
        ("metadata", json!(metadata)),
        ("created_at", json!(created_at)),
    ];
    Value::Object(body.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}
