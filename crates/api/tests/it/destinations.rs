//! Where results go, and how that went.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::app::Reply;
use testkit::{HttpSink, TestApp};

const PATH: &str = "/v3/webhook/destinations/";

async fn create(app: &TestApp, url: &str) -> Reply {
    let body = json!({"label": "Production", "url": url, "webhook_version": "v3", "subscribed_events": ["status.updated"]});
    app.sandbox_integrator().post(PATH, &body).await
}

testkit::both_databases! {
    async fn a_destination_is_made_read_changed_and_removed(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let created = create(&app, "https://yourapp.com/webhooks").await;
        assert_eq!(created.status, 201, "{}", created.body);
        assert_eq!(created.text("secret_shared_key").len(), 43);
        assert_eq!(created.body["summary"], json!({
            "total_deliveries": 0, "failed_deliveries": 0, "error_rate_percentage": 0, "min_response_time_ms": null,
            "avg_response_time_ms": null, "max_response_time_ms": null, "last_delivery_at": null
        }));
        assert_eq!((created.body["enabled"].clone(), created.text("webhook_version")), (json!(true), "v3".to_owned()));
        let path = format!("{PATH}{}/", created.text("uuid"));
        assert_eq!(integrator.get(&path).await.body, created.body);
        assert_eq!(app.integrator().get(&path).await.status, 404, "not theirs");
        let list = integrator.get(PATH).await;
        let row = list.body[0].as_object().unwrap();
        assert!(!row.contains_key("secret_shared_key") && !row.contains_key("summary"));
        assert_eq!((&row["subscribed_events_count"], &row["deliveries_count"]), (&json!(1), &json!(0)));
        let patch = json!({"enabled": false, "subscribed_events": ["data.updated", "data.updated"]});
        let changed = integrator.patch(&path, &patch).await;
        assert_eq!((changed.status, changed.body["subscribed_events"].clone()), (200, json!(["data.updated"])));
        assert_eq!(changed.text("secret_shared_key"), created.text("secret_shared_key"));
        assert_eq!(integrator.delete(&path).await.status, 204);
        for reply in [integrator.get(&path).await, integrator.delete(&path).await] {
            assert_eq!((reply.status, reply.body), (404, json!({"detail": "Webhook destination not found."})));
        }
        assert_eq!(create(&app, "https://yourapp.com/webhooks").await.status, 201, "the address is free again");
    }

    async fn what_a_destination_cannot_be_is_refused_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        assert_eq!(create(&app, "https://yourapp.com/webhooks").await.status, 201);
        let taken = create(&app, "https://yourapp.com/webhooks").await;
        let message = "This webhook destination already exists for the application.";
        assert_eq!((taken.status, taken.body), (400, json!({"url": [message]})));
        for url in ["yourapp", "ftp://yourapp.com", "http://10.0.0.1/", "https://169.254.169.254/latest", "https://[fd00::1]/"] {
            let reply = create(&app, url).await;
            assert_eq!(reply.status, 400, "{url}");
            assert!(reply.body["url"].is_array(), "{}", reply.body);
        }
        let with = |events: Value| json!({"label": "A", "url": "https://a.example/", "subscribed_events": events});
        let empty = integrator.post(PATH, &with(json!([]))).await;
        let message = "At least one subscribed event is required.";
        assert_eq!((empty.status, empty.body), (400, json!({"subscribed_events": [message]})));
        let unknown = integrator.post(PATH, &with(json!(["status.updated", "foo.bar", "Status.Updated"]))).await;
        let message = "Unsupported webhook events: foo.bar, Status.Updated";
        assert_eq!((unknown.status, unknown.body), (400, json!({"subscribed_events": [message]})));
        let missing = integrator.post(PATH, &json!({"webhook_version": "v9"})).await;
        let required = json!(["This field is required."]);
        let errors = json!({"label": required, "url": required, "webhook_version": ["\"v9\" is not a valid choice."]});
        assert_eq!((missing.status, missing.body), (400, errors));
        assert_eq!(integrator.get(PATH).await.body.as_array().map(Vec::len), Some(1));
        let omitted = integrator.post(PATH, &json!({"label": "A", "url": "https://a.example/"})).await;
        assert_eq!((omitted.status, omitted.body.get("subscribed_events")), (201, None));
    }

    async fn deliveries_are_logged_shown_and_sent_again(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let integrator = app.sandbox_integrator();
        let destination = create(&app, &sink.url("/hook")).await;
        assert_eq!(destination.status, 201, "{}", destination.body);
        let body = json!({"workflow_id": app.sandbox.kyc, "sandbox_scenario": "approve", "vendor_data": "user-123"});
        let session = integrator.post("/v3/session/", &body).await;
        app.run_jobs().await;
        let first = sink.wait_for(1).await.remove(0);
        let path = format!("{PATH}{}/deliveries/", destination.text("uuid"));
        let list = integrator.get(&path).await;
        assert_eq!((list.status, list.body["count"].clone()), (200, json!(1)));
        let row = list.body["results"][0].clone();
        assert_eq!((&row["session_id"], &row["webhook_type"]), (&session.body["session_id"], &json!("status.updated")));
        assert_eq!((&row["response_status"], &row["status"]), (&json!(200), &json!("delivered")));
        let one = integrator.get(&format!("{path}{}/", row["uuid"].as_str().unwrap())).await;
        assert_eq!(one.text("request_body").as_bytes(), first.body);
        let sent: Value = serde_json::from_str(&one.text("request_header")).unwrap();
        assert!(sent.as_object().unwrap().keys().any(|name| name.eq_ignore_ascii_case("x-signature-v2")));
        app.clock.advance(SignedDuration::from_secs(30));
        let resend = format!("{path}{}/resend/", row["uuid"].as_str().unwrap());
        let resent = integrator.post(&resend, &json!({})).await;
        assert_eq!((resent.status, resent.text("status")), (202, "queued".to_owned()));
        app.run_jobs().await;
        let second = sink.wait_for(2).await.remove(1);
        let (before, after): (Value, Value) =
            (serde_json::from_slice(&first.body).unwrap(), serde_json::from_slice(&second.body).unwrap());
        assert_eq!(before["event_id"], after["event_id"]);
        assert_eq!(before["timestamp"].as_i64().unwrap() + 30, after["timestamp"].as_i64().unwrap());
        assert_eq!(integrator.get(&path).await.body["count"], 2);
        let summary = integrator.get(&format!("{PATH}{}/", destination.text("uuid"))).await.body["summary"].clone();
        assert_eq!((&summary["total_deliveries"], &summary["failed_deliveries"]), (&json!(2), &json!(0)));
        let nowhere = format!("{path}11111111-2222-3333-4444-555555555555/");
        assert_eq!(integrator.get(&nowhere).await.body, json!({"detail": "Not found."}));
        assert_eq!(app.integrator().post(&resend, &json!({})).await.status, 404, "not theirs");
    }
}
