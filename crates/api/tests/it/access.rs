//! Members, roles, named keys, second factors and the record of changes, as operators and programs meet them.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::{Caller, Reply};

const PASSWORD: &str = "MyStr0ng!Pass";

/// Somebody who registered and confirmed: their requests, and their organisation's and application's ids.
pub(crate) struct Owner {
    pub(crate) requests: Caller,
    pub(crate) organization: String,
    pub(crate) application: String,
    pub(crate) api_key: String,
    pub(crate) client_id: String,
    /// The header's value.
    pub(crate) authorization: String,
    refresh_token: String,
}

/// Registers with the number of mails that were sent before.
pub(crate) async fn owner(app: &TestApp, email: &str) -> Owner {
    let before = app.mail.mails().len();
    let body = json!({"email": email, "password": PASSWORD});
    assert_eq!(app.stranger().post("/programmatic/register/", &body).await.status, 201);
    let code = app.mail.wait_for(before + 1).await.pop().and_then(|mail| mail.code()).unwrap();
    let reply =
        app.stranger().post("/programmatic/verify-email/", &json!({"email": email, "code": code})).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let text = |outer: &str, inner: &str| reply.body[outer][inner].as_str().unwrap().to_owned();
    Owner {
        requests: bearer(app, &reply.text("access_token")),
        authorization: format!("Bearer {}", reply.text("access_token")),
        organization: text("organization", "uuid"),
        application: text("application", "uuid"),
        api_key: text("application", "api_key"),
        client_id: text("application", "client_id"),
        refresh_token: reply.text("refresh_token"),
    }
}

fn bearer(app: &TestApp, token: &str) -> Caller {
    app.stranger().with("authorization", &format!("Bearer {token}"))
}

/// Somebody's requests after another login.
pub(crate) async fn logged_in(app: &TestApp, email: &str) -> Caller {
    let body = json!({"email": email, "password": PASSWORD});
    bearer(app, &app.stranger().post("/programmatic/login/", &body).await.text("access_token"))
}

/// The owner's login.
async fn login(app: &TestApp) -> Reply {
    let body = json!({"email": "owner@yourapp.com", "password": PASSWORD});
    app.stranger().post("/programmatic/login/", &body).await
}

/// A code for a login that waits for one.
async fn verify(app: &TestApp, challenge: &Reply, code: &Value) -> Reply {
    let body = json!({"temp_token": challenge.text("temp_token"), "otp_token": code});
    app.stranger().post("/auth/v2/2fa/verify/", &body).await
}

impl Owner {
    fn keys(&self) -> String {
        format!("/auth/v2/organizations/{}/applications/{}/api-keys/", self.organization, self.application)
    }

    fn of(&self, rest: &str) -> String {
        format!("/organizations/{}/{rest}", self.organization)
    }

    pub(crate) async fn key(&self, app: &TestApp, wanted: Value) -> (Caller, Reply) {
        let reply = self.requests.post(&self.keys(), &wanted).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        (app.stranger().with("x-api-key", &reply.text("api_key")), reply)
    }

    /// Another member of this role, made by invitation.
    pub(crate) async fn colleague(&self, app: &TestApp, email: &str, role: &str) -> Owner {
        let colleague = owner(app, email).await;
        let before = app.mail.mails().len();
        let body = json!({"email": email, "role": role});
        let invited = self.requests.post(&self.of("members/invite/"), &body).await;
        assert_eq!(invited.status, 201, "{}", invited.body);
        let mail = app.mail.wait_for(before + 1).await.pop().unwrap();
        let token =
            mail.text().lines().find(|line| line.len() == 43 && !line.contains(' ')).unwrap().to_owned();
        let path = "/organizations/me/accept-invitation/";
        let accepted = colleague.requests.post(path, &json!({"token": token})).await;
        assert_eq!((accepted.status, accepted.text("organization_id")), (200, self.organization.clone()));
        assert_eq!(colleague.requests.post(path, &json!({"token": token})).await.status, 400, "once");
        colleague
    }

    async fn session(&self, app: &TestApp) -> Reply {
        let integrator = app.stranger().with("x-api-key", &self.api_key);
        let workflows = integrator.get("/v3/workflows/").await;
        let workflow = workflows.body["results"][0]["workflow_id"].clone();
        let made = integrator.post("/v3/session/", &json!({"workflow_id": workflow})).await;
        assert_eq!(made.status, 201, "{}", made.body);
        made
    }
}

fn denied(reply: &Reply) {
    let body = json!({"detail": "You do not have permission to perform this action."});
    assert_eq!((reply.status, &reply.body), (403, &body));
}

testkit::both_databases! {
    async fn a_named_key_does_what_it_was_made_for_until_it_is_revoked(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let session = owner.session(&app).await;
        let decision = format!("/v3/session/{}/decision/", session.text("session_id"));
        let (reading, made) = owner.key(&app, json!({"name": "Reports", "scopes": {"sessions": "read"}})).await;
        assert_eq!(made.text("hint"), made.text("api_key")[39..]);
        assert_eq!(made.body["scopes"]["sessions"], "read");
        assert_eq!(made.body["scopes"]["webhooks"], "none");
        let read = reading.get(&decision).await;
        assert_eq!(read.status, 200, "{}", read.body);
        assert_eq!(read.body["session_url"], Value::Null, "links are for those who may change sessions");
        let listed = reading.get("/v3/sessions/").await;
        assert_eq!((listed.status, &listed.body["count"]), (200, &json!(1)));
        denied(&reading.post("/v3/session/", &json!({"workflow_id": session.body["workflow_id"]})).await);
        denied(&reading.get("/v3/workflows/").await);
        denied(&reading.get("/v3/webhook/destinations/").await);

        let keys = owner.requests.get(&owner.keys()).await;
        assert_eq!(keys.body[0]["name"], "Reports");
        assert!(keys.body[0].get("api_key").is_none(), "{}", keys.body);
        let path = format!("{}{}/", owner.keys(), made.text("uuid"));
        assert_eq!(owner.requests.delete(&path).await.status, 204);
        denied(&reading.get(&decision).await);
        assert_eq!(owner.requests.delete(&path).await.status, 404, "it is revoked already");
    }

    async fn a_limited_key_sees_its_own_workflows_and_statuses_and_no_media(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let session = owner.session(&app).await;
        let decision = format!("/v3/session/{}/decision/", session.text("session_id"));
        let integrator = app.stranger().with("x-api-key", &owner.api_key);
        let other = integrator.post("/v3/workflows/", &json!({"workflow_label": "Other", "features": [{"feature": "OCR"}]})).await;
        assert_eq!(other.status, 201, "{}", other.body);
        let other = if other.body["uuid"].is_string() { other.text("uuid") } else { other.text("workflow_id") };
        let scopes = json!({"sessions": "write", "webhooks": "read"});
        let (elsewhere, _) = owner.key(&app, json!({"name": "Other", "scopes": scopes, "workflow_ids": [other]})).await;
        let hidden = elsewhere.get(&decision).await;
        assert_eq!((hidden.status, hidden.body), (404, json!({"detail": "Not found."})));
        assert_eq!(elsewhere.get("/v3/sessions/").await.body["count"], 0);
        let refused = elsewhere.post("/v3/session/", &json!({"workflow_id": session.body["workflow_id"]})).await;
        assert_eq!(refused.status, 400, "{}", refused.body);
        assert_eq!(elsewhere.post("/v3/session/", &json!({"workflow_id": other})).await.status, 201);
        assert_eq!(elsewhere.get("/v3/sessions/").await.body["count"], 1);
        let id = "11111111-2222-3333-4444-555555555555";
        denied(&elsewhere.get(&format!("/v3/webhook/destinations/{id}/deliveries/")).await);

        let (approved, _) = owner.key(&app, json!({"name": "Approved", "scopes": scopes, "approved_sessions_only": true})).await;
        assert_eq!(approved.get(&decision).await.status, 404);
        assert_eq!(approved.get("/v3/sessions/").await.body["count"], 0);
        denied(&approved.post("/v3/session/", &json!({"workflow_id": other})).await);
    }

    async fn a_key_ends_when_it_expires_and_opens_nothing_from_elsewhere(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let scopes = json!({"sessions": "read"});
        let (expiring, _) = owner.key(&app, json!({"name": "Short", "scopes": scopes, "expires_at": "2026-06-01T13:00:00Z"})).await;
        let (at_home, _) = owner.key(&app, json!({"name": "Home", "scopes": scopes, "allowed_ips": ["127.0.0.0/8"]})).await;
        let (elsewhere, _) = owner.key(&app, json!({"name": "Office", "scopes": scopes, "allowed_ips": ["203.0.113.0/24"]})).await;
        assert_eq!(expiring.get("/v3/sessions/").await.status, 200);
        assert_eq!(at_home.get("/v3/sessions/").await.status, 200);
        denied(&elsewhere.get("/v3/sessions/").await);
        denied(&elsewhere.with("x-forwarded-for", "203.0.113.7").get("/v3/sessions/").await);
        app.clock.advance(SignedDuration::from_hours(1));
        denied(&expiring.get("/v3/sessions/").await);
    }

    async fn wrong_wishes_for_a_key_are_told_field_by_field(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let wrong = json!({
            "name": " ", "scopes": {"moon": "read", "sessions": "fly"}, "workflow_ids": ["x"],
            "allowed_ips": ["999.1.1.1"], "expires_at": "soon", "media_access": "yes"
        });
        let reply = owner.requests.post(&owner.keys(), &wrong).await;
        assert_eq!(reply.status, 400);
        assert_eq!(reply.body["scopes"], json!({"moon": ["Unknown resource."], "sessions": ["\"fly\" is not a valid choice."]}));
        for field in ["name", "workflow_ids", "allowed_ips", "expires_at", "media_access"] {
            assert!(reply.body.get(field).is_some(), "{field}: {}", reply.body);
        }
        let past = json!({"name": "a", "scopes": {}, "expires_at": "2020-01-01T00:00:00Z"});
        assert_eq!(owner.requests.post(&owner.keys(), &past).await.status, 400);
        let foreign = app.live.kyc.to_string();
        let theirs = json!({"name": "a", "scopes": {}, "workflow_ids": [foreign]});
        assert_eq!(owner.requests.post(&owner.keys(), &theirs).await.status, 400);
    }

    async fn members_are_invited_changed_and_removed_and_it_counts_at_once(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let reader = owner.colleague(&app, "reader@yourapp.com", "reader").await;
        let members = owner.requests.get(&owner.of("members/")).await;
        assert_eq!(members.body.as_array().map(Vec::len), Some(2), "{}", members.body);
        let member = members.body.as_array().unwrap().iter().find(|member| member["email"] == "reader@yourapp.com").unwrap();
        assert_eq!(member["role"]["slug"], "reader");
        let organizations = reader.requests.get("/organizations/me/").await;
        assert_eq!(organizations.body.as_array().map(Vec::len), Some(2));

        let applications = format!("/organizations/me/{}/applications/", owner.organization);
        let shown = reader.requests.get(&applications).await;
        assert_eq!((shown.status, &shown.body[0]["api_key"]), (200, &Value::Null));
        denied(&reader.requests.get(&format!("{applications}{}/", owner.application)).await);
        denied(&reader.requests.post(&owner.of("members/invite/"), &json!({"email": "a@b.co", "role": "reader"})).await);

        let path = owner.of(&format!("members/{}/", member["uuid"].as_str().unwrap()));
        assert_eq!(owner.requests.patch(&path, &json!({"role": "admin"})).await.status, 200);
        assert_eq!(reader.requests.get(&format!("{applications}{}/", owner.application)).await.status, 200);
        let above = reader.requests.post(&owner.of("members/invite/"), &json!({"email": "a@b.co", "role": "owner"})).await;
        denied(&above);
        assert_eq!(owner.requests.delete(&path).await.status, 204);
        assert_eq!(reader.requests.get(&applications).await.status, 404);

        let own = owner.requests.get(&owner.of("members/")).await.body[0]["uuid"].as_str().unwrap().to_owned();
        let last = owner.requests.delete(&owner.of(&format!("members/{own}/"))).await;
        assert_eq!((last.status, last.text("detail")), (400, "An organization must keep at least one owner.".to_owned()));
        assert_eq!(owner.requests.patch(&owner.of(&format!("members/{own}/")), &json!({"role": "reader"})).await.status, 400);
    }

    async fn an_invitation_is_for_one_address_and_seven_days(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let thief = self::owner(&app, "thief@yourapp.com").await;
        let invite = async |email: &str| {
            let before = app.mail.mails().len();
            let body = json!({"email": email, "role": "reader"});
            assert_eq!(owner.requests.post(&owner.of("members/invite/"), &body).await.status, 201);
            let mail = app.mail.wait_for(before + 1).await.pop().unwrap();
            mail.text().lines().find(|line| line.len() == 43 && !line.contains(' ')).unwrap().to_owned()
        };
        let path = "/organizations/me/accept-invitation/";
        let token = invite("friend@yourapp.com").await;
        assert_eq!(thief.requests.post(path, &json!({"token": token})).await.status, 400);
        let listed = owner.requests.get(&owner.of("invitations/")).await;
        assert_eq!(listed.body[0]["email"], "friend@yourapp.com");
        let id = listed.body[0]["uuid"].as_str().unwrap().to_owned();
        assert_eq!(owner.requests.delete(&owner.of(&format!("invitations/{id}/"))).await.status, 204);
        assert_eq!(owner.requests.get(&owner.of("invitations/")).await.body, json!([]));
        let token = invite("thief@yourapp.com").await;
        app.clock.advance(SignedDuration::from_hours(7 * 24));
        let body = json!({"email": "thief@yourapp.com", "password": PASSWORD});
        let login = app.stranger().post("/programmatic/login/", &body).await;
        let late = bearer(&app, &login.text("access_token"));
        assert_eq!(late.post(path, &json!({"token": token})).await.status, 400, "expired");
        let unknown = json!({"email": "a@b.co", "role": "wizard"});
        let login = app.stranger().post("/programmatic/login/", &json!({"email": "owner@yourapp.com", "password": PASSWORD})).await;
        let reply = bearer(&app, &login.text("access_token")).post(&owner.of("members/invite/"), &unknown).await;
        assert_eq!((reply.status, reply.body), (400, json!({"role": ["The organization has no such role."]})));
    }

    async fn custom_roles_allow_what_they_say_and_change_at_once(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let session = owner.session(&app).await;
        let wanted = json!({"name": "KYC Analyst", "permissions": ["read:sessions"]});
        let role = owner.requests.post(&owner.of("roles/"), &wanted).await;
        assert_eq!((role.status, role.text("slug")), (201, "kyc_analyst".to_owned()));
        assert_eq!(owner.requests.post(&owner.of("roles/"), &wanted).await.status, 400, "the slug is taken");
        let unknown = json!({"name": "X", "permissions": ["fly:sessions"]});
        let reply = owner.requests.post(&owner.of("roles/"), &unknown).await;
        assert_eq!((reply.status, reply.body), (400, json!({"permissions": ["Unknown permissions: fly:sessions"]})));
        let id = role.text("uuid");
        let analyst = owner.colleague(&app, "analyst@yourapp.com", &id).await;

        let of_theirs = analyst.requests.clone().with("x-didit-organization-id", &owner.organization);
        let decision = format!("/v3/session/{}/decision/", session.text("session_id"));
        assert_eq!(of_theirs.get(&decision).await.status, 200);
        denied(&of_theirs.get("/v3/sessions/").await);
        assert_eq!(analyst.requests.get(&decision).await.status, 404, "their own application has no such session");
        denied(&analyst.requests.clone().with("x-didit-organization-id", "nonsense").get(&decision).await);
        let path = owner.of(&format!("roles/{id}/"));
        let changed = owner.requests.patch(&path, &json!({"permissions": ["list:sessions"]})).await;
        assert_eq!((changed.status, &changed.body["permissions"]), (200, &json!(["list:sessions"])));
        denied(&of_theirs.get(&decision).await);
        assert_eq!(of_theirs.get("/v3/sessions/").await.status, 200);
        assert_eq!(owner.requests.delete(&path).await.status, 400, "it is assigned");

        let roles = owner.requests.get(&owner.of("roles/")).await;
        let slugs: Vec<&str> = roles.body.as_array().unwrap().iter().filter_map(|role| role["slug"].as_str()).collect();
        assert_eq!(slugs, ["owner", "admin", "compliance_officer", "developer", "reader", "kyc_analyst"]);
    }

    async fn applications_are_added_renamed_and_their_keys_rotated(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let path = format!("/auth/v2/organizations/me/{}/applications/", owner.organization);
        let sandbox = owner.requests.post(&path, &json!({"name": "Tests", "environment": "sandbox"})).await;
        assert_eq!((sandbox.status, sandbox.text("environment")), (201, "sandbox".to_owned()));
        let key = app.stranger().with("x-api-key", &sandbox.text("api_key"));
        assert_eq!(key.get("/v3/workflows/").await.body["count"], 1);
        let one = format!("{path}{}/", sandbox.text("uuid"));
        assert_eq!(owner.requests.patch(&one, &json!({"name": "Trials"})).await.text("name"), "Trials");
        let rotated = owner.requests.post(&format!("{one}rotate-api-key/"), &json!({})).await;
        assert_eq!(rotated.status, 200, "{}", rotated.body);
        denied(&key.get("/v3/workflows/").await);
        let fresh = app.stranger().with("x-api-key", &rotated.text("api_key"));
        assert_eq!(fresh.get("/v3/workflows/").await.status, 200);
        let second = owner.requests.post("/organizations/me/", &json!({"name": "Second"})).await;
        assert_eq!((second.status, second.text("name")), (201, "Second".to_owned()));
        let renamed = owner.requests.patch(&format!("/organizations/{}/", second.text("uuid")), &json!({"name": "Zweite"})).await;
        assert_eq!((renamed.status, renamed.text("name")), (200, "Zweite".to_owned()));
    }

    async fn refresh_tokens_work_once_and_a_copy_ends_the_login(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let refresh = async |token: &str| {
            app.stranger().post("/auth/v2/token/refresh/", &json!({"refresh_token": token})).await
        };
        let first = refresh(&owner.refresh_token).await;
        assert_eq!((first.status, &first.body["expires_in"]), (200, &json!(86_400)));
        let renewed = bearer(&app, &first.text("access_token"));
        assert_eq!(renewed.get("/organizations/me/").await.status, 200);
        denied(&refresh(&owner.refresh_token).await);
        denied(&renewed.get("/organizations/me/").await);
        denied(&refresh(&first.text("refresh_token")).await);

        let body = json!({"email": "owner@yourapp.com", "password": PASSWORD});
        let login = app.stranger().post("/programmatic/login/", &body).await;
        let again = bearer(&app, &login.text("access_token"));
        assert_eq!(again.get("/organizations/me/").await.status, 200);
        assert_eq!(again.post("/auth/v2/logout/", &json!({})).await.status, 204);
        denied(&again.get("/organizations/me/").await);
        let login = app.stranger().post("/programmatic/login/", &body).await;
        let token = login.text("refresh_token");
        assert_eq!(app.stranger().post("/auth/v2/token/revoke/", &json!({"token": token})).await.status, 200);
        denied(&bearer(&app, &login.text("access_token")).get("/organizations/me/").await);
        assert_eq!(app.stranger().post("/auth/v2/token/revoke/", &json!({"token": "x"})).await.status, 200);
    }

    async fn a_clients_token_stands_for_its_key_and_tokens_can_be_asked_about(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let stranger = self::owner(&app, "stranger@yourapp.com").await;
        let form = |text: String| text.into_bytes();
        let media_type = Some("application/x-www-form-urlencoded");
        let wanted = format!("grant_type=client_credentials&client_id={}&client_secret={}", owner.client_id, owner.api_key);
        let post = reqwest::Method::POST;
        let token = app.stranger().send(post.clone(), "/auth/v2/token/", media_type, form(wanted)).await;
        assert_eq!((token.status, token.text("token_type")), (200, "Bearer".to_owned()), "{}", token.body);
        let client = bearer(&app, &token.text("access_token"));
        assert_eq!(client.get("/v3/workflows/").await.status, 200);
        denied(&client.get("/organizations/me/").await);
        let wrong = format!("grant_type=client_credentials&client_id={}&client_secret={}", stranger.client_id, owner.api_key);
        denied(&app.stranger().send(post.clone(), "/auth/v2/token/", media_type, form(wrong)).await);

        let basic = |owner: &Owner| {
            use base64::Engine as _;
            let pair = format!("{}:{}", owner.client_id, owner.api_key);
            format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
        };
        let login = json!({"email": "owner@yourapp.com", "password": PASSWORD});
        let access = app.stranger().post("/programmatic/login/", &login).await.text("access_token");
        let ask = async |basic: String, token: &str| {
            let body = format!("token={token}").into_bytes();
            app.stranger().with("authorization", &basic).send(post.clone(), "/auth/v2/introspect/", media_type, body).await
        };
        let known = ask(basic(&owner), &access).await;
        assert_eq!((known.status, &known.body["active"]), (200, &json!(true)), "{}", known.body);
        assert!(known.body["org_permissions"][&owner.organization].as_array().unwrap().contains(&json!("write:sessions")));
        let own = ask(basic(&owner), &token.text("access_token")).await;
        assert_eq!(own.body["token_type"], "client");
        for (asking, token) in [(basic(&stranger), access.as_str()), (basic(&owner), "nonsense")] {
            assert_eq!(ask(asking, token).await.body, json!({"active": false}));
        }
        denied(&ask("Basic !!!".to_owned(), &access).await);

        let one = format!("/organizations/me/{}/applications/{}/rotate-api-key/", owner.organization, owner.application);
        assert_eq!(owner.requests.post(&one, &json!({})).await.status, 200);
        denied(&client.get("/v3/workflows/").await);
    }

    async fn a_second_factor_is_asked_for_once_confirmed_and_no_code_works_twice(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let invalid = json!(["Invalid OTP token."]);
        let enrolled = owner.requests.post("/auth/v2/2fa/enroll/", &json!({})).await;
        let secret = enrolled.text("secret");
        assert_eq!(secret.len(), 32);
        assert!(enrolled.text("otpauth_uri").contains(&format!("secret={secret}&issuer=Bonafide")));
        assert_eq!(login(&app).await.text("message"), "Login successful", "not confirmed yet");
        let wrong = owner.requests.post("/auth/v2/2fa/confirm/", &json!({"otp_token": "000000"})).await;
        assert_eq!((wrong.status, &wrong.body), (400, &invalid));
        let code = totp(&secret, app.clock.now().as_second());
        let confirmed = owner.requests.post("/auth/v2/2fa/confirm/", &json!({"otp_token": code})).await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.body);
        assert_eq!(confirmed.body["recovery_codes"].as_array().map(Vec::len), Some(10));

        let challenge = login(&app).await;
        assert_eq!((challenge.status, &challenge.body["2fa_required"]), (200, &json!(true)));
        assert_eq!(challenge.body["has_authenticator"], true);
        assert!(challenge.body.get("access_token").is_none(), "{}", challenge.body);
        let replayed = verify(&app, &challenge, &json!(code)).await;
        assert_eq!((replayed.status, &replayed.body), (400, &invalid), "the code was used to confirm");
        app.clock.advance(SignedDuration::from_secs(30));
        let code = totp(&secret, app.clock.now().as_second());
        let verified = verify(&app, &challenge, &json!(code)).await;
        assert_eq!(verified.status, 200, "{}", verified.body);
        let again = bearer(&app, &verified.text("access_token"));
        assert_eq!(again.get("/organizations/me/").await.status, 200);
        let recovery = &confirmed.body["recovery_codes"][0];
        assert_eq!(verify(&app, &challenge, recovery).await.status, 400, "the challenge is used up");
    }

    async fn a_recovery_code_works_once_and_guesses_are_few(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let secret = owner.requests.post("/auth/v2/2fa/enroll/", &json!({})).await.text("secret");
        let code = totp(&secret, app.clock.now().as_second());
        let confirmed = owner.requests.post("/auth/v2/2fa/confirm/", &json!({"otp_token": code})).await;
        let recovery = &confirmed.body["recovery_codes"];
        let invalid = json!(["Invalid OTP token."]);
        let verified = verify(&app, &login(&app).await, &recovery[0]).await;
        assert_eq!(verified.status, 200, "{}", verified.body);
        let challenge = login(&app).await;
        assert_eq!(verify(&app, &challenge, &recovery[0]).await.body, invalid, "it works once");
        app.clock.advance(SignedDuration::from_secs(300));
        assert_eq!(verify(&app, &challenge, &recovery[1]).await.body, invalid, "the challenge expired");

        let challenge = login(&app).await;
        let mut statuses = Vec::new();
        for _ in 0..6 {
            statuses.push(verify(&app, &challenge, &json!("000000")).await.status);
        }
        assert!(statuses.contains(&429), "{statuses:?}");
        app.clock.advance(SignedDuration::from_mins(16));
        let again = bearer(&app, &verified.text("access_token"));
        let off = json!({"password": PASSWORD, "otp_token": recovery[2]});
        let wrong = json!({"password": "wrong", "otp_token": recovery[3]});
        assert_eq!(again.post("/auth/v2/2fa/disable/", &wrong).await.status, 400);
        assert_eq!(again.post("/auth/v2/2fa/disable/", &off).await.status, 204);
        assert_eq!(login(&app).await.text("message"), "Login successful");
    }

    async fn a_lock_tells_nobody_which_addresses_have_an_account(database: &Database) {
        let app = TestApp::start(database).await;
        owner(&app, "owner@yourapp.com").await;
        let mut answers = Vec::new();
        for email in ["owner@yourapp.com", "nobody@yourapp.com"] {
            let mut told = Vec::new();
            for _ in 0..7 {
                let body = json!({"email": email, "password": "wrong"});
                let reply = app.stranger().post("/programmatic/login/", &body).await;
                told.push((reply.status, reply.body.clone()));
            }
            answers.push(told);
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0].iter().map(|(status, _)| *status).collect::<Vec<_>>(), [400, 400, 400, 400, 400, 429, 429]);
    }

    async fn every_change_is_in_the_record_with_who_and_from_where(database: &Database) {
        let app = TestApp::start(database).await;
        let owner = owner(&app, "owner@yourapp.com").await;
        let scopes = json!({"webhooks": "write"});
        let (key, made) = owner.key(&app, json!({"name": "Deploy", "scopes": scopes})).await;
        let body = json!({"url": "https://hooks.example.com/a", "label": "A", "subscribed_events": ["status.updated"]});
        assert_eq!(key.post("/v3/webhook/destinations/", &body).await.status, 201);
        let path = format!("/v3/audit/{}/audit-logs/", owner.organization);
        let log = owner.requests.get(&path).await;
        assert_eq!(log.status, 200, "{}", log.body);
        let newest = &log.body["results"][0];
        assert_eq!(newest["action"], "destination.created");
        assert_eq!(newest["actor"], json!({"type": "api_key", "id": made.body["uuid"], "name": "Deploy"}));
        assert_eq!(newest["ip_address"], "127.0.0.1");
        let before = &log.body["results"][1];
        assert_eq!((before["action"].as_str(), before["actor"]["name"].as_str()), (Some("api_key.created"), Some("owner@yourapp.com")));
        let numbers: Vec<i64> = log.body["results"].as_array().unwrap().iter().map(|entry| entry["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=numbers.len() as i64).rev().collect::<Vec<_>>());
        let filtered = owner.requests.get(&format!("{path}?action=api_key.created&limit=1&date_from=2026-06-01")).await;
        assert_eq!((&filtered.body["count"], &filtered.body["results"][0]["object_id"]), (&json!(1), &made.body["uuid"]));
        assert_eq!(owner.requests.get(&format!("{path}?actor_id=x")).await.status, 400);
        assert_eq!(owner.requests.get(&format!("{path}?date_to=2026-05-31")).await.body["count"], 0);
        denied(&key.get(&path).await);
    }
}

/// What an authenticator shows (RFC 6238), written apart from the server's own.
fn totp(secret: &str, seconds: i64) -> String {
    let script = "import base64,hmac,struct,sys\n\
        key=base64.b32decode(sys.argv[1])\n\
        mac=hmac.new(key,struct.pack('>q',int(sys.argv[2])//30),'sha1').digest()\n\
        at=mac[19]&15\n\
        print('%06d'%((struct.unpack('>I',mac[at:at+4])[0]&0x7fffffff)%1000000))";
    let shown =
        std::process::Command::new("python3").args(["-c", script, secret, &seconds.to_string()]).output();
    String::from_utf8(shown.unwrap().stdout).unwrap().trim().to_owned()
}
