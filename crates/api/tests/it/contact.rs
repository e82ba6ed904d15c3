//! Codes for e-mail addresses and phone numbers by API alone.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::app::{Caller, Reply};
use testkit::http_sink::Answer;
use testkit::{HttpSink, TestApp};

const NUMBER: &str = "+34699999999";

async fn send_email(caller: &Caller, body: Value) -> Reply {
    caller.post("/v3/email/send/", &body).await
}

async fn check_email(caller: &Caller, email: &str, code: &str) -> Reply {
    caller.post("/v3/email/check/", &json!({"email": email, "code": code})).await
}

async fn send_phone(caller: &Caller) -> Reply {
    caller.post("/v3/phone/send/", &json!({"phone_number": NUMBER, "vendor_data": "user-1"})).await
}

async fn check_phone(caller: &Caller, code: &str) -> Reply {
    caller.post("/v3/phone/check/", &json!({"phone_number": NUMBER, "code": code})).await
}

/// A code of the same form that is another one.
fn other_than(code: &str) -> String {
    code.chars().map(|c| if c == '1' { '2' } else { '1' }).collect()
}

fn last_code(app: &TestApp) -> String {
    app.mail.mails().last().and_then(testkit::ReceivedMail::code).unwrap()
}

fn texts(sink: &HttpSink) -> Vec<Value> {
    sink.requests().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect()
}

fn lifecycle(report: &Value) -> Vec<&str> {
    report["lifecycle"].as_array().unwrap().iter().map(|entry| entry["type"].as_str().unwrap()).collect()
}

testkit::both_databases! {
    async fn an_address_is_proven_by_the_code_that_was_mailed_to_it(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let body = json!({"email": "Alice@example.com", "options": {"locale": "es"}, "vendor_data": "user-1", "metadata": {"a": 1}});
        let sent = send_email(&integrator, body).await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        let id = sent.text("request_id");
        let expected = json!({"request_id": id, "status": "Success", "reason": null, "vendor_data": "user-1", "metadata": {"a": 1}});
        assert_eq!(sent.body, expected);
        let mail = app.mail.wait_for(1).await.remove(0);
        assert_eq!(mail.recipients, ["Alice@example.com"]);
        assert!(mail.text().contains("Acme") && mail.text().contains("5 minutos"), "{}", mail.text());
        let code = mail.code().unwrap();
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        let waiting = integrator.get(&format!("/v3/session/{id}/decision/")).await;
        assert_eq!((waiting.text("status"), waiting.body["features"].clone()), ("In Progress".into(), json!(["EMAIL_VERIFICATION"])));
        assert_eq!(waiting.body["email_verifications"][0]["status"], "Not Finished");
        assert_eq!((&waiting.body["workflow_id"], &waiting.body["session_url"]), (&Value::Null, &Value::Null));

        let wrong = check_email(&integrator, "alice@example.com", &other_than(&code)).await;
        assert_eq!((wrong.status, wrong.text("status"), wrong.text("message")), (200, "Failed".into(), "The verification code is incorrect. Attempts remaining: 2".into()));
        assert_eq!((wrong.body.get("email"), wrong.body["vendor_data"].clone()), (Some(&Value::Null), json!("user-1")));
        assert_ne!(wrong.text("request_id"), id, "names nothing");
        let right = check_email(&integrator, "alice@EXAMPLE.com", &code).await;
        assert_eq!((right.text("status"), right.text("request_id"), right.text("message")), ("Approved".into(), id.clone(), "The verification code is correct.".into()));
        let report = &right.body["email"];
        assert_eq!((&report["status"], &report["is_undeliverable"], &report["is_disposable"]), (&json!("Approved"), &json!(false), &json!(false)));
        assert_eq!((&report["is_breached"], &report["breaches"]), (&Value::Null, &Value::Null), "not looked up");
        assert_eq!((&report["verification_attempts"], &report["warnings"], &report["matches"]), (&json!(1), &json!([]), &json!([])));
        assert_eq!(lifecycle(report), ["EMAIL_VERIFICATION_MESSAGE_SENT", "INVALID_CODE_ENTERED", "VALID_CODE_ENTERED", "EMAIL_VERIFICATION_APPROVED"]);
        assert!(report.get("node_id").is_none() && report["verified_at"].is_string());

        let again = check_email(&integrator, "alice@example.com", &code).await;
        assert_eq!((again.text("status"), again.body.get("email")), ("Expired or Not Found".into(), None));
        assert_eq!(again.text("message"), "No pending email verification found in the last 5 minutes.");
        let decision = integrator.get(&format!("/v3/session/{id}/decision/")).await;
        assert_eq!((decision.text("status"), decision.body["email_verifications"][0]["email"].clone()), ("Approved".into(), json!("Alice@example.com")));
        let listed = integrator.get("/v3/sessions/?api_service=EMAIL_VERIFICATION").await;
        assert_eq!((listed.status, &listed.body["results"][0]["session_id"], &listed.body["results"][0]["session_url"]), (200, &json!(id), &Value::Null), "{}", listed.body);
    }

    async fn a_second_send_renews_the_code_and_a_third_begins_anew(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let body = json!({"email": "bob@example.com", "options": {"code_size": 8, "alphanumeric_code": true}});
        let first = send_email(&integrator, body.clone()).await;
        let old = last_code(&app);
        assert_eq!(old.len(), 8);
        app.clock.advance(SignedDuration::from_mins(4));
        let second = send_email(&integrator, body.clone()).await;
        assert_eq!((second.text("status"), second.text("request_id")), ("Retry".into(), first.text("request_id")));
        let new = last_code(&app);
        assert_eq!(check_email(&integrator, "bob@example.com", &old).await.text("status"), "Failed", "the first code died");
        app.clock.advance(SignedDuration::from_secs(61));
        let late = check_email(&integrator, "bob@example.com", &new).await;
        assert_eq!(late.text("status"), "Expired or Not Found", "a retry does not extend the window");
        app.run_jobs().await;
        let decision = integrator.get(&format!("/v3/session/{}/decision/", first.text("request_id"))).await;
        let report = &decision.body["email_verifications"][0];
        assert_eq!((decision.text("status"), report["status"].clone(), report["verification_attempts"].clone()), ("Abandoned".into(), json!("Expired"), json!(2)));
        assert_eq!(lifecycle(report).last(), Some(&"EMAIL_VERIFICATION_EXPIRED"));
        let ids: Vec<String> = [send_email(&integrator, body.clone()).await, send_email(&integrator, body.clone()).await, send_email(&integrator, body).await]
            .iter().map(|sent| sent.text("status") + &sent.text("request_id")).collect();
        assert!(ids[0].starts_with("Success") && ids[1].starts_with("Retry") && ids[2].starts_with("Success"), "{ids:?}");
        assert_ne!(ids[0], ids[2]);
        let lower = check_email(&integrator, "bob@example.com", &last_code(&app).to_lowercase()).await;
        assert_eq!(lower.text("status"), "Approved", "letters in any case");
    }

    async fn the_third_wrong_code_declines(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let sent = send_phone(&integrator).await;
        assert_eq!((sent.status, sent.text("status")), (200, "Success".into()), "{}", sent.body);
        let text = texts(&app.texts).remove(0);
        assert_eq!((&text["to"], &text["channel"], &text["application"]), (&json!(NUMBER), &json!("whatsapp"), &json!("Acme")));
        let code = text["code"].as_str().unwrap();
        assert!(text["text"].as_str().unwrap().starts_with(&format!("{code} is your Acme code.")));
        let malformed = check_phone(&integrator, "12x4").await;
        assert_eq!((malformed.status, malformed.body), (400, json!({"code": ["Invalid code format. Enter 4 to 8 numeric digits."]})));
        let wrong = other_than(code);
        for left in [2, 1] {
            let failed = check_phone(&integrator, &wrong).await;
            assert_eq!(failed.text("message"), format!("The verification code is incorrect. Attempts remaining: {left}"));
        }
        let declined = check_phone(&integrator, &wrong).await;
        assert_eq!((declined.text("status"), declined.text("request_id")), ("Declined".into(), sent.text("request_id")));
        assert_eq!(declined.text("message"), "The verification code is incorrect. Maximum attempts reached.");
        let phone = &declined.body["phone"];
        assert_eq!((&phone["warnings"][0]["risk"], &phone["warnings"][0]["log_type"], phone["warnings"][0].get("node_id")), (&json!("VERIFICATION_CODE_ATTEMPTS_EXCEEDED"), &json!("error"), None));
        assert_eq!((&phone["phone_number_prefix"], &phone["phone_number"], &phone["country_name"]), (&json!("+34"), &json!("699999999"), &json!("Spain")));
        assert_eq!((&phone["carrier"], &phone["is_virtual"], &phone["is_disposable"]), (&json!({"name": "", "type": "mobile"}), &json!(false), &Value::Null));
        assert_eq!(check_phone(&integrator, code).await.text("status"), "Expired or Not Found");
        let decision = integrator.get(&format!("/v3/session/{}/decision/", sent.text("request_id"))).await;
        assert_eq!((decision.text("status"), decision.body["features"].clone()), ("Declined".into(), json!(["PHONE"])));
    }

    async fn parallel_guesses_are_no_more_than_three(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        send_email(&integrator, json!({"email": "carol@example.com"})).await;
        let wrong = other_than(&last_code(&app));
        let guesses = (0..12).map(|_| check_email(&integrator, "carol@example.com", &wrong));
        let mut ends: Vec<String> = futures::future::join_all(guesses).await.iter().map(|reply| { assert_eq!(reply.status, 200, "{}", reply.body); reply.text("status") }).collect();
        ends.sort();
        let expected = [vec!["Declined"], vec!["Expired or Not Found"; 9], vec!["Failed"; 2]].concat();
        assert_eq!(ends, expected);
    }

    async fn a_number_gets_four_codes_an_hour(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let sends = (0..8).map(|_| send_phone(&integrator));
        let replies = futures::future::join_all(sends).await;
        let refused: Vec<&Reply> = replies.iter().filter(|reply| reply.status == 429).collect();
        assert_eq!((refused.len(), app.texts.requests().len()), (4, 4), "counted before they leave");
        assert_eq!(refused[0].text("detail"), "Maximum verification attempts reached for this phone number. Only 4 authentication attempts are allowed per hour. Try again later or use a different number.");
        assert_eq!(refused[0].header("retry-after"), "");
        app.clock.advance(SignedDuration::from_mins(61));
        assert_eq!(send_phone(&integrator).await.status, 200);
    }

    async fn a_provider_that_is_down_costs_nothing(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        app.texts.answer_with([Answer::Status(503), Answer::Hang, Answer::Redirect("http://127.0.0.1:1/".into()), Answer::Json(200, json!({"status": "maybe"})), Answer::Status(401)]);
        for _ in 0..5 {
            let down = send_phone(&integrator).await;
            let expected = json!({"detail": "The phone verification provider is temporarily unavailable.", "code": "phone_provider_unavailable"});
            assert_eq!((down.status, down.body), (502, expected));
        }
        assert_eq!(check_phone(&integrator, "123456").await.text("status"), "Expired or Not Found");
        assert_eq!(send_phone(&integrator).await.text("status"), "Success", "and none of it was counted");
    }

    async fn what_the_provider_refuses_is_told(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        app.texts.answer_with([Answer::Json(200, json!({"status": "invalid_number"})), Answer::Json(200, json!({"status": "blocked", "reason": "spam"}))]);
        let invalid = send_phone(&integrator).await;
        assert_eq!((invalid.status, invalid.body), (400, json!({"detail": "Invalid phone number provided."})));
        let blocked = send_phone(&integrator).await;
        assert_eq!((blocked.text("status"), blocked.text("reason")), ("Blocked".into(), "spam".into()));
        let decision = integrator.get(&format!("/v3/session/{}/decision/", blocked.text("request_id"))).await;
        let report = &decision.body["phone_verifications"][0];
        assert_eq!((decision.text("status"), &report["warnings"][0]["risk"], &report["warnings"][0]["additional_data"]), ("Declined".into(), &json!("HIGH_RISK_PHONE_NUMBER"), &json!({"blocked_reason": "spam"})));
        assert_eq!(lifecycle(report), ["PHONE_VERIFICATION_BLOCKED", "PHONE_VERIFICATION_DECLINED"]);
        let undeliverable = send_email(&integrator, json!({"email": "nobody@example.com"})).await;
        assert_eq!((undeliverable.status, undeliverable.text("status"), undeliverable.text("reason")), (200, "Undeliverable".into(), "email_can_not_be_delivered".into()));
        assert_eq!(check_email(&integrator, "nobody@example.com", "123456").await.text("status"), "Expired or Not Found");
        let premium = integrator.post("/v3/phone/send/", &json!({"phone_number": "+34803123456"})).await;
        assert_eq!((premium.status, premium.body), (400, json!({"detail": "Invalid phone line type provided."})));
    }

    async fn risks_are_told_and_decline_when_asked_to(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let email = "dora@mailinator.com";
        for (vendor, extra, status, risks) in [
            ("one", json!({}), "Approved", vec!["DISPOSABLE_EMAIL_DETECTED"]),
            ("one", json!({}), "Approved", vec!["DISPOSABLE_EMAIL_DETECTED"]),
            ("two", json!({}), "Approved", vec!["DISPOSABLE_EMAIL_DETECTED", "DUPLICATED_EMAIL"]),
            ("three", json!({"duplicated_email_action": "DECLINE"}), "Declined", vec!["DISPOSABLE_EMAIL_DETECTED", "DUPLICATED_EMAIL"]),
        ] {
            let first = send_email(&integrator, json!({"email": email, "vendor_data": vendor})).await.text("request_id");
            let mut body = json!({"email": email, "code": last_code(&app)});
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            let check = integrator.post("/v3/email/check/", &body).await;
            let report = &check.body["email"];
            let found: Vec<&str> = report["warnings"].as_array().unwrap().iter().map(|warning| warning["risk"].as_str().unwrap()).collect();
            assert_eq!((check.text("status"), found, check.text("request_id")), (status.to_owned(), risks, first), "{vendor}");
            if vendor == "two" {
                let entry = &report["matches"][0];
                assert_eq!((&entry["vendor_data"], &entry["email"], &entry["status"], &entry["api_service"], &entry["source"]), (&json!("one"), &json!(email), &json!("Approved"), &json!("EMAIL_VERIFICATION"), &json!("session")));
                assert_eq!(report["matches"].as_array().unwrap().len(), 2);
                assert_eq!(report["warnings"][1]["additional_data"]["duplicated_session_id"], entry["session_id"]);
            }
            if status == "Declined" {
                assert_eq!(report["lifecycle"].as_array().unwrap().last().unwrap()["details"], json!({"reason": "DUPLICATED_EMAIL"}));
            }
        }
    }

    async fn sandbox_applications_send_nothing_and_take_one_code(database: &Database) {
        let app = TestApp::start(database).await;
        let sandbox = app.sandbox_integrator();
        let sent = send_email(&sandbox, json!({"email": "alice@example.com", "vendor_data": "v"})).await;
        assert_eq!((sent.text("status"), sent.text("vendor_data")), ("Success".into(), "v".into()));
        assert_eq!(sandbox.get(&format!("/v3/session/{}/decision/", sent.text("request_id"))).await.status, 404, "nothing is kept");
        let right = check_email(&sandbox, "alice@example.com", "123456").await;
        assert_eq!(right.body["email"], json!({"status": "Approved", "email": "alice@example.com", "is_breached": false, "is_disposable": false, "is_undeliverable": false}));
        let wrong = check_email(&sandbox, "alice@example.com", "000000").await;
        assert_eq!((wrong.text("status"), wrong.body.get("email")), ("Failed".into(), Some(&Value::Null)));
        assert_eq!(send_phone(&sandbox).await.text("status"), "Success");
        let phone = check_phone(&sandbox, "123456").await;
        assert_eq!((phone.text("status"), &phone.body["phone"]["phone_number"], &phone.body["phone"]["country_code"]), ("Approved".into(), &json!(NUMBER), &json!("ES")));
        assert_eq!((app.mail.mails().len(), app.texts.requests().len()), (0, 0));
        assert_eq!(send_email(&sandbox, json!({"email": "no"})).await.status, 400, "still validated");
    }

    async fn every_wrong_field_is_named(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.integrator();
        let locales = "Invalid locale. Supported locales are en, ar, b";
        for (path, body, errors) in [
            ("/v3/email/send/", json!({"email": "not an address"}), json!({"email": ["Enter a valid email address."]})),
            ("/v3/email/send/", json!({"email": "a@b.co", "options": {"code_size": 9}}), json!({"options": {"code_size": ["Ensure this value is less than or equal to 8."]}})),
            ("/v3/email/send/", json!({"email": "a@b.co", "signals": {"ip": "nowhere"}}), json!({"signals": {"ip": ["Enter a valid IPv4 or IPv6 address."]}})),
            ("/v3/email/check/", json!({"email": "a@b.co"}), json!({"code": ["This field is required."]})),
            ("/v3/email/check/", json!({"email": "a@b.co", "code": "1", "breached_email_action": "REVIEW"}), json!({"breached_email_action": ["\"REVIEW\" is not a valid choice."]})),
            ("/v3/phone/send/", json!({}), json!({"phone_number": ["This field is required."]})),
            ("/v3/phone/send/", json!({"phone_number": "+15550"}), json!({"phone_number": ["Invalid phone number provided."]})),
            ("/v3/phone/send/", json!({"phone_number": NUMBER, "options": {"locale": "toolong", "preferred_channel": "carrier_pigeon"}}), json!({"options": {"locale": ["Ensure this field has no more than 5 characters."], "preferred_channel": ["\"carrier_pigeon\" is not a valid choice."]}})),
            ("/v3/phone/check/", json!({"phone_number": NUMBER, "code": "123"}), json!({"code": ["Invalid code format. Enter 4 to 8 numeric digits."]})),
            ("/v3/phone/check/", json!({"phone_number": NUMBER, "code": "1234", "voip_number_action": "REVIEW"}), json!({"voip_number_action": ["\"REVIEW\" is not a valid choice."]})),
        ] {
            let reply = integrator.post(path, &body).await;
            assert_eq!((reply.status, &reply.body), (400, &errors), "{path} {body}");
        }
        let unknown = send_email(&integrator, json!({"email": "a@b.co", "options": {"locale": "xx"}})).await;
        assert!(unknown.body["options"]["locale"][0].as_str().unwrap().starts_with(locales), "{}", unknown.body);
        let nul = integrator.post("/v3/phone/send/", &json!({"phone_number": NUMBER, "vendor_data": "a\u{0}b"})).await;
        assert_eq!(nul.status, 400);
        for path in ["/v3/email/send/", "/v3/email/check/", "/v3/phone/send/", "/v3/phone/check/"] {
            assert_eq!(app.stranger().post(path, &json!({})).await.status, 403, "{path}");
        }
    }
}
