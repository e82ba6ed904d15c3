//! Every operation of the document, asked by those who may not: the documented refusals, and the table of who may
//! (claims 17, 18). A new route without a permission, or one that shows another tenant's things, fails here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use api::caller::{Needs, may};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::{Value, json};
use testkit::TestApp;
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
    let made = async |path: &str, body: Value| {
        let reply = integrator.post(path, &body).await;
        assert!(reply.status < 300, "{path}: {} {}", reply.status, reply.body);
        reply.body
    };
    let workflows = integrator.get("/v3/workflows/").await;
    let workflow = workflows.body["results"][0].clone();
    let session = made("/v3/session/", json!({"workflow_id": workflow["workflow_id"]})).await;
    let hook =
        json!({"url": "https://hooks.example.com/a", "label": "A", "subscribed_events": ["status.updated"]});
    let destination = made("/v3/webhook/destinations/", hook).await;
    let (_, key) = owner.key(app, json!({"name": "One", "scopes": {}})).await;
    let members = owner.requests.get(&format!("/organizations/{}/members/", owner.organization)).await;
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned();
    Things::from([
        ("organization", owner.organization.clone()),
        ("organization_id", owner.organization.clone()),
        ("application", owner.application.clone()),
        ("application_id", owner.application.clone()),
        ("session_id", text(&session["session_id"])),
        ("workflow", text(&workflow["uuid"])),
        ("destination", text(&destination["uuid"])),
        ("key", text(&key.body["uuid"])),
        ("member", text(&members.body[0]["uuid"])),
    ])
}

/// The path with the tenant's ids in it, and whether there were any. What has no name here is an id that nobody has.
fn filled(path: &str, things: &Things) -> (String, bool) {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap();
        let known = match name {
            "uuid" if path.starts_with("/v3/workflows/") => things.get("workflow"),
            "uuid" if path.starts_with("/v3/webhook/") => things.get("destination"),
            _ => things.get(name),
        };
        let value = known.map_or("11111111-2222-3333-4444-555555555555", String::as_str);
        write!(filled, "{before}{value}").unwrap();
        rest = after;
    }
    filled.push_str(rest);
    (filled, path.contains('{'))
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

testkit::both_databases! {
    async fn nobody_does_what_they_may_not(database: &Database) {
        let app = TestApp::start(database).await;
        let ours = owner(&app, "ours@yourapp.com").await;
        let theirs = owner(&app, "theirs@yourapp.com").await;
        let things = things(&app, &ours).await;
        let powerless = powerless(&app, &ours).await;
        let (_, nothing) = ours.key(&app, json!({"name": "Nothing", "scopes": {}})).await;
        let nothing = nothing.text("api_key");
        let unknown = "A".repeat(43);
        let state = async || {
            let integrator = app.stranger().with("x-api-key", &ours.api_key);
            let mut state = Vec::new();
            for path in ["/v3/sessions/", "/v3/workflows/", "/v3/webhook/destinations/", "/v3/lists/", "/v3/users/"] {
                state.push(integrator.get(path).await.body);
            }
            for path in ["roles/", "members/", "invitations/"] {
                state.push(ours.requests.get(&format!("/organizations/{}/{path}", ours.organization)).await.body);
            }
            let keys = format!("/organizations/{0}/applications/{1}/api-keys/", ours.organization, ours.application);
            state.push(ours.requests.get(&keys).await.body);
            state
        };
        let before = state().await;
        let router = api::router(app.engine.clone());
        let mut table = BTreeSet::new();
        for operation in operations() {
            // Windows of a minute are another test's matter.
            app.clock.advance(jiff::SignedDuration::from_secs(61));
            let (path, names_things) = filled(&operation.path, &things);
            let nobody = ask(&router, &operation, &path, &[], &json!({})).await;
            let row = |who: &str, permission: &str| {
                format!("| `{}` | `{}` | {who} | {permission} |", operation.path, operation.method)
            };
            let Some(credential) = &operation.credential else {
                assert!(nobody.status < 500, "{} {path}: {}", operation.method, nobody.status);
                table.insert(row("anyone", ""));
                continue;
            };
            if credential == "session_token" {
                assert!((400..500).contains(&nobody.status), "{} {path}: {}", operation.method, nobody.body);
                table.insert(row("person", "their session"));
                continue;
            }
            is_denied(&nobody, &operation, "without a credential");
            for wrong in [("x-api-key", unknown.as_str()), ("x-api-key", "short"), ("authorization", "Bearer a.b.c")] {
                is_denied(&ask(&router, &operation, &path, &[wrong], &json!({})).await, &operation, "with a wrong credential");
            }
            // Whatever ids a body may hold, they are ours.
            let body = json!({
                "session_id": things["session_id"], "session_ids": [things["session_id"]], "session_numbers": [1],
                "workflow_id": things["workflow"], "delete_all": false, "name": "x", "role": "reader",
                "email": "theirs@yourapp.com", "permissions": [], "scopes": {}
            });
            match credential.as_str() {
                "api_key" => {
                    let poor = ask(&router, &operation, &path, &[("x-api-key", &nothing)], &json!({})).await;
                    is_denied(&poor, &operation, "with a key that may do nothing");
                    let needs = poor.needs.unwrap_or_else(|| panic!("{path} names no permission"));
                    assert!(may::ALL.contains(&needs), "{needs}");
                    table.insert(row("API key", &format!("`{needs}`")));
                    let foreign = ask(&router, &operation, &path, &[("x-api-key", &theirs.api_key)], &body).await;
                    assert!(foreign.status < 500, "{} {path}: {}", operation.method, foreign.status);
                    // Users, businesses and lists of one's own are named by ids of one's own.
                    let shared_names = path.starts_with("/v3/users/") || path.starts_with("/v3/businesses/");
                    if names_things && !shared_names {
                        assert!(foreign.status >= 400, "{} {path} is open to others: {}", operation.method, foreign.body);
                    }
                }
                "bearer" => {
                    let key = ("x-api-key", ours.api_key.as_str());
                    is_denied(&ask(&router, &operation, &path, &[key], &json!({})).await, &operation, "with an API key");
                    if !names_things {
                        table.insert(row("account", "its own"));
                        continue;
                    }
                    let poor = ask(&router, &operation, &path, &[("authorization", &powerless)], &json!({})).await;
                    is_denied(&poor, &operation, "with a role that may do nothing");
                    let needs = poor.needs.unwrap_or_else(|| panic!("{path} names no permission"));
                    assert!(may::ALL.contains(&needs), "{needs}");
                    table.insert(row("member", &format!("`{needs}`")));
                    let foreign =
                        ask(&router, &operation, &path, &[("authorization", &theirs.authorization)], &body).await;
                    assert_eq!(foreign.status, 404, "{} {path}: {}", operation.method, foreign.body);
                }
                "basic" => {
                    table.insert(row("client id and key", "its own"));
                }
                other => panic!("{path} takes {other}: say here who may"),
            }
        }
        assert_eq!(state().await, before, "somebody changed what is not theirs");
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
