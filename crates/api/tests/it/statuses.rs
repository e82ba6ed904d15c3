//! Sessions over time: every status is reached by what the guide says, steps keep their order whatever is called, and
//! what is told is what is read.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::{Caller, Reply};

use crate::lifecycle::{completed, decide, decision, listening, settle, told, workflow};

const DAY: i64 = 24;

async fn pass(app: &TestApp, hours: i64) {
    app.clock.advance(SignedDuration::from_hours(hours));
    settle(app).await;
}

async fn create(app: &TestApp, caller: &Caller, body: &Value) -> Reply {
    let reply = caller.post("/v3/session/", body).await;
    assert_eq!(reply.status, 201, "{} {}", app.base_url, reply.body);
    reply
}

fn person(app: &TestApp, session: &Reply) -> Caller {
    app.stranger().with("x-session-token", &session.text("session_token"))
}

/// A workflow of the sandbox application with these settings.
async fn with_settings(app: &TestApp, settings: Value) -> Value {
    let mut body = json!({"features": [{"feature": "OCR"}]});
    body.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
    let made = app.sandbox_integrator().post("/v3/workflows/", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made.body["workflow_id"].clone()
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn of(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

testkit::both_databases! {
    async fn a_link_that_nobody_opens_expires(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let integrator = app.sandbox_integrator();
        let session = create(&app, &integrator, &json!({"workflow_id": app.sandbox.kyc})).await;
        pass(&app, 7 * DAY - 1).await;
        assert_eq!(decision(&app, &session.text("session_id")).await.text("status"), "Not Started");
        pass(&app, 1).await;
        let last = told(&sink).pop().unwrap();
        assert_eq!((&last["status"], last.get("decision")), (&json!("Expired"), None));
        let late = person(&app, &session).post("/flow/v1/session/open", &json!({})).await;
        assert_eq!(late.text("status"), "Expired");
        let refused = decide(&app, &session.text("session_id"), &json!({"new_status": "Approved"})).await;
        assert_eq!(refused.status, 400, "an expired session is not decided");
    }

    async fn a_session_that_is_left_is_abandoned_and_can_be_decided(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let quick = with_settings(&app, json!({"idle_time": 60})).await;
        for (workflow, hours) in [(json!(app.sandbox.kyc), DAY), (quick, 1)] {
            let session = create(&app, &app.sandbox_integrator(), &json!({"workflow_id": workflow})).await;
            person(&app, &session).post("/flow/v1/session/open", &json!({})).await;
            settle(&app).await;
            // What is told of the session before may still arrive meanwhile.
            let of_this = |told: Vec<Value>| {
                told.into_iter().rfind(|event| event["session_id"] == session.body["session_id"]).unwrap()
            };
            assert_eq!(of_this(told(&sink))["status"], "In Progress");
            pass(&app, hours).await;
            let last = of_this(told(&sink));
            assert_eq!(last["status"], "Abandoned");
            assert_eq!(last["decision"], decision(&app, &session.text("session_id")).await.body);
            let done = decide(&app, &session.text("session_id"), &json!({"new_status": "Declined"})).await;
            assert_eq!(done.status, 200);
        }
    }

    async fn steps_that_are_asked_for_again_and_never_redone_are_abandoned(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let id = completed(&app, "decline_document_expired", json!({})).await;
        decide(&app, &id, &json!({"new_status": "Resubmitted"})).await;
        pass(&app, 7 * DAY).await;
        assert_eq!(told(&sink).pop().unwrap()["status"], "Abandoned");
    }

    async fn a_check_that_did_not_run_goes_to_a_human(database: &Database) {
        let app = TestApp::start(database).await;
        let selfie = workflow(&app, &app.integrator(), &["LIVENESS"]).await;
        let session = create(&app, &app.integrator(), &json!({"workflow_id": selfie})).await;
        person(&app, &session).post("/flow/v1/session/open", &json!({})).await;
        settle(&app).await;
        let path = format!("/v3/session/{}", session.text("session_id"));
        let read = app.integrator().get(&format!("{path}/decision/")).await;
        assert_eq!(read.text("status"), "In Review");
        let again = app.integrator().patch(&format!("{path}/update-status/"), &json!({"new_status": "Resubmitted"})).await;
        assert_eq!(again.status, 200, "what did not run may be asked for again: {}", again.body);
    }

    async fn an_approval_ages_out_by_policy_or_with_its_document(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let policy = with_settings(&app, json!({"kyc_expiration_days": 90, "kyc_expires_with_document": false})).await;
        // The sandbox's passport is good for five years.
        for (workflow, days, ends) in [(policy, 90, false), (json!(app.sandbox.kyc), 5 * 365 + 3, true)] {
            let body = json!({"workflow_id": workflow, "sandbox_scenario": "approve"});
            let session = create(&app, &app.sandbox_integrator(), &body).await;
            let id = session.text("session_id");
            app.sandbox_integrator().post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await;
            pass(&app, (days - 3) * DAY).await;
            assert_eq!(decision(&app, &id).await.text("status"), "Approved");
            pass(&app, 4 * DAY).await;
            let last = told(&sink).pop().unwrap();
            assert_eq!((&last["session_id"], &last["status"], last.get("decision")), (&json!(id), &json!("Kyc Expired"), None));
            let entry = decision(&app, &id).await.body["id_verifications"][0].clone();
            assert_eq!(entry["status"], if ends { "Expired" } else { "Approved" });
            assert_eq!(decide(&app, &id, &json!({"new_status": "Approved"})).await.status, 200, "approved again");
        }
    }

    async fn a_declined_person_tries_again_as_often_as_the_workflow_forgives(database: &Database) {
        let app = TestApp::start(database).await;
        let never = with_settings(&app, json!({"max_retry_attempts": 0, "retry_window_days": null})).await;
        let twice = with_settings(&app, json!({"max_retry_attempts": 2, "retry_window_days": 7})).await;
        let integrator = app.sandbox_integrator();
        let attempt = |workflow: &Value, who: &str| {
            let body = json!({"workflow_id": workflow, "vendor_data": who, "sandbox_scenario": "decline_document_expired"});
            let (app, integrator) = (&app, integrator.clone());
            async move {
                let session = integrator.post("/v3/session/", &body).await;
                if session.status == 201 {
                    let id = session.text("session_id");
                    integrator.post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await;
                    assert_eq!(decision(app, &id).await.text("status"), "Declined");
                }
                session
            }
        };
        for (workflow, attempts) in [(&never, 1), (&twice, 3)] {
            let mut declined = Vec::new();
            for _ in 0..attempts {
                let session = attempt(workflow, "user-1").await;
                assert_eq!(session.status, 201, "{}", session.body);
                declined.push(session.text("session_id"));
            }
            let refused = attempt(workflow, "user-1").await;
            assert_eq!(refused.status, 400);
            assert!(refused.body["vendor_data"].is_string(), "{}", refused.body);
            assert_eq!(attempt(workflow, "user-2").await.status, 201, "somebody else");
            decide(&app, &declined[0], &json!({"new_status": "Approved"})).await;
            assert_eq!(attempt(workflow, "user-1").await.status, 201, "an overturned decline does not count");
        }
        app.clock.advance(SignedDuration::from_hours(7 * DAY));
        assert_eq!(attempt(&twice, "user-1").await.status, 201, "the window has passed");
        assert_eq!(attempt(&never, "user-1").await.status, 400, "here nothing is forgotten");
        let nameless = json!({"workflow_id": never});
        assert_eq!(integrator.post("/v3/session/", &nameless).await.status, 201);
    }

    async fn the_right_device_goes_back(database: &Database) {
        let app = TestApp::start(database).await;
        for (method, laptop_goes, phone_goes) in [("initiator", true, false), ("completer", false, true), ("both", true, true)] {
            let body = json!({"workflow_id": app.sandbox.kyc, "callback": "https://yourapp.com/done", "callback_method": method});
            let session = create(&app, &app.sandbox_integrator(), &body).await;
            let on = |device: &str| person(&app, &session).with("x-device-key", device);
            let (laptop, phone) = (on("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), on("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"));
            laptop.post("/flow/v1/session/open", &json!({})).await;
            phone.post("/flow/v1/session/open", &json!({})).await;
            phone.post("/flow/v1/session/consent", &json!({})).await;
            laptop.get("/flow/v1/session").await;
            let id = session.text("session_id");
            app.sandbox_integrator().post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await;
            for (device, goes) in [(&laptop, laptop_goes), (&phone, phone_goes), (&person(&app, &session), true)] {
                let view = device.get("/flow/v1/session").await;
                assert_eq!(view.body["redirect_url"].is_string(), goes, "{method}: {}", view.body);
            }
        }
    }

    /// Claim 5: whatever is called in whatever order with a valid token, no step is skipped or repeated.
    async fn calls_out_of_order_skip_and_repeat_nothing(database: &Database) {
        let app = TestApp::start(database).await;
        let mut dice = Dice(5);
        for _ in 0..6 {
            let session = create(&app, &app.integrator(), &json!({"workflow_id": app.live.kyc})).await;
            let person = person(&app, &session);
            let mut walk = Walk::default();
            for _ in 0..40 {
                walk.call(&person, dice.of(8)).await;
            }
            let path = format!("/v3/session/{}/decision/", session.text("session_id"));
            let read = app.integrator().get(&path).await;
            assert!(["Not Started", "In Progress"].contains(&read.text("status").as_str()), "{}", read.body);
            assert_eq!(read.body["id_verifications"], json!([]), "nothing is judged before its job ran");
            app.run_jobs().await;
        }
    }

    /// Claim 7: for every change, the decision that is told is the one that was read right after it.
    async fn what_is_told_of_a_change_is_what_was_read_after_it(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let id = completed(&app, "approve", json!({"metadata": {"ñ": [1.5, {"a": null}]}, "vendor_data": "user-7"})).await;
        let mut dice = Dice(7);
        let mut read: BTreeMap<usize, Value> = BTreeMap::new();
        settle(&app).await;
        for turn in 0..24 {
            let before = sink.requests().len();
            let integrator = app.sandbox_integrator();
            match dice.of(5) {
                0 => decide(&app, &id, &json!({"new_status": "Approved", "comment": format!("turn {turn}")})).await,
                1 => decide(&app, &id, &json!({"new_status": "Declined"})).await,
                2 => decide(&app, &id, &json!({"new_status": "Resubmitted", "nodes_to_resubmit": ["OCR"]})).await,
                3 => integrator.patch(&format!("/v3/session/{id}/update-data/"), &json!({"first_name": format!("Turn {turn}")})).await,
                _ => {
                    let body = json!({"new_status": if turn % 2 == 0 { "Declined" } else { "Approved" }});
                    integrator.patch(&format!("/v3/session/{id}/features/id_verification_1/update-status/"), &body).await
                }
            };
            let now = decision(&app, &id).await.body;
            settle(&app).await;
            match sink.requests().len() - before {
                0 => {}
                1 => drop(read.insert(before, now)),
                more => panic!("one change was told {more} times"),
            }
        }
        let told = told(&sink);
        assert!(read.len() >= 10, "{} changes", read.len());
        let mut compared = 0;
        for (index, decision) in read {
            assert_eq!(told[index]["status"], decision["status"]);
            if let Some(sent) = told[index].get("decision") {
                assert_eq!(sent, &decision);
                compared += 1;
            }
        }
        assert!(compared >= 6, "{compared} decisions were compared");
        let mut ids: Vec<&Value> = told.iter().map(|event| &event["event_id"]).collect();
        let all = ids.len();
        ids.sort_by_key(ToString::to_string);
        ids.dedup();
        assert_eq!(ids.len(), all, "one id per change");
    }
}

/// Where a person stands, by the order of the steps alone.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "one per step that may or may not be behind")]
struct Walk {
    opened: bool,
    consented: bool,
    chosen: bool,
    /// An announced upload and how much of it has arrived.
    upload: Option<(String, bool)>,
    checking: bool,
}

const NODE: &str = "id_verification_1";

/// The beginning of a PNG, and nothing that a check could read.
const PICTURE: &[u8; 2048] = {
    let mut bytes = [7_u8; 2048];
    let head = *b"\x89PNG\r\n\x1a\n";
    let mut at = 0;
    while at < head.len() {
        bytes[at] = head[at];
        at += 1;
    }
    &{ bytes }
};

impl Walk {
    /// One call, and whether it may have done anything.
    async fn call(&mut self, person: &Caller, which: usize) {
        let (reply, may) = match which {
            0 => (person.post("/flow/v1/session/open", &json!({})).await, true),
            1 => (person.post("/flow/v1/session/consent", &json!({})).await, self.opened),
            2 => {
                let choice = json!({"country": "ESP", "document_type": "P"});
                let reply = person.post(&format!("/flow/v1/steps/{NODE}/choose"), &choice).await;
                (reply, self.consented && !self.checking)
            }
            3 => {
                let choice = json!({"country": "ESP", "document_type": "P"});
                (person.post("/flow/v1/steps/liveness_1/choose", &choice).await, false)
            }
            4 => (self.announce(person).await, self.chosen && !self.checking),
            5 => (
                self.put(person).await,
                self.upload.as_ref().is_some_and(|(_, whole)| !whole) && !self.checking,
            ),
            6 => (
                self.complete(person).await,
                self.upload.as_ref().is_some_and(|(_, whole)| *whole) && !self.checking,
            ),
            _ => {
                let reply = person.delete(&format!("/flow/v1/steps/{NODE}/uploads/front")).await;
                (reply, self.upload.is_some() && !self.checking)
            }
        };
        assert!(reply.status < 500, "{which}: {}", reply.body);
        assert_eq!(reply.status < 300, may, "call {which}: {} {}", reply.status, reply.body);
        if may {
            self.done(which, &reply);
        }
    }

    fn done(&mut self, which: usize, reply: &Reply) {
        match which {
            0 => self.opened = true,
            1 => self.consented = true,
            2 => self.chosen = true,
            4 if self.upload.is_none() => self.upload = Some((reply.text("upload_id"), false)),
            5 => self.upload = self.upload.take().map(|(id, _)| (id, true)),
            6 => self.checking = true,
            7 => self.upload = self.upload.take().map(|(id, _)| (id, false)),
            _ => {}
        }
    }

    async fn announce(&self, person: &Caller) -> Reply {
        use sha2::Digest as _;
        let sha256 = hex::encode(sha2::Sha256::digest(PICTURE));
        let body = json!({"node_id": NODE, "part": "front", "size": PICTURE.len(), "sha256": sha256});
        person.post("/flow/v1/uploads", &body).await
    }

    async fn put(&self, person: &Caller) -> Reply {
        let path = format!("/flow/v1/uploads/{}?offset=0", self.upload_id());
        person.send(reqwest::Method::PUT, &path, Some("application/octet-stream"), PICTURE.to_vec()).await
    }

    async fn complete(&self, person: &Caller) -> Reply {
        person.post(&format!("/flow/v1/uploads/{}/complete", self.upload_id()), &json!({})).await
    }

    fn upload_id(&self) -> String {
        let id = self.upload.as_ref().map(|(id, _)| id.clone());
        id.unwrap_or_else(|| "11111111-2222-3333-4444-555555555555".to_owned())
    }
}
