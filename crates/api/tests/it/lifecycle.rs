//! What reviewers and integrators' programs decide about a session, and who hears of it.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::app::{Caller, Reply};
use testkit::{HttpSink, TestApp};

/// A sandbox session of the application's KYC workflow, completed under this scenario.
pub(crate) async fn completed(app: &TestApp, scenario: &str, extra: Value) -> String {
    completed_on(app, &json!(app.sandbox.kyc), scenario, extra).await
}

pub(crate) async fn completed_on(app: &TestApp, workflow: &Value, scenario: &str, extra: Value) -> String {
    let mut body = json!({"workflow_id": workflow, "sandbox_scenario": scenario});
    body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    let session = app.sandbox_integrator().post("/v3/session/", &body).await;
    assert_eq!(session.status, 201, "{}", session.body);
    complete(app, &session.text("session_id")).await;
    session.text("session_id")
}

async fn complete(app: &TestApp, id: &str) -> Reply {
    app.sandbox_integrator().post(&format!("/v3/session/{id}/sandbox/complete/"), &json!({})).await
}

pub(crate) async fn workflow(app: &TestApp, caller: &Caller, features: &[&str]) -> Value {
    let features: Vec<Value> = features.iter().map(|feature| json!({"feature": feature})).collect();
    let reply = caller.post("/v3/workflows/", &json!({"workflow_label": "Test", "features": features})).await;
    assert_eq!(reply.status, 201, "{} {}", app.base_url, reply.body);
    reply.body["workflow_id"].clone()
}

pub(crate) async fn decide(app: &TestApp, id: &str, body: &Value) -> Reply {
    app.sandbox_integrator().patch(&format!("/v3/session/{id}/update-status/"), body).await
}

pub(crate) async fn decision(app: &TestApp, id: &str) -> Reply {
    app.sandbox_integrator().get(&format!("/v3/session/{id}/decision/")).await
}

/// A receiver of everything that the sandbox application tells.
pub(crate) async fn listening(app: &TestApp) -> HttpSink {
    let sink = HttpSink::start().await;
    let events = json!(["status.updated", "data.updated"]);
    let body = json!({"label": "All", "url": sink.url("/hook"), "subscribed_events": events});
    let made = app.sandbox_integrator().post("/v3/webhook/destinations/", &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    sink
}

/// Lets every job be done, also those that wait for one another.
pub(crate) async fn settle(app: &TestApp) {
    for _ in 0..8 {
        app.run_jobs().await;
        app.clock.advance(SignedDuration::from_secs(1));
    }
}

pub(crate) fn told(sink: &HttpSink) -> Vec<Value> {
    sink.requests().iter().map(testkit::ReceivedRequest::json).collect()
}

testkit::both_databases! {
    async fn a_reviewer_decides_and_everyone_hears_of_it(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let id = completed(&app, "approve", json!({})).await;
        let declined = decide(&app, &id, &json!({"new_status": "Declined", "comment": "Duplicated user"})).await;
        assert_eq!((declined.status, declined.body), (200, json!({"session_id": id})));
        let now = decision(&app, &id).await;
        assert_eq!(now.text("status"), "Declined");
        let review = json!({
            "user": "API Client", "new_status": "Declined", "comment": "Duplicated user",
            "created_at": "2026-06-01T12:00:00.000000Z"
        });
        assert_eq!(now.body["reviews"], json!([review]));
        settle(&app).await;
        let last = told(&sink).pop().unwrap();
        assert_eq!((&last["status"], &last["decision"]), (&json!("Declined"), &now.body), "one object, told and read");
        let before = sink.requests().len();
        let again = decide(&app, &id, &json!({"new_status": "Declined"})).await;
        assert_eq!((again.status, again.body), (200, json!({"session_id": id})));
        settle(&app).await;
        assert_eq!((sink.requests().len(), decision(&app, &id).await.body), (before, now.body), "nothing changed");
        let approved = decide(&app, &id, &json!({"new_status": "Approved"})).await;
        assert_eq!((approved.status, decision(&app, &id).await.text("status")), (200, "Approved".to_owned()));
    }

    async fn what_cannot_be_decided_says_so_before_the_request_is_judged(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let session = integrator.post("/v3/session/", &json!({"workflow_id": app.sandbox.kyc})).await;
        let id = session.text("session_id");
        for body in [json!({"new_status": "Approved"}), json!({}), json!({"new_status": 7})] {
            let refused = decide(&app, &id, &body).await;
            let detail = "Only sessions with status Approved, Declined, In Review, Kyc Expired, Abandoned, Resubmitted \
                          can be updated. Current status: Not Started";
            assert_eq!((refused.status, refused.body), (400, json!({"detail": detail})));
        }
        for unknown in ["11111111-2222-3333-4444-555555555555", "nonsense"] {
            let refused = decide(&app, unknown, &json!({"new_status": "Approved"})).await;
            assert_eq!((refused.status, refused.body), (404, json!({"detail": "Not found."})));
        }
        let path = format!("/v3/session/{id}/update-status/");
        assert_eq!(app.integrator().patch(&path, &json!({"new_status": "Approved"})).await.status, 404, "not theirs");
        assert_eq!(app.stranger().patch(&path, &json!({"new_status": "Approved"})).await.status, 403);
    }

    async fn a_decision_that_makes_no_sense_is_refused_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let id = completed(&app, "approve", json!({})).await;
        let only = "You can only update the status to 'Approved', 'Declined', or 'Resubmitted'.";
        let choices = "OCR, OCR_BACK, NFC, AML, FACE, LIVENESS, FACE_MATCH, IP_ANALYSIS, AGE_ESTIMATION, \
                       PROOF_OF_ADDRESS, PHONE_VERIFICATION, EMAIL_VERIFICATION, FACE_SEARCH, DATABASE_VALIDATION, \
                       QUESTIONNAIRE, DOCUMENT_AI, KYB_REGISTRY, KYB_DOCUMENTS, KYB_KEY_PEOPLE, ID_VERIFICATION, POA, \
                       PHONE, EMAIL, KYB";
        let bogus = format!("\"BOGUS\" is not a valid choice. Valid choices are: {choices}.");
        let parents = "The following features cannot be resubmitted directly: KYB_REGISTRY. Resubmit the relevant child \
                       KYC sessions instead; the parent will recompute automatically.";
        let steps = |steps: Value| json!({"new_status": "Resubmitted", "nodes_to_resubmit": steps});
        for (body, wrong) in [
            (json!({}), json!({"new_status": ["This field is required."]})),
            (json!({"new_status": "In Review"}), json!({"new_status": [only]})),
            (json!({"new_status": "approved"}), json!({"new_status": ["\"approved\" is not a valid choice."]})),
            (
                json!({"new_status": "Approved", "send_email": true}),
                json!({"email_address": ["Email address is required when send_email is true."]}),
            ),
            (
                steps(json!([{"node_id": "id_verification_1", "feature": "OCR"}, {"node_id": "x", "feature": "BOGUS"}])),
                json!({"nodes_to_resubmit": [{}, {"feature": [bogus]}]}),
            ),
            (steps(json!([{"node_id": "x"}])), json!({"nodes_to_resubmit": [{"feature": ["This field is required."]}]})),
            (steps(json!([{"node_id": "kyb", "feature": "KYB"}])), json!({"nodes_to_resubmit": parents})),
            (
                steps(json!(["POA"])),
                json!({"nodes_to_resubmit": "'POA' does not name exactly one step of this session's workflow."}),
            ),
            (
                steps(json!([{"node_id": "id_verification_1", "feature": "LIVENESS"}])),
                json!({"nodes_to_resubmit": "'id_verification_1' does not name exactly one step of this session's workflow."}),
            ),
            (
                json!({"new_status": "Resubmitted"}),
                json!({"nodes_to_resubmit": "No features found that need resubmission. All features are already approved."}),
            ),
        ] {
            let refused = decide(&app, &id, &body).await;
            assert_eq!((refused.status, &refused.body), (400, &wrong), "{body}");
        }
        assert_eq!(decision(&app, &id).await.body["reviews"], json!([]), "nothing was noted");
    }

    async fn chosen_steps_are_redone_on_the_same_link(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        for steps in [
            Value::Null, json!([{"node_id": "id_verification_1", "feature": "OCR"}]),
            json!([{"node_id": "feature_ocr", "feature": "ID_VERIFICATION"}]), json!(["OCR"]), json!(["id_verification_1"]),
        ] {
            let id = completed(&app, "decline_document_expired", json!({})).await;
            settle(&app).await;
            app.clock.advance(SignedDuration::from_hours(24 * 30));
            let body = json!({"new_status": "Resubmitted", "comment": "Bring the new one", "nodes_to_resubmit": steps});
            let again = decide(&app, &id, &body).await;
            assert_eq!((again.status, again.body), (200, json!({"session_id": id})), "{steps}");
            settle(&app).await;
            let event = told(&sink).pop().unwrap();
            assert_eq!((&event["status"], event.get("decision")), (&json!("Resubmitted"), None));
            assert_eq!(event["resubmit_info"], json!({
                "nodes_to_resubmit": [{"node_id": "id_verification_1", "feature": "OCR"}],
                "reasons": {"id_verification_1": "Document expired. Bring the new one"},
            }));
            let waiting = decision(&app, &id).await;
            let entry = &waiting.body["id_verifications"][0];
            assert_eq!((&entry["status"], &entry["first_name"], &entry["warnings"]), (&json!("Not Finished"), &Value::Null, &json!([])));
            assert!(waiting.text("expires_at").starts_with("2026-"), "fresh time: {}", waiting.body["expires_at"]);
            let same = decide(&app, &id, &json!({"new_status": "Resubmitted"})).await;
            assert_eq!((same.status, same.body), (400, json!(["The new status is the same as the current status."])));
            let url = waiting.text("session_url");
            let person = app.stranger().with("x-session-token", url.rsplit('/').next().unwrap());
            let opened = person.post("/flow/v1/session/open", &json!({})).await;
            assert_eq!((opened.text("status"), &opened.body["step"]["state"]), ("In Progress".to_owned(), &json!("choose")));
            complete(&app, &id).await;
            assert_eq!(decision(&app, &id).await.text("status"), "Declined", "the scenario plays again");
        }
    }

    async fn passed_steps_are_kept_and_steps_that_need_nobody_run_at_once(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let both = workflow(&app, &app.sandbox_integrator(), &["OCR", "AML"]).await;
        let id = completed_on(&app, &both, "approve", json!({})).await;
        settle(&app).await;
        let before = decision(&app, &id).await.body;
        let rerun = json!({"new_status": "Resubmitted", "nodes_to_resubmit": [{"node_id": "aml_1", "feature": "AML"}]});
        assert_eq!(decide(&app, &id, &rerun).await.status, 200);
        let after = decision(&app, &id).await.body;
        assert_eq!((&after["status"], &after["id_verifications"]), (&json!("Approved"), &before["id_verifications"]));
        let soon = decide(&app, &id, &rerun).await;
        assert_eq!((soon.status, soon.header("retry-after")), (429, "30"));
        settle(&app).await;
        let told: Vec<Value> = told(&sink).iter().map(|event| event["status"].clone()).collect();
        assert_eq!(told[told.len() - 3..], ["Resubmitted", "In Progress", "Approved"]);
        app.clock.advance(SignedDuration::from_secs(30));
        assert_eq!(decide(&app, &id, &rerun).await.status, 200);
        let redo = json!({"new_status": "Resubmitted", "nodes_to_resubmit": ["AML", "OCR"]});
        assert_eq!(decide(&app, &id, &redo).await.status, 200, "the document needs its holder");
        assert_eq!(decision(&app, &id).await.text("status"), "Resubmitted");
    }

    async fn one_check_is_judged_by_hand_and_the_session_stays(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = listening(&app).await;
        let id = completed(&app, "approve", json!({})).await;
        let path = |node: &str| format!("/v3/session/{id}/features/{node}/update-status/");
        let integrator = app.sandbox_integrator();
        let body = json!({"new_status": "In Review", "comment": "Odd picture"});
        let judged = integrator.patch(&path("id_verification_1"), &body).await;
        assert_eq!((judged.status, judged.body), (200, json!({
            "session_id": id, "node_id": "id_verification_1", "feature_type": "KYC", "new_status": "In Review"
        })));
        let now = decision(&app, &id).await.body;
        assert_eq!((&now["status"], &now["id_verifications"][0]["status"]), (&json!("Approved"), &json!("In Review")));
        assert_eq!(now["reviews"][0]["comment"], "Odd picture");
        settle(&app).await;
        let event = told(&sink).pop().unwrap();
        assert_eq!((&event["webhook_type"], &event["decision"]), (&json!("data.updated"), &now));
        for (node, body, status, answer) in [
            ("id_verification_1", body, 400, json!({"new_status": "The new status is the same as the current status."})),
            ("id_verification_1", json!({"new_status": "Expired"}), 400, json!({"new_status": ["\"Expired\" is not a valid choice."]})),
            ("poa_9", json!({"new_status": "Approved"}), 404, json!({"detail": "No feature found with node_id 'poa_9' in this session."})),
        ] {
            let refused = integrator.patch(&path(node), &body).await;
            assert_eq!((refused.status, refused.body), (status, answer));
        }
        let elsewhere = app.integrator().patch(&path("id_verification_1"), &json!({"new_status": "Approved"})).await;
        assert_eq!((elsewhere.status, elsewhere.body), (404, json!({"detail": "Session not found."})));
        let only = integrator.patch(&path("default"), &json!({"new_status": "Approved"})).await;
        assert_eq!((only.status, only.text("node_id")), (200, "id_verification_1".to_owned()));
    }

    async fn the_trail_of_a_session_is_read_in_pages(database: &Database) {
        let app = TestApp::start(database).await;
        let id = completed(&app, "approve", json!({})).await;
        let (integrator, path) = (app.sandbox_integrator(), format!("/v3/sessions/{id}/reviews/"));
        let empty = json!({"count": 0, "next": null, "previous": null, "results": []});
        assert_eq!(integrator.get(&path).await.body, empty);
        app.clock.advance(SignedDuration::from_mins(1));
        let noted = integrator.post(&path, &json!({"new_status": "In Review", "comment": "ask @a@example.com \u{1F9FE}"})).await;
        assert_eq!((noted.status, noted.body), (201, json!({
            "user": "Unknown", "new_status": "In Review", "comment": "ask @a@example.com \u{1F9FE}",
            "created_at": "2026-06-01T12:01:00.000000Z"
        })));
        assert_eq!(decision(&app, &id).await.text("status"), "Approved", "a note changes nothing");
        app.clock.advance(SignedDuration::from_mins(1));
        decide(&app, &id, &json!({"new_status": "Declined", "comment": "no"})).await;
        let first = integrator.get(&format!("{path}?limit=1")).await.body;
        assert_eq!((&first["count"], &first["next"]), (&json!(2), &json!(format!("{}{path}?limit=1&offset=1", app.base_url))));
        let mut row = first["results"][0].clone();
        assert!(row["uuid"].is_string());
        row.as_object_mut().unwrap().remove("uuid");
        assert_eq!(row, json!({
            "activity_type": "STATUS_UPDATED", "actor_display": "API Client", "actor_email": null, "actor_type": "API_KEY",
            "new_status": "Declined", "previous_status": "Approved", "comment": "no", "mentioned_emails": [],
            "previous_value": {"status": "Approved"}, "new_value": {"status": "Declined"}, "changed_fields": ["status"],
            "metadata": null, "created_at": "2026-06-01T12:02:00.000000Z"
        }));
        let oldest = integrator.get(&format!("{path}?ordering=created_at&limit=1")).await.body;
        assert_eq!(oldest["results"][0]["actor_display"], "Unknown");
        let next = format!("{}{path}?limit=1&offset=1&ordering=created_at", app.base_url);
        assert_eq!(oldest["next"], json!(next), "the next page is in the same order");
        let wrong = integrator.post(&path, &json!({"new_status": "approved"})).await;
        assert_eq!((wrong.status, wrong.body), (400, json!({"new_status": ["\"approved\" is not a valid choice."]})));
        assert_eq!(integrator.post(&path, &json!({})).await.status, 201, "both are optional");
        for reply in [app.integrator().get(&path).await, app.integrator().post(&path, &json!({})).await] {
            assert_eq!((reply.status, reply.body), (404, json!({"detail": "Session not found."})), "not theirs");
        }
    }

    async fn people_are_mailed_in_their_language_when_asked_for(database: &Database) {
        let app = TestApp::start(database).await;
        let contact = json!({"contact_details": {
            "email": "ana@example.com", "email_lang": "es", "send_notification_emails": true
        }});
        let id = completed(&app, "decline_document_expired", contact).await;
        settle(&app).await;
        let mails = app.mail.wait_for(2).await;
        let news = "Acme sandbox: No pudimos verificar tu identidad";
        assert!(mails.iter().any(|mail| mail.header("Subject") == news), "beside the invitation");
        let again = json!({
            "new_status": "Resubmitted", "comment": "Bring the new one", "send_email": true,
            "email_address": "office@example.com", "email_language": "en"
        });
        assert_eq!(decide(&app, &id, &again).await.status, 200);
        settle(&app).await;
        let mails = app.mail.wait_for(4).await;
        let about = |subject: &str| mails.iter().find(|mail| mail.header("Subject") == subject).unwrap();
        let office = about("Acme sandbox: Something is needed again");
        assert_eq!(office.recipients, ["office@example.com"]);
        let reasons = "Identity document: The document is no longer valid. Bring the new one.";
        assert!(office.text().contains(reasons), "{}", office.text());
        assert!(office.text().contains(&decision(&app, &id).await.text("session_url")), "the link");
        let person = about("Acme sandbox: Hace falta repetir algo");
        assert!(person.text().contains("El documento ya no está vigente."), "{}", person.text());
        let same = json!({"new_status": "Approved", "send_email": true, "email_address": "ANA@example.com"});
        assert_eq!(decide(&app, &id, &same).await.status, 200);
        settle(&app).await;
        assert_eq!(app.mail.wait_for(5).await.len(), 5, "nobody is told twice");
    }
}
