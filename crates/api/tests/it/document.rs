//! `openapi.json` and the page that renders it.

use serde_json::Value;
use testkit::TestApp;

testkit::both_databases! {
    async fn every_operation_is_documented_for_people(database: &Database) {
        let app = TestApp::start(database).await;
        let document = app.stranger().get("/openapi.json").await;
        assert_eq!(document.status, 200);
        let mut names = Vec::new();
        for (path, item) in document.body["paths"].as_object().unwrap() {
            assert!(path.ends_with('/'), "{path} is not in its canonical spelling");
            for (method, operation) in item.as_object().unwrap() {
                let at = format!("{method} {path}");
                assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{at} has no summary");
                assert!(operation["tags"][0].is_string(), "{at} has no tag");
                names.push(operation["operationId"].as_str().unwrap().to_owned());
                let takes_body = operation["requestBody"].is_object();
                let explains = operation["responses"]["400"].is_object();
                assert!(explains || !takes_body, "{at}: a body can be wrong");
                let keyed = operation["security"].as_array().is_some_and(|ways| ways.iter().any(|way| way["session_token"].is_null()));
                // These take the key, or the token that stands for it, in their body.
                let keyed = keyed || ["/auth/v2/token/", "/auth/v2/token/refresh/"].contains(&path.as_str());
                assert_eq!(keyed, operation["responses"]["403"].is_object(), "{at}: a key can be wrong");
            }
        }
        let mut unique = names.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), names.len(), "operation ids are unique");
        assert!(names.len() >= 31, "operations vanished: {names:?}");
        assert_references(&document.body, &document.body);
    }

    async fn limits_and_repeating_are_documented_everywhere(database: &Database) {
        let app = TestApp::start(database).await;
        let document = app.stranger().get("/openapi.json").await;
        let create = &document.body["paths"]["/v3/session/"]["post"];
        assert!(create["responses"]["429"]["headers"]["X-RateLimit-Limit"].is_object(), "{create}");
        let parameters = create["parameters"].as_array().unwrap();
        assert!(parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key"));
        assert!(create["responses"]["409"].is_object() && create["responses"]["422"].is_object());
        let read = &document.body["paths"]["/v3/session/{session_id}/decision/"]["get"];
        assert!(read["responses"]["429"].is_object() && read["responses"]["422"].is_null());
        assert!(document.body["paths"]["/system/healthcheck/"]["get"]["responses"]["429"].is_null());
    }

    async fn the_page_loads_nothing_from_elsewhere(database: &Database) {
        let app = TestApp::start(database).await;
        let page = app.stranger().get("/docs").await;
        assert_eq!(page.status, 200);
        let html = page.body.as_str().unwrap();
        assert!(html.contains("/static/docs/docs.js") && !html.contains("https://"));
        for path in ["/static/docs/docs.js", "/static/docs/docs.css"] {
            assert_eq!(app.stranger().get(path).await.status, 200);
        }
    }
}

/// Every `$ref` leads to something.
fn assert_references(document: &Value, value: &Value) {
    match value {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                assert!(
                    document.pointer(reference.trim_start_matches('#')).is_some(),
                    "{reference} leads nowhere"
                );
            }
            object.values().for_each(|value| assert_references(document, value));
        }
        Value::Array(items) => items.iter().for_each(|value| assert_references(document, value)),
        _ => {}
    }
}
