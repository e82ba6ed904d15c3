//! Sessions by API: created, reused, read, completed in the sandbox.

use serde_json::{Value, json};
use testkit::TestApp;

testkit::both_databases! {
    async fn a_workflow_id_is_enough_and_every_field_comes_back(database: &Database) {
        let app = TestApp::start(database).await;
        let reply = app.integrator().post("/v3/session/", &json!({"workflow_id": app.live.kyc})).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        let keys: Vec<_> = reply.body.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, [
            "session_id", "session_number", "session_token", "url", "vendor_data", "metadata", "status", "workflow_id",
            "workflow_version", "callback"
        ]);
        assert_eq!((reply.body["session_number"].clone(), reply.text("session_token").len()), (json!(1), 12));
        assert_eq!(reply.text("url"), format!("{}/session/{}", app.base_url, reply.text("session_token")));
        assert_eq!((reply.text("status"), reply.body["workflow_version"].clone()), ("Not Started".to_owned(), json!(1)));
        assert_eq!(reply.body["workflow_id"], json!(app.live.kyc));
        for absent in ["vendor_data", "metadata", "callback"] {
            assert_eq!(reply.body[absent], Value::Null);
        }
    }

    async fn everything_that_may_be_sent_is_kept_and_echoed(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({
            "workflow_id": app.live.kyc, "callback": "myapp://done?x=1", "callback_method": "both",
            "vendor_data": " user-123 ", "metadata": {"plan": "premium", "1": [1.5, null, "ñ"]}, "language": "es",
            "contact_details": {
                "email": "alex.sample@example.com", "email_lang": "en", "send_notification_emails": true,
                "phone": "+15550101000"
            },
            "expected_details": {
                "first_name": "John", "date_of_birth": "1990-01-01", "nationality": "esp",
                "expected_document_types": ["p", "ID", "P"]
            },
            "sandbox_scenario": "approve"
        });
        let reply = app.integrator().post("/v3/session/", &body).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        for echoed in ["callback", "vendor_data", "metadata"] {
            assert_eq!(reply.body[echoed], body[echoed]);
        }
        assert_eq!(reply.text("url"), format!("{}/es/session/{}", app.base_url, reply.text("session_token")));
        let path = format!("/v3/session/{}/decision/", reply.text("session_id"));
        let decision = app.integrator().get(&path).await;
        assert_eq!(decision.status, 200);
        let expected = json!({
            "first_name": "John", "date_of_birth": "1990-01-01", "nationality": "ESP",
            "expected_document_types": ["P", "ID"]
        });
        assert_eq!((&decision.body["expected_details"], &decision.body["contact_details"]), (&expected, &body["contact_details"]));
        assert_eq!((&decision.body["metadata"], &decision.body["status"]), (&body["metadata"], &json!("Not Started")));
        for array in ["id_verifications", "liveness_checks", "face_matches", "reviews"] {
            assert_eq!(decision.body[array], json!([]));
        }
        app.run_jobs().await;
        let invite = app.mail.wait_for(1).await.remove(0);
        assert!(invite.text().contains(&reply.text("session_token")));
        assert_eq!(app.sandbox_integrator().get(&path).await.status, 404, "not theirs");
    }

    async fn a_session_is_read_as_it_was_created_with_the_status_of_today(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"workflow_id": app.live.kyc, "vendor_data": "user-1", "callback_method": "both"});
        let created = app.integrator().post("/v3/session/", &body).await;
        let path = format!("/v3/session/{}/", created.text("session_id"));
        let read = app.integrator().get(&path).await;
        assert_eq!(read.status, 200);
        for (name, value) in created.body.as_object().unwrap() {
            assert_eq!(&read.body[name], value, "{name}");
        }
        assert_eq!((read.text("callback_method"), &read.body["features"]), ("both".to_owned(), &json!(["ID_VERIFICATION"])));
        assert_eq!(app.sandbox_integrator().get(&path).await.status, 404, "not theirs");
        // What `didit doctor` asks: a good key learns that there is no such session, a bad one that it is bad.
        assert_eq!(app.integrator().get("/v3/session/auth-probe-check/").await.status, 404);
        assert_eq!(app.stranger().with("x-api-key", "wrong").get("/v3/session/auth-probe-check/").await.status, 403);
    }

    async fn metadata_may_be_any_json(database: &Database) {
        let app = TestApp::start(database).await;
        for metadata in [json!("{\"a\":1}"), json!([1, 2]), json!(7), json!(false), json!({})] {
            let body = json!({"workflow_id": app.live.kyc, "metadata": metadata});
            let reply = app.integrator().post("/v3/session/", &body).await;
            assert_eq!((reply.status, &reply.body["metadata"]), (201, &metadata));
        }
    }

    async fn what_a_session_cannot_be_is_refused_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let kyc = json!(app.live.kyc);
        let cases = refused_fields(&kyc).into_iter().chain(refused_details(&kyc));
        for (body, errors) in cases {
            let reply = app.integrator().post("/v3/session/", &body).await;
            assert_eq!((reply.status, &reply.body), (400, &errors));
        }
        let unknown = json!({"workflow_id": app.sandbox.kyc, "sandbox_scenario": "win_the_lottery"});
        let reply = app.sandbox_integrator().post("/v3/session/", &unknown).await;
        assert_eq!((reply.status, reply.body), (400, json!({"sandbox_scenario": ["Unknown sandbox scenario."]})));
        let first = app.integrator().post("/v3/session/", &json!({"workflow_id": kyc})).await;
        assert_eq!(first.body["session_number"], 1, "nothing was made before");
    }

    async fn two_hundred_parallel_creates_for_one_person_make_one_session(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({"workflow_id": app.live.kyc, "vendor_data": "user-200"});
        let creates = (0..200).map(|_| async { app.integrator().post("/v3/session/", &body).await });
        let replies = futures::future::join_all(creates).await;
        let ids: std::collections::BTreeSet<String> = replies.iter().map(|reply| reply.text("session_id")).collect();
        assert!(replies.iter().all(|reply| reply.status == 201), "every one is answered as a create");
        assert_eq!(ids.len(), 1, "and all with the same session");
        let other = app.integrator().post("/v3/session/", &json!({"workflow_id": app.live.kyc})).await;
        assert_eq!(other.status, 201);
        assert!(!ids.contains(&other.text("session_id")));
    }

    async fn a_person_with_an_unfinished_session_gets_it_again(database: &Database) {
        let app = TestApp::start(database).await;
        let body = |metadata: Value| json!({"workflow_id": app.live.kyc, "vendor_data": "user-123", "metadata": metadata});
        let first = app.integrator().post("/v3/session/", &body(json!(1))).await;
        let again = app.integrator().post("/v3/session/", &body(json!(2))).await;
        assert_eq!((again.status, again.text("session_id")), (201, first.text("session_id")));
        assert_eq!(again.body["metadata"], 2);
        let token = first.text("session_token");
        app.stranger().with("x-session-token", &token).post("/flow/v1/session/open", &json!({})).await;
        let opened = app.integrator().post("/v3/session/", &body(json!(3))).await;
        assert_eq!((opened.text("session_id"), opened.text("status")), (first.text("session_id"), "In Progress".to_owned()));
    }

    async fn sandbox_sessions_are_completed_without_a_browser(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        for (scenario, status) in [("approve", "Approved"), ("decline_document_expired", "Declined")] {
            let body = json!({"workflow_id": app.sandbox.kyc, "sandbox_scenario": scenario});
            let session = integrator.post("/v3/session/", &body).await;
            let path = format!("/v3/session/{}", session.text("session_id"));
            let done = integrator.post(&format!("{path}/sandbox/complete/"), &json!({})).await;
            assert_eq!((done.status, done.text("status")), (200, status.to_owned()));
            let decision = integrator.get(&format!("{path}/decision/")).await;
            assert_eq!((decision.text("status"), decision.text("environment")), (status.to_owned(), "sandbox".to_owned()));
            assert_eq!(decision.body["id_verifications"][0]["node_id"], "id_verification_1");
        }
        let live = app.integrator().post("/v3/session/", &json!({"workflow_id": app.live.kyc})).await;
        let path = format!("/v3/session/{}/sandbox/complete/", live.text("session_id"));
        assert_eq!(app.integrator().post(&path, &json!({})).await.status, 403);
        assert_eq!(integrator.post(&path, &json!({})).await.status, 404, "not theirs");
    }
}

/// Creates that are wrong in a field of their own, with what is said of them.
fn refused_fields(kyc: &Value) -> Vec<(Value, Value)> {
    let required = "This field is required.";
    let uuid = "Must be a valid UUID.";
    vec![
        (json!({}), json!({"workflow_id": [required]})),
        (json!({"workflow_id": null}), json!({"workflow_id": ["This field may not be null."]})),
        (json!({"workflow_id": 7}), json!({"workflow_id": [uuid]})),
        (json!({"workflow_id": "kyc"}), json!({"workflow_id": [uuid]})),
        (
            json!({"workflow_id": "11111111-2222-3333-4444-555555555555"}),
            json!({"workflow_id": "Invalid workflow_id."}),
        ),
        (json!({"workflow_id": kyc, "callback": "nowhere"}), json!({"callback": ["Enter a valid URL."]})),
        (
            json!({"workflow_id": kyc, "callback": "javascript:alert(1)"}),
            json!({"callback": ["Enter a valid URL."]}),
        ),
        (
            json!({"workflow_id": kyc, "callback_method": "nobody", "language": "xx"}),
            json!({"callback_method": ["\"nobody\" is not a valid choice."], "language": ["\"xx\" is not a valid choice."]}),
        ),
        (
            json!({"workflow_id": kyc, "vendor_data": {"id": 1}}),
            json!({"vendor_data": ["Not a valid string."]}),
        ),
        (
            json!({"workflow_id": kyc, "vendor_data": "a\u{0}b"}),
            json!({"vendor_data": ["Null characters are not allowed."]}),
        ),
    ]
}

/// Creates that are wrong in nested details or in the portrait.
fn refused_details(kyc: &Value) -> Vec<(Value, Value)> {
    vec![
        (
            json!({"workflow_id": kyc, "contact_details": {"email": "nobody"}}),
            json!({"contact_details": {"email": ["Enter a valid email address."]}}),
        ),
        (
            json!({"workflow_id": kyc, "contact_details": "me"}),
            json!({"contact_details": {"non_field_errors": ["Invalid data. Expected a dictionary, but got str."]}}),
        ),
        (
            json!({"workflow_id": kyc, "expected_details": {"expected_document_types": ["P", "XX"]}}),
            json!({"expected_details": {"expected_document_types": {"1": ["\"XX\" is not a valid choice."]}}}),
        ),
        (
            json!({"workflow_id": kyc, "expected_details": {"address": "Street 1"}}),
            json!({"expected_details": {"country": ["This field is required when address is provided."]}}),
        ),
        (
            json!({"workflow_id": kyc, "expected_details": {"date_of_birth": "01/02/1990"}}),
            json!({"expected_details": {"date_of_birth": [
                "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."
            ]}}),
        ),
        (
            json!({"workflow_id": kyc, "portrait_image": "%%%"}),
            json!({"portrait_image": ["Upload a valid image. The value is not base64."]}),
        ),
        (
            json!({"workflow_id": kyc, "portrait_image": "AAAA"}),
            json!({"portrait_image": ["Upload a valid image. The file must be a JPEG, PNG, WebP or TIFF picture."]}),
        ),
        (
            json!({"workflow_id": kyc, "portrait_image": "A".repeat(2_900_000)}),
            json!({"portrait_image": ["Image size exceeds 2MB."]}),
        ),
    ]
}
