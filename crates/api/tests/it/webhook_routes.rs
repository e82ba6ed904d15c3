//! What integrators do with destinations beside making them: rotate, try, look into the log, replay; and the older route.

use jiff::SignedDuration;
use outbound::sign;
use serde_json::{Value, json};
use testkit::app::{Caller, Reply};
use testkit::{Answer, HttpSink, ReceivedRequest, TestApp};

const PATH: &str = "/v3/webhook/destinations/";
const OLDER: &str = "/v3/webhook/";

async fn destination(app: &TestApp, url: &str) -> Reply {
    let body = json!({"label": "A", "url": url, "subscribed_events": ["status.updated"]});
    let created = app.sandbox_integrator().post(PATH, &body).await;
    assert_eq!(created.status, 201, "{}", created.body);
    created
}

async fn session(app: &TestApp) -> String {
    let body = json!({"workflow_id": app.sandbox.kyc, "sandbox_scenario": "approve"});
    app.sandbox_integrator().post("/v3/session/", &body).await.text("session_id")
}

async fn complete(app: &TestApp, session: &str) {
    let path = format!("/v3/session/{session}/sandbox/complete/");
    assert_eq!(app.sandbox_integrator().post(&path, &json!({})).await.status, 200);
}

/// Whether a receiver that holds this secret accepts the usual headers.
fn verifies(request: &ReceivedRequest, secret: &str) -> bool {
    let signed = sign(secret, &request.body, &request.json());
    let all =
        [("x-signature-v2", signed.v2), ("x-signature", signed.raw), ("x-signature-simple", signed.simple)];
    let holds = all.map(|(name, expected)| request.header(name) == Some(expected.as_str()));
    assert!(holds == [true; 3] || holds == [false; 3], "the three agree");
    holds[0]
}

async fn log(integrator: &Caller, path: &str, query: &str) -> (i64, Vec<Value>) {
    let reply = integrator.get(&format!("{path}deliveries/{query}")).await;
    assert_eq!(reply.status, 200, "{query}: {}", reply.body);
    (reply.body["count"].as_i64().unwrap(), reply.body["results"].as_array().unwrap().clone())
}

testkit::both_databases! {
    async fn during_a_rotation_receivers_with_either_secret_verify_and_afterwards_the_new_one(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let integrator = app.sandbox_integrator();
        let made = destination(&app, &sink.url("/")).await;
        let (path, old) = (format!("{PATH}{}/", made.text("uuid")), made.text("secret_shared_key"));
        let rotated = integrator.post(&format!("{path}rotate-secret/"), &json!({"overlap_seconds": 3600})).await;
        assert_eq!(rotated.status, 200, "{}", rotated.body);
        let new = rotated.text("secret_shared_key");
        assert!(new.len() == 43 && new != old);
        assert_eq!(rotated.text("previous_secret_expires_at"), "2026-06-01T13:00:00.000000Z");

        // The receiver has not switched: what it gets, it can verify.
        session(&app).await;
        app.run_jobs().await;
        let first = sink.wait_for(1).await.remove(0);
        assert!(verifies(&first, &old) && !verifies(&first, &new));
        let both = [("x-signature-v2-previous", &old), ("x-signature-v2-current", &new)];
        for (header, secret) in both {
            let expected = sign(secret, &first.body, &first.json()).v2;
            assert_eq!(first.header(header), Some(expected.as_str()), "{header}");
        }
        // It switches: the first refusal is followed at once by what it can verify.
        sink.answer_with([Answer::Status(401)]);
        session(&app).await;
        app.run_jobs().await;
        let sent = sink.wait_for(3).await;
        assert!(verifies(&sent[1], &old) && verifies(&sent[2], &new));
        assert_eq!(sent[1].json(), sent[2].json());
        // From then on, that is tried first.
        session(&app).await;
        app.run_jobs().await;
        assert!(verifies(&sink.wait_for(4).await[3], &new));
        // Should it go back, it is served too.
        sink.answer_with([Answer::Status(403)]);
        session(&app).await;
        app.run_jobs().await;
        assert!(verifies(&sink.wait_for(6).await[5], &old));

        app.clock.advance(SignedDuration::from_secs(3601));
        sink.answer_with([Answer::Status(401)]);
        session(&app).await;
        app.run_jobs().await;
        let last = sink.wait_for(7).await.remove(6);
        assert!(verifies(&last, &new) && last.header("x-signature-v2-previous").is_none());
        assert_eq!(sink.requests().len(), 7, "a refusal is final again");
        assert_eq!(integrator.get(&path).await.body["previous_secret_expires_at"], Value::Null);
    }

    async fn a_rotation_can_be_without_overlap_or_ended_early(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let integrator = app.sandbox_integrator();
        let made = destination(&app, &sink.url("/")).await;
        let path = format!("{PATH}{}/", made.text("uuid"));
        let rotate = format!("{path}rotate-secret/");
        let second = integrator.post(&rotate, &json!({"overlap_seconds": 0})).await;
        assert_eq!(second.body["previous_secret_expires_at"], Value::Null);
        session(&app).await;
        app.run_jobs().await;
        assert!(verifies(&sink.wait_for(1).await[0], &second.text("secret_shared_key")));
        let third = integrator.post(&rotate, &json!({})).await;
        assert_eq!(third.text("previous_secret_expires_at"), "2026-06-02T12:00:00.000000Z", "a day unless said");
        let ended = integrator.delete(&format!("{path}previous-secret/")).await;
        assert_eq!((ended.status, ended.body["previous_secret_expires_at"].clone()), (200, Value::Null));
        session(&app).await;
        app.run_jobs().await;
        assert!(verifies(&sink.wait_for(2).await[1], &third.text("secret_shared_key")));
        for wrong in [json!(-1), json!(604_801), json!("soon"), json!(1.5)] {
            let refused = integrator.post(&rotate, &json!({"overlap_seconds": wrong})).await;
            assert!(refused.status == 400 && refused.body["overlap_seconds"].is_array(), "{wrong}");
        }
        assert_eq!(app.integrator().post(&rotate, &json!({})).await.status, 404, "not theirs");
    }

    async fn every_sample_arrives_signed_and_marked_as_a_test(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let integrator = app.sandbox_integrator();
        let made = destination(&app, &sink.url("/")).await;
        let (path, secret) = (format!("{PATH}{}/", made.text("uuid")), made.text("secret_shared_key"));
        integrator.patch(&path, &json!({"enabled": false})).await;
        let test = format!("{path}test/");
        let mut kinds = Vec::new();
        for (number, sample) in engine::webhooks::Sample::ALL.iter().enumerate() {
            let sent = integrator.post(&test, &json!({"sample": sample.name()})).await;
            assert_eq!(sent.status, 200, "{}", sent.body);
            assert_eq!((sent.text("status"), sent.text("cause")), ("delivered".to_owned(), "test".to_owned()));
            let request = sink.wait_for(number + 1).await.remove(number);
            assert!(verifies(&request, &secret));
            assert_eq!(request.header("x-didit-test-webhook"), Some("true"));
            let body = request.json();
            assert_eq!(request.header("x-timestamp"), Some(body["timestamp"].to_string().as_str()));
            assert_eq!(sent.text("request_body").as_bytes(), request.body);
            for field in ["event_id", "webhook_type", "created_at", "application_id", "environment"] {
                assert!(!body[field].is_null(), "{} has no {field}", sample.name());
            }
            kinds.push(body["webhook_type"].as_str().unwrap().to_owned());
        }
        for event in engine::destinations::EVENTS {
            assert!(kinds.iter().any(|kind| kind == event), "no sample of {event}");
        }
        let unicode = integrator.post(&test, &json!({"sample": "unicode_name"})).await.text("request_body");
        assert!(unicode.contains("美咲 😀"), "{unicode}");
        let declined = integrator.post(&test, &json!({"sample": "declined"})).await.text("request_body");
        let declined: Value = serde_json::from_str(&declined).unwrap();
        assert_eq!(declined["decision"]["id_verifications"][0]["warnings"][0]["risk"], "DOCUMENT_EXPIRED");
        let summary = integrator.get(&path).await.body["summary"].clone();
        assert_eq!(summary["total_deliveries"], 0, "tests do not count");
        assert_eq!(integrator.post(&test, &json!({"sample": "nobody"})).await.status, 400);
        sink.answer_with([Answer::Json(500, json!({"oops": 1}))]);
        let failed = integrator.post(&test, &json!({})).await;
        assert_eq!((failed.text("status"), failed.body["response_status"].clone()), ("failed".to_owned(), json!(500)));
        assert_eq!((failed.text("response_body"), failed.text("error")), (r#"{"oops":1}"#.to_owned(), "answered with status 500".to_owned()));
        app.run_jobs().await;
        let before = sink.requests().len();
        app.clock.advance(SignedDuration::from_mins(10));
        app.run_jobs().await;
        assert_eq!(sink.requests().len(), before, "a test is not tried again");
    }

    async fn the_log_is_filtered_and_its_links_keep_the_filter(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let integrator = app.sandbox_integrator();
        let path = format!("{PATH}{}/", destination(&app, &sink.url("/")).await.text("uuid"));
        sink.answer_with([Answer::Status(400)]);
        let first = session(&app).await;
        app.run_jobs().await;
        app.clock.advance(SignedDuration::from_secs(60));
        let second = session(&app).await;
        complete(&app, &second).await;
        app.run_jobs().await;
        assert_eq!(log(&integrator, &path, "").await.0, 4);
        for (query, count) in [
            ("?status=failed", 1),
            ("?status=delivered", 3),
            (&format!("?session_id={first}"), 1),
            (&format!("?session_id={second}&status=failed"), 0),
            ("?webhook_type=status.updated", 4),
            ("?webhook_type=data.updated", 0),
            ("?created_after=2026-06-01T12:00:30Z", 3),
            ("?created_before=2026-06-01T12:00:30Z", 1),
            ("?created_after=2026-06-01T14:00:30%2B02:00&status=delivered", 3),
            ("?created_after=2026-06-01T14:00:30+02:00", 3),
            ("?status=&unknown=1", 4),
        ] {
            assert_eq!(log(&integrator, &path, query).await.0, count, "{query}");
        }
        let event = log(&integrator, &path, "?status=failed").await.1[0]["event_id"].as_str().unwrap().to_owned();
        assert_eq!(log(&integrator, &path, &format!("?event_id={event}")).await.0, 1);
        let page = integrator.get(&format!("{path}deliveries/?status=delivered&limit=2")).await.body;
        let next = page["next"].as_str().unwrap().strip_prefix(&app.base_url).unwrap().to_owned();
        let rest = integrator.get(&next).await.body;
        assert_eq!((rest["count"].clone(), rest["results"].as_array().map(Vec::len)), (json!(3), Some(1)));
        for query in ["status=lost", "webhook_type=%00", "session_id=1", "event_id=x", "created_after=yesterday", "created_before=%FF"] {
            let refused = integrator.get(&format!("{path}deliveries/?{query}")).await;
            assert_eq!(refused.status, 400, "{query}: {}", refused.body);
        }
        for query in ["limit=-1", "limit=99999999999999999999", "offset=x"] {
            assert_eq!(integrator.get(&format!("{path}deliveries/?{query}")).await.status, 200, "{query}");
        }
    }

    async fn a_session_and_a_span_of_time_are_replayed_to_a_new_destination(database: &Database) {
        let app = TestApp::start(database).await;
        let (sink, new) = (HttpSink::start().await, HttpSink::start().await);
        let integrator = app.sandbox_integrator();
        destination(&app, &sink.url("/")).await;
        let first = session(&app).await;
        complete(&app, &first).await;
        app.run_jobs().await;
        app.clock.advance(SignedDuration::from_secs(3600));
        let second = session(&app).await;
        app.run_jobs().await;
        let made = destination(&app, &new.url("/")).await;
        let (path, secret) = (format!("{PATH}{}/", made.text("uuid")), made.text("secret_shared_key"));
        let replays = format!("{path}replays/");
        app.clock.advance(SignedDuration::from_secs(3600));

        let begun = integrator.post(&replays, &json!({"session_id": first})).await;
        assert_eq!((begun.status, begun.body["total"].clone()), (202, json!(3)), "{}", begun.body);
        app.run_jobs().await;
        let sent = new.wait_for(3).await;
        let before = sink.requests();
        for (again, original) in sent.iter().zip(&before) {
            let (again_body, body) = (again.json(), original.json());
            assert_eq!((&again_body["event_id"], &again_body["sequence"]), (&body["event_id"], &body["sequence"]));
            assert_eq!(again_body["created_at"], body["created_at"]);
            assert_eq!(again_body["timestamp"].as_i64().unwrap(), body["timestamp"].as_i64().unwrap() + 7200);
            assert!(verifies(again, &secret));
        }
        let done = integrator.get(&format!("{replays}{}/", begun.text("uuid"))).await.body;
        assert_eq!((&done["status"], &done["queued"], &done["delivered"], &done["failed"]), (&json!("completed"), &json!(3), &json!(3), &json!(0)));
        assert_eq!(log(&integrator, &path, "").await.1[0]["cause"], "replay");

        let span = json!({"from": "2026-06-01T12:30:00Z", "to": "2026-06-01T13:30:00Z", "webhook_types": ["status.updated"]});
        let begun = integrator.post(&replays, &span).await;
        assert_eq!(begun.body["total"], 1);
        app.run_jobs().await;
        assert_eq!(new.wait_for(4).await[3].json()["session_id"], second.as_str());

        // What was erased stays so, in the log too.
        assert_eq!(integrator.delete(&format!("/v3/session/{first}/delete/")).await.status, 204);
        let begun = integrator.post(&replays, &json!({"from": "2026-06-01T00:00:00Z"})).await;
        app.run_jobs().await;
        let done = integrator.get(&format!("{replays}{}/", begun.text("uuid"))).await.body;
        assert_eq!((&done["queued"], &done["skipped"], &done["delivered"]), (&json!(1), &json!(3), &json!(1)));
        let (_, rows) = log(&integrator, &path, &format!("?session_id={first}")).await;
        assert_eq!(rows.len(), 3);
        let one = integrator.get(&format!("{path}deliveries/{}/", rows[0]["uuid"].as_str().unwrap())).await.body;
        let gone = ["request_header", "request_body", "response_body", "error"];
        assert!(gone.iter().all(|field| one[field].is_null()), "{one}");
        let resend = format!("{path}deliveries/{}/resend/", rows[0]["uuid"].as_str().unwrap());
        assert_eq!(integrator.post(&resend, &json!({})).await.status, 409);

        for wrong in [json!({}), json!({"from": "x"}), json!({"session_id": 1}), json!({"from": null, "to": "2026-06-01T00:00:00Z"}),
            json!({"session_id": first, "webhook_types": []}), json!({"session_id": first, "webhook_types": ["*"]})] {
            assert_eq!(integrator.post(&replays, &wrong).await.status, 400, "{wrong}");
        }
        let path = format!("{replays}{}/", begun.text("uuid"));
        assert_eq!(app.integrator().get(&path).await.status, 404, "not theirs");
        assert_eq!(app.integrator().post(&replays, &json!({"session_id": second})).await.status, 404, "not theirs");
    }

    async fn a_long_replay_goes_page_by_page(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        for _ in 0..205 {
            session(&app).await;
        }
        let path = format!("{PATH}{}/replays/", destination(&app, &sink.url("/")).await.text("uuid"));
        let begun = app.sandbox_integrator().post(&path, &json!({"from": "2026-06-01T00:00:00Z"})).await;
        app.run_jobs().await;
        let done = app.sandbox_integrator().get(&format!("{path}{}/", begun.text("uuid"))).await.body;
        assert_eq!((&done["total"], &done["delivered"], &done["status"]), (&json!(205), &json!(205), &json!("completed")));
        let mut ids: Vec<String> = sink.requests().iter().map(|request| request.json()["event_id"].to_string()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 205, "each once");
    }

    async fn the_older_route_keeps_one_address_as_a_destination(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let integrator = app.sandbox_integrator();
        let fresh = integrator.get(OLDER).await;
        assert_eq!(fresh.status, 200, "{}", fresh.body);
        let secret = fresh.text("secret_shared_key");
        assert_eq!(secret.len(), 43);
        assert_eq!(integrator.get(OLDER).await.body, fresh.body, "reading changes nothing");
        assert_eq!(fresh.body, json!({
            "webhook_url": null, "webhook_version": "v3", "secret_shared_key": secret, "capture_method": "both",
            "data_retention_months": null, "allowed_domains": []
        }));
        let patch = json!({"webhook_url": sink.url("/a"), "webhook_version": "v2", "capture_method": "mobile"});
        let set = integrator.patch(OLDER, &patch).await;
        assert_eq!((set.status, set.text("webhook_url"), set.text("secret_shared_key")), (200, sink.url("/a"), secret.clone()));
        assert_eq!((set.text("webhook_version"), set.text("capture_method")), ("v2".to_owned(), "mobile".to_owned()));
        session(&app).await;
        app.run_jobs().await;
        assert!(verifies(&sink.wait_for(1).await[0], &secret));
        let listed = integrator.get(PATH).await.body;
        assert_eq!((listed.as_array().map(Vec::len), &listed[0]["subscribed_events"]), (Some(1), &json!(["status.updated", "data.updated"])));
        let rotated = integrator.patch(OLDER, &json!({"rotate_secret_key": true, "webhook_url": sink.url("/b")})).await;
        let new = rotated.text("secret_shared_key");
        assert_ne!(new, secret);
        session(&app).await;
        app.run_jobs().await;
        let second = sink.wait_for(2).await.remove(1);
        assert!(second.path == "/b" && verifies(&second, &new) && !verifies(&second, &secret), "the old one died at once");
        let none = integrator.patch(OLDER, &json!({"webhook_url": null})).await;
        assert_eq!((none.body["webhook_url"].clone(), none.text("secret_shared_key")), (Value::Null, new));
        assert_eq!(integrator.get(PATH).await.body, json!([]));
        for (wrong, field) in [
            (json!({"webhook_url": "http://10.0.0.1/"}), "webhook_url"),
            (json!({"webhook_url": 5}), "webhook_url"),
            (json!({"webhook_version": "v4"}), "webhook_version"),
            (json!({"capture_method": "fax"}), "capture_method"),
            (json!({"data_retention_months": 0}), "data_retention_months"),
            (json!({"data_retention_months": 121}), "data_retention_months"),
            (json!({"data_retention_months": 1.5}), "data_retention_months"),
            (json!({"rotate_secret_key": "yes"}), "rotate_secret_key"),
            (json!({"allowed_domains": ["https://a.example/path"]}), "allowed_domains"),
            (json!({"allowed_domains": ["*.example.com"]}), "allowed_domains"),
            (json!({"allowed_domains": "a"}), "allowed_domains"),
        ] {
            let refused = integrator.patch(OLDER, &wrong).await;
            assert!(refused.status == 400 && refused.body.get(field).is_some(), "{wrong}: {} {}", refused.status, refused.body);
        }
        assert_eq!(app.stranger().get(OLDER).await.status, 403);
    }

    async fn a_callback_leads_only_where_the_application_allows(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let create = async |callback: Option<&str>| {
            let body = json!({"workflow_id": app.live.kyc, "callback": callback});
            integrator.post("/v3/session/", &body).await
        };
        assert_eq!(create(Some("https://elsewhere.example/x")).await.status, 201, "nothing was said");
        let allowed = json!({"allowed_domains": ["https://App.example.com/", "http://localhost:3000", "bare.example"]});
        let set = integrator.patch(OLDER, &allowed).await;
        let stored = json!(["https://app.example.com", "http://localhost:3000", "https://bare.example"]);
        assert_eq!((set.status, set.body["allowed_domains"].clone()), (200, stored));
        for good in ["https://app.example.com/done?x=1", "https://app.example.com:443/", "http://localhost:3000/a", "https://bare.example", "myapp://done"] {
            assert_eq!(create(Some(good)).await.status, 201, "{good}");
        }
        assert_eq!(create(None).await.status, 201);
        for bad in ["https://elsewhere.example/", "http://app.example.com/", "https://app.example.com:8443/", "http://localhost:3001/", "https://app.example.com.evil.example/", "https://user@evil.example/"] {
            let refused = create(Some(bad)).await;
            assert!(refused.status == 400 && refused.body["callback"].is_array(), "{bad}: {} {}", refused.status, refused.body);
        }
        let theirs = json!({"workflow_id": app.sandbox.kyc, "callback": "https://elsewhere.example/"});
        assert_eq!(app.sandbox_integrator().post("/v3/session/", &theirs).await.status, 201, "another application's");
        integrator.patch(OLDER, &json!({"allowed_domains": []})).await;
        assert_eq!(create(Some("https://elsewhere.example/")).await.status, 201);
    }

    async fn sessions_older_than_their_retention_are_erased(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let old = session(&app).await;
        let body = json!({"workflow_id": app.live.kyc});
        let other = app.integrator().post("/v3/session/", &body).await.text("session_id");
        app.clock.advance(SignedDuration::from_hours(24 * 20));
        let young = session(&app).await;
        assert_eq!(integrator.patch(OLDER, &json!({"data_retention_months": 1})).await.body["data_retention_months"], 1);
        let status = async |id: &str| integrator.get(&format!("/v3/session/{id}/decision/")).await.status;
        app.run_jobs().await;
        assert_eq!(status(&old).await, 200, "not yet a month");
        app.clock.advance(SignedDuration::from_hours(24 * 11));
        app.run_jobs().await;
        assert_eq!((status(&old).await, status(&young).await), (404, 200));
        assert_eq!(app.integrator().get(&format!("/v3/session/{other}/decision/")).await.status, 200, "another application's");
        let kept = integrator.patch(OLDER, &json!({"data_retention_months": null})).await;
        assert_eq!(kept.body["data_retention_months"], Value::Null);
        app.clock.advance(SignedDuration::from_hours(24 * 300));
        app.run_jobs().await;
        assert_eq!(status(&young).await, 200);
    }
}
