//! E-mail addresses and phone numbers as steps of a workflow, as the hosted page sees them.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::{Caller, Reply};
use testkit::http_sink::Answer;

const EMAIL: &str = "email_1";
const PHONE: &str = "phone_1";

/// A person who has agreed, in a session on a workflow of this one step, and the session's id.
async fn person(
    integrator: &Caller,
    app: &TestApp,
    feature: &str,
    config: Value,
    contact: Value,
) -> (Caller, String) {
    let body = json!({"workflow_label": "Contact", "features": [{"feature": feature, "config": config}]});
    let workflow = integrator.post("/v3/workflows/", &body).await;
    assert_eq!(workflow.status, 201, "{}", workflow.body);
    let listed = integrator.get("/v3/workflows/").await;
    let id = listed.body["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["workflow_label"] == "Contact")
        .unwrap_or(&workflow.body);
    let id = id.get("workflow_id").or(id.get("uuid")).unwrap().clone();
    let session =
        integrator.post("/v3/session/", &json!({"workflow_id": id, "contact_details": contact})).await;
    assert_eq!(session.status, 201, "{}", session.body);
    let person = app.stranger().with("x-session-token", &session.text("session_token"));
    person.post("/flow/v1/session/open", &json!({"language": "en"})).await;
    person.post("/flow/v1/session/consent", &json!({})).await;
    (person, session.text("session_id"))
}

async fn send(person: &Caller, node: &str, body: Value) -> Reply {
    person.post(&format!("/flow/v1/steps/{node}/contact"), &body).await
}

async fn check(person: &Caller, node: &str, code: &str) -> Reply {
    person.post(&format!("/flow/v1/steps/{node}/code"), &json!({"code": code})).await
}

fn mailed(app: &TestApp) -> String {
    app.mail.mails().last().and_then(testkit::ReceivedMail::code).unwrap()
}

fn texted(app: &TestApp) -> String {
    let request: Value = serde_json::from_slice(&app.texts.requests().last().unwrap().body).unwrap();
    request["code"].as_str().unwrap().to_owned()
}

fn other_than(code: &str) -> String {
    code.chars().map(|c| if c == '1' { '2' } else { '1' }).collect()
}

testkit::both_databases! {
    async fn a_person_proves_an_address_that_they_typed(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let (person, id) = person(&integrator, &app, "EMAIL_VERIFICATION", json!({"email_code_size": 8, "email_max_check_attempts": 3}), json!({})).await;
        let view = person.get("/flow/v1/session").await;
        let step = &view.body["step"];
        assert_eq!((&step["state"], &step["contact"]["kind"], &step["contact"]["fixed"], &step["contact"]["code"]), (&json!("contact"), &json!("email"), &json!(false), &Value::Null), "{}", view.body);
        for wrong in [json!({"email": "nonsense"}), json!({"email": 7}), json!({})] {
            let refused = send(&person, EMAIL, wrong).await;
            assert_eq!((refused.status, refused.text("code")), (400, "invalid_address".into()));
        }
        let refused = send(&person, EMAIL, json!({"email": "nobody@example.com"})).await;
        assert_eq!((refused.status, refused.text("code")), (400, "undeliverable".into()), "it can be corrected");
        let sent = send(&person, EMAIL, json!({"email": "alice@example.com"})).await;
        let code = &sent.body["step"]["contact"]["code"];
        assert_eq!((&sent.body["step"]["state"], &code["sent_to"], &code["size"], &code["expires_in"], &code["resend_in"], &code["sends_left"], &code["checks_left"]),
            (&json!("code"), &json!("alice@example.com"), &json!(8), &json!(300), &json!(30), &json!(1), &json!(3)), "{}", sent.body);
        let early = send(&person, EMAIL, json!({"email": "alice@example.com"})).await;
        assert_eq!((early.status, early.text("code"), early.body["seconds"].clone()), (409, "too_soon".into(), json!(30)));
        let right = mailed(&app);
        let wrong = check(&person, EMAIL, &other_than(&right)).await;
        assert_eq!((wrong.status, wrong.text("code"), wrong.body["attempts_left"].clone()), (400, "wrong_code".into(), json!(2)));
        let spaced = format!(" {} {} ", &right[..4], &right[4..]);
        let done = check(&person, EMAIL, &spaced).await;
        assert_eq!((done.status, done.text("status")), (200, "Approved".into()), "{}", done.body);
        let decision = integrator.get(&format!("/v3/session/{id}/decision/")).await;
        let report = &decision.body["email_verifications"][0];
        assert_eq!((&report["node_id"], &report["status"], &report["email"], &report["verification_attempts"]), (&json!(EMAIL), &json!("Approved"), &json!("alice@example.com"), &json!(2)));
        assert!(check(&person, EMAIL, &right).await.status >= 400, "used up");
    }

    async fn the_integrators_number_is_the_one_that_is_proven(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let (person, id) = person(&integrator, &app, "PHONE_VERIFICATION", json!({}), json!({"phone": "+34699999999"})).await;
        let contact = person.get("/flow/v1/session").await.body["step"]["contact"].clone();
        assert_eq!((&contact["value"], &contact["fixed"]), (&json!("+34699999999"), &json!(true)));
        app.texts.answer_with([Answer::Status(503)]);
        let down = send(&person, PHONE, json!({})).await;
        assert_eq!((down.status, down.text("code")), (409, "not_sent".into()));
        let sent = send(&person, PHONE, json!({"phone": "+4915112345678"})).await;
        assert_eq!((&sent.body["step"]["contact"]["code"]["sent_to"], &sent.body["step"]["contact"]["code"]["sends_left"]), (&json!("+34699999999"), &json!(2)), "{}", sent.body);
        let code = texted(&app);
        let request: Value = serde_json::from_slice(&app.texts.requests().last().unwrap().body).unwrap();
        assert!(request["text"].as_str().unwrap().ends_with(&format!("\n\n@127.0.0.1 #{code}")), "browsers fill it in: {request}");
        let done = check(&person, PHONE, &code).await;
        assert_eq!(done.text("status"), "Approved");
        let report = integrator.get(&format!("/v3/session/{id}/decision/")).await.body["phone_verifications"][0].clone();
        assert_eq!((&report["full_number"], &report["verification_method"], &report["carrier"]["type"]), (&json!("+34699999999"), &json!("sms"), &json!("mobile")));
    }

    async fn too_many_wrong_codes_decline_however_they_come(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let (person, id) = person(&integrator, &app, "EMAIL_VERIFICATION", json!({"email_max_check_attempts": 2}), json!({"email": "bob@example.com"})).await;
        send(&person, EMAIL, json!({})).await;
        let wrong = other_than(&mailed(&app));
        let replies = futures::future::join_all((0..8).map(|_| check(&person, EMAIL, &wrong))).await;
        let count = |status: u16, code: &str| replies.iter().filter(|reply| reply.status == status && reply.body["code"].as_str().unwrap_or_default() == code).count();
        assert_eq!((count(400, "wrong_code"), count(200, "")), (1, 1), "{:?}", replies.iter().map(|reply| &reply.body["code"]).collect::<Vec<_>>());
        assert!(replies.iter().all(|reply| reply.status < 500));
        let decision = integrator.get(&format!("/v3/session/{id}/decision/")).await;
        let report = &decision.body["email_verifications"][0];
        assert_eq!((decision.text("status"), &report["warnings"][0]["risk"]), ("Declined".into(), &json!("EMAIL_CODE_ATTEMPTS_EXCEEDED")));
        let tried = report["lifecycle"].as_array().unwrap().iter().filter(|entry| entry["type"] == "INVALID_CODE_ENTERED").count();
        assert_eq!(tried, 2);
    }

    async fn messages_are_counted_and_the_last_one_decides(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let (person, id) = person(&integrator, &app, "EMAIL_VERIFICATION", json!({"email_max_retries": 1}), json!({})).await;
        send(&person, EMAIL, json!({"email": "carol@example.com"})).await;
        let other = send(&person, EMAIL, json!({"email": "dora@example.com"})).await;
        assert_eq!((other.status, &other.body["step"]["contact"]["code"]["sends_left"]), (200, &json!(0)), "another address costs a message: {}", other.body);
        app.clock.advance(SignedDuration::from_secs(60));
        let none = send(&person, EMAIL, json!({"email": "dora@example.com"})).await;
        assert_eq!((none.status, none.text("code")), (409, "no_sends_left".into()));
        app.clock.advance(SignedDuration::from_mins(5));
        let late = check(&person, EMAIL, &mailed(&app)).await;
        assert_eq!((late.status, late.text("code")), (400, "code_expired".into()));
        let over = send(&person, EMAIL, json!({"email": "dora@example.com"})).await;
        assert_eq!((over.status, over.text("status")), (200, "Declined".into()), "{}", over.body);
        assert_eq!(app.mail.mails().len(), 2);
        let report = integrator.get(&format!("/v3/session/{id}/decision/")).await.body["email_verifications"][0].clone();
        assert_eq!((&report["warnings"][0]["risk"], &report["email"]), (&json!("EMAIL_CODE_ATTEMPTS_EXCEEDED"), &json!("dora@example.com")));
    }

    async fn the_workflow_says_which_addresses_it_takes(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let countries = json!({"phone_verification_countries": {"DE": {"sms": {"enabled": true, "max_retries": 1}}, "ES": {"sms": false}}});
        let (anna, _) = person(&integrator, &app, "PHONE_VERIFICATION", countries, json!({"phone": "+34699999999"})).await;
        let contact = anna.get("/flow/v1/session").await.body["step"]["contact"].clone();
        assert_eq!((&contact["countries"], &contact["fixed"]), (&json!(["DE"]), &json!(false)), "a number that is not taken is not enforced");
        for number in ["+34699999999", "+498001234567"] {
            let refused = send(&anna, PHONE, json!({"phone": number})).await;
            assert_eq!((refused.status, refused.text("code")), (400, "number_not_allowed".into()), "{number}");
        }
        assert_eq!(send(&anna, PHONE, json!({"phone": "+49 1512 3456789"})).await.status, 200);
    }

    async fn sandbox_sessions_take_any_address_and_one_code(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let (person, id) = person(&integrator, &app, "PHONE_VERIFICATION", json!({"code_size": 4}), json!({})).await;
        let sent = send(&person, PHONE, json!({"phone": "+34699999999"})).await;
        assert_eq!((&sent.body["step"]["state"], &sent.body["step"]["contact"]["code"]["size"]), (&json!("code"), &json!(6)), "{}", sent.body);
        assert_eq!(check(&person, PHONE, "000000").await.text("code"), "wrong_code");
        assert_eq!(check(&person, PHONE, "123456").await.text("status"), "Approved");
        assert_eq!(app.texts.requests().len(), 0, "nothing leaves");
        let report = integrator.get(&format!("/v3/session/{id}/decision/")).await.body["phone_verifications"][0].clone();
        assert_eq!(report["full_number"], "+34699999999");
    }

    async fn a_blocklisted_address_is_declined_though_its_code_is_right(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let lists = integrator.get("/v3/lists/?limit=100").await;
        let listed = lists.body["results"].as_array().or(lists.body.as_array()).unwrap().clone();
        let list = listed.iter().find(|list| list["entry_type"] == "email" && list["list_type"] == "blocklist").unwrap_or_else(|| panic!("{}", lists.body));
        let uuid = list.get("uuid").or(list.get("id")).unwrap().as_str().unwrap();
        let added = integrator.post(&format!("/v3/lists/{uuid}/entries/"), &json!({"value": "Eve@example.com"})).await;
        assert!(added.status < 300, "{}", added.body);
        let (person, id) = person(&integrator, &app, "EMAIL_VERIFICATION", json!({}), json!({"email": "eve@example.com"})).await;
        send(&person, EMAIL, json!({})).await;
        check(&person, EMAIL, &mailed(&app)).await;
        let decision = integrator.get(&format!("/v3/session/{id}/decision/")).await;
        let report = &decision.body["email_verifications"][0];
        assert_eq!((decision.text("status"), &report["warnings"][0]["risk"]), ("Declined".into(), &json!("EMAIL_IN_BLOCKLIST")));
        assert_eq!((&report["matches"][0]["source"], &report["matches"][0]["is_blocklisted"]), (&json!("list_entry"), &json!(true)));
    }
}
