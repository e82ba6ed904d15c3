//! The three signatures that travel with a webhook (core-api §6.5).

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use crate::canonical;

/// Signatures of one body, each HMAC-SHA256 under the destination's secret in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatures {
    /// `X-Signature-V2`: over the canonical form of the body.
    pub v2: String,
    /// `X-Signature`: over the body's bytes as sent.
    pub raw: String,
    /// `X-Signature-Simple`: over `timestamp:session_id:status:webhook_type`.
    pub simple: String,
    /// `X-Timestamp`: the envelope's own `timestamp` as text, empty where it has none.
    pub timestamp: String,
}

/// Signs `body`, the bytes that are sent, whose parsed form is `envelope`.
pub fn sign(secret: &str, body: &[u8], envelope: &Value) -> Signatures {
    let [timestamp, session, status, kind] =
        ["timestamp", "session_id", "status", "webhook_type"].map(|name| field_text(envelope, name));
    let simple = format!("{timestamp}:{session}:{status}:{kind}");
    Signatures {
        v2: hmac_hex(secret, canonical(envelope).as_bytes()),
        raw: hmac_hex(secret, body),
        simple: hmac_hex(secret, simple.as_bytes()),
        timestamp,
    }
}

/// A missing or null field counts as empty text (core-api §6.5, simple variant).
fn field_text(envelope: &Value, name: &str) -> String {
    match envelope.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => canonical(other),
    }
}

fn hmac_hex(secret: &str, message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(message);
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    // Made with `printf '%s' TEXT | openssl dgst -sha256 -hmac s3cret`.
    const BODY: &str =
        r#"{"session_id":"s-1","status":"Approved","timestamp":1774970000,"webhook_type":"status.updated"}"#;
    const BODY_HMAC: &str = "3a0a00017176e790c4a30666b0fa331e7da1e9ef9e85729b7a2d5297fe466855";
    const SIMPLE_HMAC: &str = "99eaafac538c60dc37a8ff43101b1b87a7acbff3205d1f741fb54f8ac7d74362";
    const BLOCKED_HMAC: &str = "0c97a638775d88e68284902c231fe7ab59e17c82841b99ca21a35dbf42b119fd";

    #[test]
    fn the_three_signatures_cover_what_the_contract_says() {
        let envelope: Value = serde_json::from_str(BODY).unwrap();
        let signatures = sign("s3cret", BODY.as_bytes(), &envelope);
        assert_eq!(signatures.raw, BODY_HMAC);
        assert_eq!(signatures.v2, BODY_HMAC);
        assert_eq!(signatures.simple, SIMPLE_HMAC);
        assert_eq!(signatures.timestamp, "1774970000");
    }

    #[test]
    fn v2_does_not_depend_on_spaces_or_key_order_but_raw_does() {
        let spaced = r#"{ "webhook_type": "status.updated", "timestamp": 1774970000.0, "status": "Approved", "session_id": "s-1" }"#;
        let signatures = sign("s3cret", spaced.as_bytes(), &serde_json::from_str(spaced).unwrap());
        assert_eq!(signatures.v2, BODY_HMAC);
        assert_ne!(signatures.raw, BODY_HMAC);
        assert_eq!(signatures.timestamp, "1774970000");
    }

    #[test]
    fn fields_that_an_entity_event_lacks_count_as_empty() {
        let envelope =
            json!({"timestamp": 1_774_970_000, "status": "BLOCKED", "webhook_type": "user.status.updated"});
        assert_eq!(sign("s3cret", b"", &envelope).simple, BLOCKED_HMAC);
    }
}
