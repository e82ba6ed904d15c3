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
        let nested = json!({"minimum_age": ["Ensure this value is less than or equal to 120."]});
        assert_eq!(refused(body).await, json!({"features": {"0": {"config": nested}}}));
        let uuid = "11111111-2222-3333-4444-555555555555";
        let body = json!({"features": [{"feature": "QUESTIONNAIRE", "config": {"questionnaire_uuid": uuid}}]});
        let message = format!("Questionnaire '{uuid}' was not found for this application. Create the questionnaire first, then use its questionnaire_id.");
        assert_eq!(refused(body).await, json!({"features": message}));
        let body = json!({"features": [{"feature": "OCR", "branches": []}]});
        assert!(refused(body).await["features"]["0"]["branches"][0].as_str().unwrap().contains("linear"));
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

    async fn sessions_stay_on_what_they_began_on(database: &Database) {
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
        assert_eq!((changed.text("uuid"), changed.body["version"].clone()), (first.text("uuid"), json!(1)), "in place");
        assert_eq!((changed.body["retry_window_days"].clone(), changed.body["is_aml_enabled"].clone()), (json!(null), json!(true)));
        let features = async |session: &testkit::app::Reply| {
            integrator.get(&format!("/v3/session/{}/decision/", session.text("session_id"))).await.body["features"].clone()
        };
        let between = integrator.post("/v3/session/", &json!({"workflow_id": first.text("workflow_id")})).await;
        assert_eq!(features(&session).await, json!(["ID_VERIFICATION"]), "pinned");
        assert_eq!(features(&between).await, json!(["ID_VERIFICATION", "AML"]));
        let again = integrator.patch(&path, &json!({"features": [{"feature": "LIVENESS"}]})).await;
        assert_eq!((again.status, features(&session).await), (200, json!(["ID_VERIFICATION"])), "twice over");
        assert_eq!(features(&between).await, json!(["ID_VERIFICATION", "AML"]));
        let next = integrator.patch(&path, &json!({"features": [{"feature": "OCR"}], "status": "published"})).await;
        assert_ne!(next.text("uuid"), first.text("uuid"));
        assert_eq!((next.text("workflow_id"), next.body["version"].clone()), (first.text("workflow_id"), json!(2)));
        assert_eq!(integrator.get(&path).await.text("features"), "LIVENESS", "the version before stays");
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

    async fn a_status_rule_decides_the_session(database: &Database) {
        let app = TestApp::start(database).await;
        let sandbox = app.sandbox_integrator();
        let rule = |status: &str| json!([{"field": "kyc.issuing_state", "operator": "in", "value": ["UTO"], "value_type": "list", "status": status}]);
        for (rules, status) in [(rule("In Review"), "In Review"), (rule("declined"), "Declined"), (rule("No Action"), "Approved"), (json!([]), "Approved")] {
            let body = json!({"features": [{"feature": "OCR", "config": {"status_rules": rules}}]});
            let workflow = sandbox.post("/v3/workflows/", &body).await;
            let session = sandbox.post("/v3/session/", &json!({"workflow_id": workflow.text("uuid")})).await;
            let done = sandbox.post(&format!("/v3/session/{}/sandbox/complete/", session.text("session_id")), &json!({})).await;
            assert_eq!(done.text("status"), status, "{rules}");
            let decision = sandbox.get(&format!("/v3/session/{}/decision/", session.text("session_id"))).await;
            assert_eq!(decision.body["id_verifications"][0]["status"], status);
        }
    }

    async fn a_workflow_link_begins_a_session(database: &Database) {
        let app = TestApp::start(database).await;
        let workflow = app.integrator().post("/v3/workflows/", &json!({"features": [{"feature": "OCR"}]})).await;
        let url = workflow.text("workflow_url");
        let path = url.strip_prefix(&app.base_url).unwrap();
        assert!(path.starts_with("/u/") && path.len() == 25, "{path}");
        assert_eq!(app.stranger().send(Method::HEAD, path, None, Vec::new()).await.status, 204);
        let page = app.stranger().get(path).await;
        assert!([200, 503].contains(&page.status), "the hosted page, built or not");
        let token = {
            let scope = app.live.application.scope;
            let mut tx = app.engine.store.read().await.unwrap();
            let row = store::sessions::list_due(&mut tx, app.clock.now() + SignedDuration::from_hours(1_000), 10).await.unwrap();
            row.into_iter().filter(|(owner, _)| owner.application_id() == scope.application_id()).count()
        };
        assert_eq!(token, 1, "one session, not two");
        for wrong in ["/u/AAAAAAAAAAAAAAAAAAAAAA", "/u/x", "/u/%00"] {
            assert_eq!(app.stranger().get(wrong).await.status, 404, "{wrong}");
        }
    }
}
