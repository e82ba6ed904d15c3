//! Every operation of the document, asked by those who may not: the documented refusals, and the table of who may
//! (claims 17, 18). A new route without a permission, or one that shows another tenant's things, fails here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use api::caller::{Needs, may};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::{Value, json};
use testkit::TestApp;
use testkit::app::Caller;
use tower::ServiceExt;

use crate::access::{Owner, owner};

/// One operation of the document.
struct Operation {
    method: String,
    path: String,
    /// The name of its security scheme; none for what anyone may ask.
    credential: Option<String>,
}

struct Answer {
    status: u16,
    body: Value,
    needs: Option<&'static str>,
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&api::openapi_json()).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let alternatives = operation["security"].as_array().into_iter().flatten();
            let schemes: Vec<String> =
                alternatives.filter_map(|scheme| scheme.as_object()?.keys().next().cloned()).collect();
            let key = schemes.iter().find(|scheme| *scheme == "api_key");
            let credential = key.or(schemes.first()).cloned();
            operations.push(Operation { method: method.to_uppercase(), path: path.clone(), credential });
        }
    }
    assert!(operations.len() > 70, "operations vanished: {}", operations.len());
    operations
}

/// The things of one tenant, under the names that paths give them.
type Things = BTreeMap<&'static str, String>;

async fn things(app: &TestApp, owner: &Owner) -> Things {
    let integrator = app.stranger().with("x-api-key", &owner.api_key);
    let workflows = integrator.get("/v3/workflows/").await;
    let workflow = workflows.body["results"][0].clone();
    let hook =
        json!({"url": "https://hooks.example.com/a", "label": "A", "subscribed_events": ["status.updated"]});
    let form = json!({
        "title": "Funds", "languages": ["en"], "default_language": "en",
        "form_elements": [
            {"id": "source", "element_type": "short_text", "label": {"en": "Where from?"}, "is_required": true}
        ]
    });
    let list = json!({"name": "Ours", "list_type": "allowlist", "entry_type": "email"});
    let session = made(&integrator, "/v3/session/", json!({"workflow_id": workflow["workflow_id"]})).await;
    let destination = made(&integrator, "/v3/webhook/destinations/", hook).await;
    let list = made(&integrator, "/v3/lists/", list).await;
    let entries = format!("/v3/lists/{}/entries/", text(&list["uuid"]));
    let entry = made(&integrator, &entries, json!({"value": "a@example.com"})).await;
    let form = made(&integrator, "/v3/questionnaires/", form).await;
    made(&integrator, "/v3/users/create/", json!({"vendor_data": "our-user"})).await;
    made(&integrator, "/v3/businesses/create/", json!({"vendor_data": "our-business"})).await;
    let (_, key) = owner.key(app, json!({"name": "One", "scopes": {}})).await;
    let of_organization = |rest: &str| format!("/organizations/{}/{rest}", owner.organization);
    let members = owner.requests.get(&of_organization("members/")).await;
    let role =
        made(&owner.requests, &of_organization("roles/"), json!({"name": "R", "permissions": []})).await;
    let invite = json!({"email": "someone@yourapp.com", "role": "reader"});
    let invitation = made(&owner.requests, &of_organization("members/invite/"), invite).await;
    Things::from([
        ("organization", owner.organization.clone()),
        ("organization_id", owner.organization.clone()),
        ("application", owner.application.clone()),
        ("application_id", owner.application.clone()),
        ("session_id", text(&session["session_id"])),
        ("workflow", text(&workflow["uuid"])),
        ("destination", text(&destination["uuid"])),
        ("list", text(&list["uuid"])),
        ("entry_uuid", text(&entry["uuid"])),
        ("questionnaire", text(&form["questionnaire_id"])),
        ("user", "our-user".to_owned()),
        ("business", "our-business".to_owned()),
        ("key", text(&key.body["uuid"])),
        ("member", text(&members.body[0]["uuid"])),
        ("role", text(&role["uuid"])),
        ("invitation", text(&invitation["uuid"])),
    ])
}

async fn made(who: &Caller, path: &str, body: Value) -> Value {
    let reply = who.post(path, &body).await;
    assert!(reply.status < 300, "{path}: {} {}", reply.status, reply.body);
    reply.body
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Everything of the tenant's that somebody else could have changed.
async fn state(app: &TestApp, owner: &Owner, things: &Things) -> Vec<Value> {
    let integrator = app.stranger().with("x-api-key", &owner.api_key);
    let mut state = Vec::new();
    for path in [
        "/v3/sessions/".to_owned(),
        "/v3/workflows/".to_owned(),
        "/v3/questionnaires/".to_owned(),
        "/v3/webhook/destinations/".to_owned(),
        "/v3/lists/".to_owned(),
        format!("/v3/lists/{}/entries/", things["list"]),
        "/v3/users/our-user/".to_owned(),
        "/v3/businesses/our-business/".to_owned(),
    ] {
        let reply = integrator.get(&path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        state.push(reply.body);
    }
    let keys = format!("applications/{}/api-keys/", owner.application);
    for path in ["roles/", "members/", "invitations/", "approvals/", &keys] {
        state.push(owner.requests.get(&format!("/organizations/{}/{path}", owner.organization)).await.body);
    }
    state
}

/// The path with the tenant's ids in it. What has no name here is an id that nobody has.
fn filled(path: &str, things: &Things) -> String {
    let kinds = [
        ("/v3/workflows/", "workflow"),
        ("/verification-settings/", "workflow"),
        ("/v3/webhook/", "destination"),
        ("/v3/lists/", "list"),
        ("/v3/questionnaires/", "questionnaire"),
        ("/v3/users/", "user"),
        ("/v3/businesses/", "business"),
    ];
    let kind = kinds.into_iter().find(|(part, _)| path.contains(part)).map(|(_, kind)| kind);
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap();
        let known = match name {
            "uuid" | "vendor_data" => things.get(kind.unwrap_or_else(|| panic!("whose id is in {path}?"))),
            _ => things.get(name),
        };
        let value = known.map_or("11111111-2222-3333-4444-555555555555", String::as_str);
        write!(filled, "{before}{value}").unwrap();
        rest = after;
    }
    filled.push_str(rest);
    filled
}

async fn ask(
    app: &axum::Router,
    operation: &Operation,
    path: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> Answer {
    let mut request = Request::builder().method(operation.method.as_str()).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let bytes = if operation.method == "GET" { Body::empty() } else { Body::from(body.to_string()) };
    let request = request.header("content-type", "application/json").body(bytes).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let (status, needs) =
        (response.status().as_u16(), response.extensions().get::<Needs>().map(|needs| needs.0));
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Answer { status, body, needs }
}

fn is_denied(answer: &Answer, operation: &Operation, why: &str) {
    let one = json!({"detail": "You do not have permission to perform this action."});
    let Operation { method, path, .. } = operation;
    assert_eq!((answer.status, &answer.body), (403, &one), "{method} {path} {why}");
}

/// Somebody in the organisation whose role allows nothing.
async fn powerless(app: &TestApp, owner: &Owner) -> String {
    let role = json!({"name": "Nothing", "permissions": []});
    let role = owner.requests.post(&format!("/organizations/{}/roles/", owner.organization), &role).await;
    let colleague = owner.colleague(app, "powerless@yourapp.com", &role.text("uuid")).await;
    colleague.authorization
}

/// Those who ask.
struct Askers {
    router: axum::Router,
    things: Things,
    ours: Owner,
    theirs: Owner,
    /// The header's value of somebody whose role allows nothing.
    powerless: String,
    /// A key that may do nothing.
    nothing: String,
    /// Whatever ids a body may hold, they are ours.
    body: Value,
}

impl Askers {
    async fn gather(app: &TestApp) -> Self {
        let ours = owner(app, "ours@yourapp.com").await;
        let theirs = owner(app, "theirs@yourapp.com").await;
        let things = things(app, &ours).await;
        let powerless = powerless(app, &ours).await;
        let (_, nothing) = ours.key(app, json!({"name": "Nothing", "scopes": {}})).await;
        let body = json!({
            "session_id": things["session_id"], "session_ids": [things["session_id"]], "session_numbers": [1],
            "workflow_id": things["workflow"], "vendor_data_list": ["our-user", "our-business"],
            "delete_all": false, "name": "x", "role": "reader", "email": "theirs@yourapp.com", "permissions": [],
            "scopes": {}, "status": "BLOCKED"
        });
        let router = api::router(app.engine.clone());
        Self { router, things, ours, theirs, powerless, nothing: nothing.text("api_key"), body }
    }

    async fn ask(&self, operation: &Operation, headers: &[(&str, &str)], body: &Value) -> Answer {
        let path = filled(&operation.path, &self.things);
        ask(&self.router, operation, &path, headers, body).await
    }

    /// Who may do this, as the page has it, after everyone was refused who may not.
    async fn try_all(&self, operation: &Operation) -> (&'static str, String) {
        let nobody = self.ask(operation, &[], &json!({})).await;
        let Operation { method, path, .. } = operation;
        let Some(credential) = &operation.credential else {
            assert!(nobody.status < 500, "{method} {path}: {}", nobody.status);
            return ("anyone", String::new());
        };
        if credential == "session_token" {
            assert!((400..500).contains(&nobody.status), "{method} {path}: {}", nobody.body);
            return ("person", "their session".to_owned());
        }
        is_denied(&nobody, operation, "without a credential");
        let unknown = "A".repeat(43);
        for wrong in
            [("x-api-key", unknown.as_str()), ("x-api-key", "short"), ("authorization", "Bearer a.b.c")]
        {
            is_denied(&self.ask(operation, &[wrong], &json!({})).await, operation, "with a wrong credential");
        }
        match credential.as_str() {
            "api_key" => ("API key", self.try_keys(operation).await),
            "bearer" => self.try_operators(operation).await,
            "basic" => ("client id and key", "its own".to_owned()),
            other => panic!("{path} takes {other}: say here who may"),
        }
    }

    async fn try_keys(&self, operation: &Operation) -> String {
        let poor = self.ask(operation, &[("x-api-key", &self.nothing)], &json!({})).await;
        let needs = needed(&poor, operation, "with a key that may do nothing");
        let foreign = self.ask(operation, &[("x-api-key", &self.theirs.api_key)], &self.body).await;
        let Operation { method, path, .. } = operation;
        assert!(foreign.status < 500, "{method} {path}: {}", foreign.status);
        if path.contains('{') {
            assert!(foreign.status >= 400, "{method} {path} is open to others: {}", foreign.body);
        }
        needs
    }

    async fn try_operators(&self, operation: &Operation) -> (&'static str, String) {
        let key = ("x-api-key", self.ours.api_key.as_str());
        is_denied(&self.ask(operation, &[key], &json!({})).await, operation, "with an API key");
        if !operation.path.contains('{') {
            return ("account", "its own".to_owned());
        }
        let poor = self.ask(operation, &[("authorization", &self.powerless)], &json!({})).await;
        let needs = needed(&poor, operation, "with a role that may do nothing");
        let theirs = [("authorization", self.theirs.authorization.as_str())];
        let foreign = self.ask(operation, &theirs, &self.body).await;
        assert_eq!(foreign.status, 404, "{} {}: {}", operation.method, operation.path, foreign.body);
        ("member", needs)
    }
}

/// The permission for want of which this was refused.
fn needed(answer: &Answer, operation: &Operation, why: &str) -> String {
    is_denied(answer, operation, why);
    let needs = answer.needs.unwrap_or_else(|| panic!("{} names no permission", operation.path));
    assert!(may::ALL.contains(&needs), "{needs}");
    format!("`{needs}`")
}

testkit::both_databases! {
    async fn nobody_does_what_they_may_not(database: &Database) {
        let app = TestApp::start(database).await;
        let askers = Askers::gather(&app).await;
        let before = state(&app, &askers.ours, &askers.things).await;
        let mut table = BTreeSet::new();
        for operation in operations() {
            // Windows of a minute are another test's matter.
            app.clock.advance(jiff::SignedDuration::from_secs(61));
            let (who, permission) = askers.try_all(&operation).await;
            table.insert(format!("| `{}` | `{}` | {who} | {permission} |", operation.path, operation.method));
        }
        let after = state(&app, &askers.ours, &askers.things).await;
        assert_eq!(after, before, "somebody changed what is not theirs");
        written(&table);
    }
}

/// The page is what the server enforces.
#[expect(clippy::disallowed_methods, reason = "the test writes the page that it checks when asked to")]
fn written(table: &BTreeSet<String>) {
    let mut page = String::from(
        "# Who may call what\n\nMade by a test that calls every operation without the permission and notes which one was \
         missing;\n`BONAFIDE_BLESS=1 cargo test -p api --test it authorisation` renews it. The application's own key and a \
         client's\ntoken have every permission of a program. A named key's `read` gives `read:` and `list:`, its `write` \
         everything with\nthe resource. Roles list their permissions. On routes about sessions an operator's token is \
         accepted as well as a key.\n\n| operation | method | who | permission |\n| --- | --- | --- | --- |\n",
    );
    for row in table {
        page.push_str(row);
        page.push('\n');
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/authorisation.md");
    if std::env::var("BONAFIDE_BLESS").is_ok() {
        std::fs::write(file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap();
    assert!(
        kept == page,
        "run BONAFIDE_BLESS=1 cargo test -p api --test it authorisation to renew docs/authorisation.md"
    );
}

/// A role or a key could not be given a permission that only the routes know.
#[test]
fn every_permission_of_a_route_can_be_given() {
    for name in may::ALL {
        assert!(engine::access::is_permission(name), "{name}");
    }
    for resource in engine::access::KEY_RESOURCES {
        assert!(engine::access::is_permission(&format!("read:{resource}")), "{resource}");
    }
}
