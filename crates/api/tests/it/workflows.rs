//! Workflows from a `features` array.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;
use testkit::TestApp;

testkit::both_databases! {
    async fn a_list_of_features_becomes_a_published_workflow(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({
            "workflow_label": "Standard KYC",
            "features": [
                {"feature": "ocr", "config": {"invalid_mrz_action": "review", "no_such_key": 1}},
                {"feature": "LIVENESS", "config": {"face_liveness_method": "passive"}, "label": "Selfie"},
                {"feature": "FACE_MATCH"}
            ]
        });
        // The list is newest first, and the KYC workflow was made in this very millisecond.
        app.clock.advance(SignedDuration::from_secs(1));
        let created = app.integrator().post("/v3/workflows/", &body).await;
        assert_eq!(created.status, 201, "{}", created.body);
        assert_eq!(created.body["uuid"], created.body["workflow_id"]);
        assert_eq!(created.text("features"), "OCR + LIVENESS + FACE_MATCH");
        assert_eq!((created.body["version"].clone(), created.text("status")), (json!(1), "published".to_owned()));
        assert_eq!(created.body["session_expiration_time"], 10_080);
        assert_eq!((created.body["max_retry_attempts"].clone(), created.body["retry_window_days"].clone()), (json!(3), json!(7)));
        assert_eq!(created.body["is_editable"], false);
        let graph = &created.body["workflow_graph"];
        assert_eq!(graph["start_node"], "id_verification_1");
        assert_eq!(graph["nodes"]["id_verification_1"]["config"], json!({"invalid_mrz_action": "REVIEW"}));
        assert_eq!(graph["nodes"]["liveness_1"]["config"]["face_liveness_method"], "PASSIVE");
        assert_eq!(graph["nodes"]["liveness_1"]["next"], "face_match_1");
        let path = format!("/v3/workflows/{}/", created.text("uuid"));
        assert_eq!(app.integrator().get(&path).await.body, created.body);
        assert_eq!(app.sandbox_integrator().get(&path).await.status, 404, "not theirs");
        let list = app.integrator().get("/v3/workflows/?limit=1").await;
        assert_eq!((list.body["count"].clone(), list.body["results"][0]["uuid"].clone()), (json!(2), created.body["uuid"].clone()));
        assert!(list.text("next").ends_with("/v3/workflows/?limit=1&offset=1"));
        assert_eq!(list.body["previous"], json!(null));
    }

    async fn what_a_workflow_cannot_be_is_refused_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let refused = async |body| {
            let reply = app.integrator().post("/v3/workflows/", &body).await;
            assert_eq!(reply.status, 400, "{body}");
            reply.body
        };
        let one = |field: &str, message: &str| json!({field: [message]});
        assert_eq!(refused(json!({})).await, one("features", "This field is required."));
        assert_eq!(refused(json!({"features": []})).await, one("features", "At least one feature is required."));
        let body = json!({"features": [{"feature": "LIVENESS"}, {"feature": "FACE_MATCH"}]});
        assert_eq!(refused(body).await, one("features", "Feature 'FACE_MATCH' must appear after one of: OCR."));
        let unknown = refused(json!({"features": [{"feature": "FOO"}]})).await;
        assert!(unknown["features"][0].as_str().unwrap().starts_with("Invalid feature 'FOO'. Allowed values: "));
        let body = json!({"features": [{"feature": "OCR", "config": {"minimum_age": 200}}]});
        let message = "OCR.minimum_age: Ensure this value is less than or equal to 120.";
        assert_eq!(refused(body).await, one("features", message));
        let strict = refused(json!({"features": [{"feature": "OCR"}], "workflow_type": "kyc"})).await;
        assert!(strict["workflow_type"][0].as_str().unwrap().contains("`session_expiration_time`"));
        let ocr = json!([{"feature": "OCR"}]);
        for (field, value) in [
            ("session_expiration_time", json!(59)),
            ("session_expiration_time", json!(40_321)),
            ("max_retry_attempts", json!(11)),
            ("retry_window_days", json!(0)),
            ("face_match_max_attempts", json!("2")),
            ("is_default", json!("yes")),
            ("status", json!("archived")),
            ("workflow_label", json!("a".repeat(51))),
            ("workflow_label", json!(null)),
        ] {
            let wrong = refused(json!({"features": ocr, field: value})).await;
            assert!(wrong[field].is_array(), "{wrong}");
        }
        let wrong = refused(json!({"features": [{"config": {}}, 3]})).await;
        let expected = "Invalid data. Expected a dictionary, but got int.";
        let errors = json!({"features": {"0": {"feature": ["This field is required."]}, "1": {"non_field_errors": [expected]}}});
        assert_eq!(wrong, errors);
        assert_eq!(app.integrator().get("/v3/workflows/").await.body["count"], 1);
    }

    async fn published_versions_stay_and_changes_make_the_next(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let first = integrator.post("/v3/workflows/", &json!({"features": [{"feature": "OCR"}]})).await;
        let path = format!("/v3/workflows/{}/", first.text("uuid"));
        let session = integrator.post("/v3/session/", &json!({"workflow_id": first.text("workflow_id")})).await;
        let renamed = integrator.patch(&path, &json!({"workflow_label": "Premium", "is_default": true})).await;
        assert_eq!((renamed.status, renamed.text("uuid")), (200, first.text("uuid")));
        assert_eq!((renamed.text("workflow_label"), renamed.body["is_default"].clone()), ("Premium".to_owned(), json!(true)));
        let changed = integrator.patch(&path, &json!({"features": [{"feature": "OCR"}, {"feature": "AML"}], "retry_window_days": null})).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        assert_ne!(changed.text("uuid"), first.text("uuid"));
        assert_eq!((changed.text("workflow_id"), changed.body["version"].clone()), (first.text("workflow_id"), json!(2)));
        assert_eq!(changed.body["retry_window_days"], json!(null));
        assert_eq!(integrator.get(&path).await.text("features"), "OCR");
        let back = integrator.patch(&path, &json!({"status": "draft"})).await;
        assert_eq!(back.body, json!({"status": ["Cannot revert a published version to draft."]}));
        let newer = integrator.post("/v3/session/", &json!({"workflow_id": first.text("workflow_id")})).await;
        assert_eq!((session.body["workflow_version"].clone(), newer.body["workflow_version"].clone()), (json!(1), json!(2)));
        let defaults = integrator.get("/v3/workflows/").await.body["results"].as_array().unwrap().iter()
            .filter(|row| row["is_default"] == true).count();
        assert_eq!(defaults, 1);
    }

    async fn drafts_are_edited_published_and_deleted(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let draft = integrator.post("/v3/workflows/", &json!({"features": [{"feature": "OCR"}], "status": "draft"})).await;
        assert_eq!((draft.text("status"), draft.body["is_editable"].clone()), ("draft".to_owned(), json!(true)));
        let session = integrator.post("/v3/session/", &json!({"workflow_id": draft.text("workflow_id")})).await;
        assert_eq!((session.status, session.body), (400, json!({"workflow_id": "Invalid workflow_id."})));
        let path = format!("/v3/workflows/{}/", draft.text("uuid"));
        let saved = integrator.patch(&path, &json!({"workflow_label": "Later", "status": "draft"})).await;
        assert_eq!((saved.text("status"), saved.text("workflow_label")), ("draft".to_owned(), "Later".to_owned()));
        let published = integrator.patch(&path, &json!({"status": "published"})).await;
        assert_eq!((published.text("uuid"), published.text("status")), (draft.text("uuid"), "published".to_owned()));
        assert_eq!(integrator.delete(&path).await.status, 204);
        assert_eq!(integrator.delete(&path).await.status, 404);
        assert_eq!(integrator.send(Method::GET, &path, None, Vec::new()).await.status, 404);
    }

    async fn an_application_has_at_most_50_workflows(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"features": [{"feature": "OCR"}]});
        for _ in 1..50 {
            assert_eq!(app.integrator().post("/v3/workflows/", &body).await.status, 201);
        }
        assert_eq!(app.integrator().post("/v3/workflows/", &body).await.status, 400);
    }
}
