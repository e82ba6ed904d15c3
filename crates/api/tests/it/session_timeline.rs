//! The decision with its timeline.

use serde_json::{Value, json};
use testkit::TestApp;

testkit::both_databases! {
    async fn the_timeline_tells_what_happened_in_order(database: &Database) {
        let app = TestApp::start(database).await;
        let api = app.sandbox_integrator();
        let body = json!({"workflow_id": app.sandbox.kyc, "sandbox_scenario": "decline_document_expired"});
        let id = api.post("/v3/session/", &body).await.text("session_id");
        assert_eq!(api.post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await.status, 200);
        let plain = api.get(&format!("/v3/session/{id}/decision/?include=nothing")).await.body;
        assert_eq!((&plain["session_kind"], plain.get("events")), (&json!("user"), None));

        let reply = api.get(&format!("/v3/session/{id}/decision/?include=events")).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        let expanded = reply.body;
        assert_eq!(expanded.get("session_kind"), None, "the expanded shape is of persons only");
        assert_eq!(expanded["features"][0], json!({"feature": "ID_VERIFICATION", "node_id": "id_verification_1"}));
        for (name, value) in [
            ("session_type", json!("HOSTED")), ("api_service", Value::Null), ("workflow_type", json!("kyc")),
            ("activity_reviews", json!([])), ("workflow_version", json!(1)), ("has_device_nfc_support", json!(false)),
            ("blocklisted", json!({"document": false, "face": false, "phone": false, "email": false})),
        ] {
            assert_eq!(expanded[name], value, "{name}");
        }
        let events = expanded["events"].as_array().unwrap();
        let told: Vec<_> = events.iter().filter(|event| event["type"] == "STATUS_UPDATED").map(|event| event["details"]["status"].as_str().unwrap()).collect();
        assert_eq!(told, ["Not Started", "In Progress", "Declined"]);
        assert!(events.iter().any(|event| event["type"] == "OCR_DECLINED" && event["node_id"] == "id_verification_1"));
        assert_eq!(expanded["id_verifications"], plain["id_verifications"]);
        assert_eq!(app.integrator().get(&format!("/v3/session/{id}/decision/?include=events")).await.status, 404);
    }
}
