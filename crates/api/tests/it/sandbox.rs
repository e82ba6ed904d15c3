//! The sandbox (core API §7): scenarios, arming, catalogue, quota, faults.

use engine::limits::Limits;
use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::app::{Caller, Reply};
use testkit::{HttpSink, ReceivedRequest, TestApp};

/// Every feature of a person's session that needs no form of its own.
const FEATURES: [&str; 10] = [
    "OCR",
    "NFC",
    "LIVENESS",
    "FACE_MATCH",
    "PROOF_OF_ADDRESS",
    "PHONE_VERIFICATION",
    "EMAIL_VERIFICATION",
    "AML",
    "IP_ANALYSIS",
    "DATABASE_VALIDATION",
];

/// Where the decision shows them.
const ARRAYS: [(&str, &str); 10] = [
    ("OCR", "id_verifications"),
    ("NFC", "nfc_verifications"),
    ("LIVENESS", "liveness_checks"),
    ("FACE_MATCH", "face_matches"),
    ("PROOF_OF_ADDRESS", "poa_verifications"),
    ("PHONE_VERIFICATION", "phone_verifications"),
    ("EMAIL_VERIFICATION", "email_verifications"),
    ("AML", "aml_screenings"),
    ("IP_ANALYSIS", "ip_analyses"),
    ("DATABASE_VALIDATION", "database_validations"),
];

async fn workflow(app: &TestApp, features: &[&str]) -> Value {
    let features: Vec<Value> = features.iter().map(|name| json!({"feature": name})).collect();
    let body = json!({"workflow_label": "Everything", "features": features});
    let made = app.sandbox_integrator().post("/v3/workflows/", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made.body["workflow_id"].clone()
}

async fn create(app: &TestApp, workflow: &Value, scenario: &str) -> Reply {
    let body = json!({"workflow_id": workflow, "sandbox_scenario": scenario});
    let made = app.sandbox_integrator().post("/v3/session/", &body).await;
    assert_eq!(made.status, 201, "{scenario}: {}", made.body);
    made
}

async fn complete(app: &TestApp, session: &Reply) -> Reply {
    let path = format!("/v3/session/{}/sandbox/complete/", session.text("session_id"));
    app.sandbox_integrator().post(&path, &json!({})).await
}

async fn decision(app: &TestApp, session: &Reply) -> Value {
    let path = format!("/v3/session/{}/decision/", session.text("session_id"));
    app.sandbox_integrator().get(&path).await.body
}

fn with_token(app: &TestApp, token: &str) -> Caller {
    app.stranger().with("Session-Token", token)
}

async fn sink(app: &TestApp) -> HttpSink {
    let sink = HttpSink::start().await;
    let body = json!({"label": "Sink", "url": sink.url("/"), "subscribed_events": ["status.updated"]});
    let made = app.sandbox_integrator().post("/v3/webhook/destinations/", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    sink
}

fn sequences(requests: &[ReceivedRequest]) -> Vec<i64> {
    requests.iter().map(|request| request.json()["sequence"].as_i64().unwrap()).collect()
}

testkit::both_databases! {
    async fn every_scenario_ends_as_the_catalogue_says_by_its_own_check_alone(database: &Database) {
        let app = TestApp::start(database).await;
        let workflow = workflow(&app, &FEATURES).await;
        let catalogue = app.sandbox_integrator().get("/v1/sandbox/scenarios/").await;
        assert_eq!(catalogue.status, 200, "{}", catalogue.body);
        let scenarios = catalogue.body["scenarios"].as_array().unwrap();
        assert_eq!(scenarios.len(), 16);
        for scenario in scenarios.iter().filter(|scenario| scenario["features"] != json!(["KYB_REGISTRY"])) {
            let slug = scenario["slug"].as_str().unwrap();
            let session = create(&app, &workflow, slug).await;
            assert_eq!(session.text("status"), "Not Started");
            let done = complete(&app, &session).await;
            assert_eq!((done.status, &done.body["status"]), (200, &scenario["expected_status"]), "{slug}");
            let decision = decision(&app, &session).await;
            assert_eq!((&decision["status"], &decision["environment"]), (&scenario["expected_status"], &json!("sandbox")));
            for (feature, array) in ARRAYS {
                let report = &decision[array][0];
                let fails = scenario["features"][0] == feature;
                let expected = if fails { scenario["expected_status"].clone() } else { json!("Approved") };
                assert_eq!(report["status"], expected, "{slug}: {report}");
                let risks: Vec<&Value> = report["warnings"].as_array().unwrap().iter().map(|warning| &warning["risk"]).collect();
                assert_eq!(risks.contains(&&scenario["risk"]), fails, "{slug}: {report}");
                assert!(fails || risks.is_empty(), "{slug}: {report}");
            }
        }
    }

    async fn simulated_reports_have_every_field(database: &Database) {
        let app = TestApp::start(database).await;
        let workflow = workflow(&app, &FEATURES).await;
        let session = create(&app, &workflow, "decline_aml_hit").await;
        complete(&app, &session).await;
        let decision = decision(&app, &session).await;
        let fields = |array: &str| decision[array][0].as_object().unwrap().len();
        let counts = ARRAYS.map(|(_, array)| (array, fields(array)));
        // node_id, status and warnings included; features §2.4, 3.3, 4.3, 5.2, 9.3, 10.3, 11.2, 12.4, 14.2, 13.2.
        let least = [30, 8, 11, 7, 22, 16, 12, 10, 26, 8];
        for ((array, count), least) in counts.into_iter().zip(least) {
            assert!(count >= least, "{array} has {count} fields: {}", decision[array][0]);
        }
        let hit = &decision["aml_screenings"][0]["hits"][0];
        assert_eq!((&hit["risk_score"], &decision["aml_screenings"][0]["score"]), (&json!(100.0), &json!(100.0)));
        assert_eq!(hit["datasets"], json!(["PEP", "PEP Level 1", "Sanctions"]));
        assert_eq!(hit["score_breakdown"]["total_score"], 100);
    }

    async fn a_scenario_holds_where_the_workflow_lacks_its_check(database: &Database) {
        let app = TestApp::start(database).await;
        for (slug, status) in [("decline_aml_hit", "Declined"), ("review_poa_partial_match", "In Review")] {
            let session = create(&app, &json!(app.sandbox.kyc), slug).await;
            assert_eq!(complete(&app, &session).await.text("status"), status);
            let warning = decision(&app, &session).await["id_verifications"][0]["warnings"][0].clone();
            assert_eq!(warning["additional_data"]["sandbox_scenario"], slug, "{warning}");
        }
    }

    async fn a_session_is_armed_while_it_waits_and_no_longer(database: &Database) {
        let app = TestApp::start(database).await;
        let body = json!({
            "workflow_id": app.sandbox.kyc, "sandbox_scenario": "approve", "contact_details": {"phone": "+15550101000"}
        });
        let session = app.sandbox_integrator().post("/v3/session/", &body).await;
        assert_eq!(decision(&app, &session).await["contact_details"]["email"], "approve@sandbox.example");
        let (id, token) = (session.text("session_id"), session.text("session_token"));
        let path = format!("/v3/session/{id}/sandbox/arm/");
        let arm = async |scenario: &str| with_token(&app, &token).post(&path, &json!({"scenario": scenario})).await;
        let armed = arm("decline_document_expired").await;
        let view = json!({"session_id": id, "scenario": "decline_document_expired", "status": "Not Started"});
        assert_eq!((armed.status, armed.body), (200, view));
        let contact = decision(&app, &session).await["contact_details"].clone();
        assert_eq!((&contact["email"], &contact["phone"]), (&json!("decline_document_expired@sandbox.example"), &json!("+15550101000")));
        let unknown = arm("not-a-real-scenario").await;
        let message = "Unknown sandbox scenario: 'not-a-real-scenario'.";
        assert_eq!((unknown.status, unknown.body), (400, json!({"scenario": [message]})));
        let missing = with_token(&app, &token).post(&path, &json!({})).await;
        assert_eq!((missing.status, missing.body), (400, json!({"scenario": ["This field is required."]})));
        let other = create(&app, &json!(app.sandbox.kyc), "approve").await;
        let live = app.integrator().post("/v3/session/", &json!({"workflow_id": app.live.kyc})).await;
        let live_path = format!("/v3/session/{}/sandbox/arm/", live.text("session_id"));
        let approve = json!({"scenario": "approve"});
        for refused in [
            with_token(&app, &other.text("session_token")).post(&path, &approve).await,
            with_token(&app, "aaaaaaaaaaaa").post(&path, &approve).await,
            app.sandbox_integrator().post(&path, &approve).await,
            with_token(&app, &live.text("session_token")).post(&live_path, &approve).await,
        ] {
            assert_eq!((refused.status, refused.body), (404, json!({"detail": "Not found."})));
        }
        assert_eq!(complete(&app, &session).await.text("status"), "Declined");
        let late = arm("approve").await;
        let message = "Scenario can only be armed before the verification starts.";
        assert_eq!((late.status, late.body), (400, json!([message])));
    }

    async fn the_catalogue_opens_with_a_key_or_a_session_token(database: &Database) {
        let app = TestApp::start(database).await;
        let path = "/v1/sandbox/scenarios";
        let session = create(&app, &json!(app.sandbox.kyc), "approve").await;
        let by_token = with_token(&app, &session.text("session_token")).get(path).await;
        assert_eq!((by_token.status, by_token.body["faults"].as_array().unwrap().len()), (200, 5));
        assert_eq!(app.integrator().get(path).await.body, by_token.body);
        assert_eq!(app.stranger().get(path).await.status, 403);
        assert_eq!(with_token(&app, "aaaaaaaaaaaa").get(path).await.status, 404);
    }

    async fn a_magic_address_asks_for_its_scenario_by_itself_in_the_sandbox_only(database: &Database) {
        let app = TestApp::start(database).await;
        let body = |workflow: Value| json!({
            "workflow_id": workflow, "contact_details": {"email": "Decline_MRZ_validation@sandbox.example"}
        });
        let session = app.sandbox_integrator().post("/v3/session/", &body(json!(app.sandbox.kyc))).await;
        assert_eq!(complete(&app, &session).await.text("status"), "Declined");
        let scenario = json!({"workflow_id": app.live.kyc, "sandbox_scenario": "no such thing"});
        let live = app.integrator().post("/v3/session/", &scenario).await;
        assert_eq!(live.status, 201, "live applications ignore it");
        let path = format!("/v3/session/{}/decision/", live.text("session_id"));
        assert_eq!(app.integrator().get(&path).await.body["contact_details"], Value::Null);
    }

    async fn a_sandbox_application_creates_so_many_sessions_a_day(database: &Database) {
        let app = TestApp::start_with(database, Limits { sandbox_sessions_per_day: 2, session_creates: 9, ..Limits::off() }).await;
        let body = json!({"workflow_id": app.sandbox.kyc, "vendor_data": "v"});
        for n in 0..2 {
            assert_eq!(app.sandbox_integrator().post("/v3/session/", &json!({"workflow_id": app.sandbox.kyc, "metadata": n})).await.status, 201);
            app.clock.advance(SignedDuration::from_hours(1));
        }
        let refused = app.sandbox_integrator().post("/v3/session/", &body).await;
        let detail = "Sandbox session quota exceeded (2 sessions per 24h). Wait for the window to reset. Expected available in 79200 seconds.";
        assert_eq!((refused.status, refused.body.clone()), (429, json!({"detail": detail})));
        assert_eq!((refused.header("retry-after"), refused.header("x-ratelimit-limit")), ("79200", ""));
        for _ in 0..3 {
            let live = app.integrator().post("/v3/session/", &json!({"workflow_id": app.live.kyc})).await;
            assert_eq!(live.status, 201, "live applications have no quota");
        }
        app.clock.advance(SignedDuration::from_hours(22));
        assert_eq!(app.sandbox_integrator().post("/v3/session/", &body).await.status, 201);
    }

    async fn a_check_that_is_unavailable_leads_to_review(database: &Database) {
        let app = TestApp::start(database).await;
        let workflow = workflow(&app, &FEATURES).await;
        let mut victims = Vec::new();
        for scenario in ["fault_check_unavailable:3", "approve+fault_check_unavailable:3", "fault_check_unavailable:4"] {
            let session = create(&app, &workflow, scenario).await;
            assert_eq!(complete(&app, &session).await.text("status"), "In Review", "{scenario}");
            let decision = decision(&app, &session).await;
            let not_run = ARRAYS.iter().filter(|(_, array)| decision[array][0]["not_run"].is_string());
            let names: Vec<&str> = not_run.map(|(feature, _)| *feature).collect();
            assert_eq!(names.len(), 1, "{decision}");
            victims.push(names[0].to_owned());
        }
        assert_eq!(victims[0], victims[1], "the seed decides");
    }

    async fn a_slow_provider_keeps_the_session_in_progress(database: &Database) {
        let app = TestApp::start(database).await;
        let session = create(&app, &json!(app.sandbox.kyc), "decline_document_expired+fault_slow_provider:1").await;
        assert_eq!(complete(&app, &session).await.text("status"), "In Progress");
        app.clock.advance(SignedDuration::from_secs(4));
        app.run_jobs().await;
        assert_eq!(decision(&app, &session).await["status"], "In Progress");
        app.clock.advance(SignedDuration::from_secs(42));
        app.run_jobs().await;
        assert_eq!(decision(&app, &session).await["status"], "Declined");
    }

    async fn webhooks_come_twice_out_of_order_or_ill_dated_when_asked_to(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = sink(&app).await;
        let workflow = json!(app.sandbox.kyc);
        let twice = create(&app, &workflow, "fault_webhook_duplicate:5").await;
        complete(&app, &twice).await;
        app.run_jobs().await;
        let first = sequences(&sink.requests());
        for sequence in 1..=3 {
            let copies = first.iter().filter(|seen| **seen == sequence).count();
            assert!((2..=4).contains(&copies), "{first:?}");
        }
        let ids = |requests: &[ReceivedRequest]| -> std::collections::BTreeSet<String> {
            requests.iter().map(|request| request.json()["event_id"].to_string()).collect()
        };
        assert_eq!(ids(&sink.requests()).len(), 3, "each under one event_id");

        let before = sink.requests().len();
        let reordered = create(&app, &workflow, "fault_webhook_reorder").await;
        complete(&app, &reordered).await;
        app.run_jobs().await;
        app.clock.advance(SignedDuration::from_secs(21));
        app.run_jobs().await;
        let seen = sequences(&sink.requests()[before..]);
        assert_eq!((seen[0], seen.len()), (2, 3), "the second comes first: {seen:?}");

        let before = sink.requests().len();
        let skewed = create(&app, &workflow, "fault_clock_skew:9").await;
        complete(&app, &skewed).await;
        app.run_jobs().await;
        for request in &sink.requests()[before..] {
            let stamp = request.json()["timestamp"].as_i64().unwrap();
            assert_eq!(request.header("x-timestamp"), Some(stamp.to_string().as_str()));
            let off = (stamp - app.clock.now().as_second()).abs();
            assert!((360..=3600).contains(&off), "{off}");
        }
        assert_eq!(sink.requests().len() - before, 3);
    }
}
