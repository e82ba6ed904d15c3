//! An API key without a browser.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::Reply;

const EMAIL: &str = "developer@yourapp.com";
const PASSWORD: &str = "MyStr0ng!Pass";

async fn register(app: &TestApp, email: &str, password: &str) -> Reply {
    app.stranger().post("/programmatic/register/", &json!({"email": email, "password": password})).await
}

async fn log_in(app: &TestApp, password: &str) -> Reply {
    app.stranger().post("/auth/v2/programmatic/login/", &json!({"email": EMAIL, "password": password})).await
}

async fn verify(app: &TestApp, code: &str) -> Reply {
    app.stranger().post("/programmatic/verify-email/", &json!({"email": EMAIL, "code": code})).await
}

async fn code_of_mail(app: &TestApp, number: usize) -> String {
    app.mail.wait_for(number).await.pop().and_then(|mail| mail.code()).expect("a mail with a code")
}

async fn registered(app: &TestApp) -> Reply {
    assert_eq!(register(app, EMAIL, PASSWORD).await.status, 201);
    let code = code_of_mail(app, 1).await;
    verify(app, &code).await
}

testkit::both_databases! {
    async fn two_calls_and_a_mail_give_a_key_that_creates_sessions(database: &Database) {
        let app = TestApp::start(database).await;
        let reply = register(&app, EMAIL, PASSWORD).await;
        let message = "Registration successful. Check your email for the verification code.";
        assert_eq!((reply.status, reply.body), (201, json!({"message": message, "email": EMAIL})));
        let mail = app.mail.wait_for(1).await.remove(0);
        assert_eq!(mail.recipients, [EMAIL]);
        let code = mail.code().expect("a code");
        let verified = verify(&app, &code.to_lowercase()).await;
        assert_eq!(verified.status, 200, "{}", verified.body);
        assert_eq!(verified.body["expires_in"], 86_400);
        assert_eq!(verified.body["organization"]["name"], "developer");
        let application = verified.body["application"].clone();
        assert_eq!(application["name"], "developer");
        assert_eq!(application["client_id"].as_str().map(str::len), Some(22));
        let key = application["api_key"].as_str().unwrap();
        assert_eq!(key.len(), 43);
        let integrator = app.stranger().with("X-API-Key", key);
        let workflows = integrator.get("/v3/workflows/").await;
        assert_eq!(workflows.body["count"], 1);
        let workflow = workflows.body["results"][0].clone();
        assert_eq!((workflow["is_default"].clone(), workflow["workflow_type"].clone()), (json!(true), json!("kyc")));
        let session = integrator.post("/v3/session/", &json!({"workflow_id": workflow["workflow_id"]})).await;
        assert_eq!((session.status, session.text("status")), (201, "Not Started".to_owned()));
        assert_eq!(verify(&app, &code).await.status, 400, "a code works once");
    }

    async fn the_token_shows_organisation_and_application(database: &Database) {
        let app = TestApp::start(database).await;
        let verified = registered(&app).await;
        let bearer = format!("Bearer {}", verified.text("access_token"));
        let operator = app.stranger().with("authorization", &bearer);
        let organizations = operator.get("/auth/v2/organizations/me/").await;
        let organization = &organizations.body[0];
        assert_eq!(organization["uuid"], verified.body["organization"]["uuid"]);
        assert_eq!(organization["contact_email"], EMAIL);
        let path = format!("/organizations/me/{}/applications/", organization["uuid"].as_str().unwrap());
        let applications = operator.get(&path).await;
        assert_eq!(applications.body[0], verified.body["application"]);
        let id = applications.body[0]["uuid"].as_str().unwrap().to_owned();
        assert_eq!(operator.get(&format!("{path}{id}/")).await.body, verified.body["application"]);
        let other = app.live.application.scope.organization_id();
        assert_eq!(operator.get(&format!("/organizations/me/{other}/applications/")).await.status, 404);
        let refresh = format!("Bearer {}", verified.text("refresh_token"));
        let with_refresh = app.stranger().with("authorization", &refresh);
        assert_eq!(with_refresh.get("/organizations/me/").await.status, 403);
        app.clock.advance(SignedDuration::from_secs(86_400));
        assert_eq!(operator.get("/organizations/me/").await.status, 403);
    }

    async fn passwords_are_refused_for_one_rule_at_a_time(database: &Database) {
        let app = TestApp::start(database).await;
        for (password, message) in [
            ("aB1!", "Password must be at least 8 characters long."),
            ("abcdefg1!", "Password must contain at least one uppercase letter."),
            ("ABCDEFG1!", "Password must contain at least one lowercase letter."),
            ("Abcdefgh!", "Password must contain at least one digit."),
            ("Abcdefgh1", "Password must contain at least one special character."),
        ] {
            let reply = register(&app, EMAIL, password).await;
            assert_eq!((reply.status, reply.body), (400, json!({"password": [message]})));
        }
        let reply = app.stranger().post("/programmatic/register/", &json!({"email": "nobody", "password": 7})).await;
        let wrong = json!({"email": ["Enter a valid email address."], "password": ["Not a valid string."]});
        assert_eq!((reply.status, reply.body), (400, wrong));
        assert!(app.mail.mails().is_empty());
    }

    async fn codes_end_after_15_minutes_or_5_guesses_and_can_be_asked_for_again(database: &Database) {
        let app = TestApp::start(database).await;
        register(&app, EMAIL, PASSWORD).await;
        let code = code_of_mail(&app, 1).await;
        app.clock.advance(SignedDuration::from_mins(15));
        let wrong = json!({"code": ["Invalid or expired verification code."]});
        let reply = verify(&app, &code).await;
        assert_eq!((reply.status, reply.body), (400, wrong.clone()));
        assert_eq!(register(&app, EMAIL, PASSWORD).await.status, 201, "again on a pending account");
        let code = code_of_mail(&app, 2).await;
        for _ in 0..5 {
            assert_eq!(verify(&app, "000000").await.body, wrong);
        }
        assert_eq!(verify(&app, &code).await.body, wrong, "guessed too often");
        let reply = app.stranger().post("/programmatic/resend-otp/", &json!({"email": EMAIL})).await;
        assert_eq!(reply.status, 200);
        let unknown = app.stranger().post("/programmatic/resend-otp/", &json!({"email": "no@yourapp.com"})).await;
        assert_eq!((unknown.status, unknown.body), (200, reply.body), "tells nobody who has an account");
        assert_eq!(verify(&app, &code_of_mail(&app, 3).await).await.status, 200);
        let taken = register(&app, &EMAIL.to_uppercase(), PASSWORD).await;
        assert_eq!((taken.status, taken.body), (400, json!({"email": ["A user with this email already exists."]})));
    }

    async fn five_registrations_an_hour_come_from_one_address(database: &Database) {
        let app = TestApp::start(database).await;
        for number in 0..5 {
            let reply = register(&app, &format!("developer{number}@yourapp.com"), PASSWORD).await;
            assert_eq!(reply.status, 201);
        }
        let reply = register(&app, EMAIL, PASSWORD).await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, "3600"));
        let detail = "Request was throttled. Expected available in 3600 seconds.";
        assert_eq!(reply.body, json!({"detail": detail}));
        app.clock.advance(SignedDuration::from_mins(61));
        assert_eq!(register(&app, EMAIL, PASSWORD).await.status, 201);
    }

    async fn logins_give_tokens_and_failures_lock_the_account(database: &Database) {
        let app = TestApp::start(database).await;
        register(&app, EMAIL, PASSWORD).await;
        let pending = log_in(&app, PASSWORD).await;
        assert_eq!(pending.status, 400, "{}", pending.body);
        let code = code_of_mail(&app, 1).await;
        assert_eq!(verify(&app, &code).await.status, 200);
        let reply = log_in(&app, PASSWORD).await;
        assert_eq!((reply.status, reply.text("message")), (200, "Login successful".to_owned()));
        assert_eq!(reply.body["expires_in"], 86_400);
        let unknown = json!({"email": "no@yourapp.com", "password": PASSWORD});
        let unknown = app.stranger().post("/programmatic/login/", &unknown).await;
        let wrong = log_in(&app, "Wrong1!pass").await;
        assert_eq!((wrong.status, &wrong.body), (400, &unknown.body), "tells nobody who has an account");
        for _ in 0..4 {
            assert_eq!(log_in(&app, "Wrong1!pass").await.status, 400);
        }
        for (minutes, seconds, failures) in [(15, "900", 5), (60, "3600", 10), (24 * 60, "86400", 0)] {
            let reply = log_in(&app, PASSWORD).await;
            assert_eq!((reply.status, reply.header("retry-after")), (429, seconds), "locked, password or not");
            app.clock.advance(SignedDuration::from_mins(minutes));
            for _ in 0..failures {
                assert_eq!(log_in(&app, "Wrong1!pass").await.status, 400);
            }
        }
        assert_eq!(log_in(&app, PASSWORD).await.status, 200);
    }

    async fn the_access_token_is_an_rs256_jwt(database: &Database) {
        let app = TestApp::start(database).await;
        let token = registered(&app).await.text("access_token");
        let parts: Vec<Value> = token.split('.').take(2).map(decoded).collect();
        assert_eq!((&parts[0]["alg"], &parts[0]["typ"]), (&json!("RS256"), &json!("JWT")));
        let lifetime = parts[1]["exp"].as_i64().unwrap() - parts[1]["iat"].as_i64().unwrap();
        assert_eq!(lifetime, 86_400);
    }
}

fn decoded(part: &str) -> Value {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}
