//! Signatures that another implementation made, when the shared test data stands beside the
//! checkout. That data belongs to others and never enters the repository.

use std::{fs, path::Path};

use outbound::{canonical, sign};
use serde_json::Value;

#[test]
fn signatures_agree_with_the_shared_vectors() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/webhooks/signatures.json");
    #[expect(clippy::disallowed_methods, reason = "a test reads its data")]
    let Ok(text) = fs::read_to_string(&file) else {
        println!("not run: {} is absent", file.display());
        return;
    };
    let vectors: Value = serde_json::from_str(&text).unwrap();
    let secret = vectors["secret"].as_str().unwrap();
    let cases = vectors["cases"].as_object().unwrap();
    assert!(!cases.is_empty());
    for (name, case) in cases {
        let body = case["body"].as_str().unwrap();
        let envelope: Value = serde_json::from_str(body).unwrap();
        assert_eq!(canonical(&envelope), body, "{name}");
        let signatures = sign(secret, body.as_bytes(), &envelope);
        assert_eq!(signatures.v2, case["signatures"]["v2"], "{name}");
        assert_eq!(signatures.raw, case["signatures"]["raw"], "{name}");
        assert_eq!(signatures.simple, case["signatures"]["simple"], "{name}");
        assert_eq!(signatures.timestamp, vectors["timestamp"].to_string(), "{name}");
    }
}
