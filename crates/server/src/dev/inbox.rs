//! `/dev/inbox`: every delivery of both applications with its headers and whether its signatures verify, and every
//! mail and text message that was kept instead of sent.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use engine::Engine;
use engine::destinations::{self, Destination};
use serde_json::{Value, json};
use store::Scope;

use super::installation::Installation;
use super::mails;

/// Deliveries shown per destination.
const SHOWN: i64 = 100;

struct Inbox {
    engine: Engine,
    faces: Vec<(&'static str, Scope, String)>,
    outbox: PathBuf,
}

/// The inbox's own routes.
pub(super) fn router(engine: Engine, installation: &Installation, outbox: PathBuf) -> Router {
    let faces = installation.faces();
    let faces = faces.iter().map(|face| (face.name, face.application.scope, face.secret.clone())).collect();
    let inbox = Arc::new(Inbox { engine, faces, outbox });
    Router::new()
        .route("/dev/inbox", get(page))
        .route("/dev/inbox.css", get(style))
        .route("/dev/inbox.js", get(script))
        .route("/dev/inbox.json", get(list))
        .route("/dev/inbox/{face}", post(receive))
        .with_state(inbox)
}

/// The inbox as a receiver: it accepts what verifies, as an integrator's program would.
async fn receive(
    State(inbox): State<Arc<Inbox>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let Some((_, _, secret)) = inbox.faces.iter().find(|(face, _, _)| *face == name) else {
        return StatusCode::NOT_FOUND;
    };
    let sent =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let headers = json!({
        "x-signature": sent("x-signature"), "x-signature-v2": sent("x-signature-v2"),
        "x-signature-simple": sent("x-signature-simple"), "x-timestamp": sent("x-timestamp"),
    });
    let verdict = verify(secret, &headers, &String::from_utf8_lossy(&body));
    let verified = !verdict.is_empty() && verdict.values().all(|holds| *holds == Value::Bool(true));
    if verified { StatusCode::OK } else { StatusCode::UNAUTHORIZED }
}

/// Signs the body again and compares, header by header.
fn verify(secret: &str, headers: &Value, body: &str) -> serde_json::Map<String, Value> {
    let find = |wanted: &str| {
        let headers = headers.as_object()?;
        headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .and_then(|(_, value)| value.as_str())
    };
    let Ok(envelope) = serde_json::from_str::<Value>(body) else { return serde_json::Map::new() };
    let raw = outbound::sign(secret, body.as_bytes(), &envelope);
    let canonical = outbound::sign(secret, outbound::canonical(&envelope).as_bytes(), &envelope);
    [
        ("X-Signature", raw.raw.as_str()),
        ("X-Signature-V2", canonical.v2.as_str()),
        ("X-Signature-Simple", raw.simple.as_str()),
        ("X-Timestamp", raw.timestamp.as_str()),
    ]
    .into_iter()
    .map(|(name, expected)| (name.to_owned(), json!(find(name) == Some(expected))))
    .collect()
}

async fn page() -> Response {
    asset("text/html; charset=utf-8", include_str!("inbox/inbox.html"))
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("inbox/inbox.css"))
}

async fn script() -> Response {
    asset("text/javascript; charset=utf-8", include_str!("inbox/inbox.js"))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'";
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}

/// Everything, newest first.
async fn list(State(inbox): State<Arc<Inbox>>) -> Result<Json<Value>, StatusCode> {
    let gathered = gather(&inbox).await.map_err(|error| {
        tracing::error!(%error, "the inbox cannot be read");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    Ok(Json(gathered))
}

async fn gather(inbox: &Inbox) -> Result<Value, destinations::Refused> {
    let mut deliveries = Vec::new();
    for (name, scope, _) in &inbox.faces {
        for destination in destinations::list(&inbox.engine, scope).await? {
            add_deliveries(inbox, (name, scope), &destination, &mut deliveries).await?;
        }
    }
    deliveries.sort_by_key(|delivery: &Value| std::cmp::Reverse(delivery["created_at"].to_string()));
    Ok(json!({"deliveries": deliveries, "mails": mails::read(&inbox.outbox),
        "texts": mails::read_texts(&inbox.outbox)}))
}

async fn add_deliveries(
    inbox: &Inbox,
    (name, scope): (&str, &Scope),
    destination: &Destination,
    into: &mut Vec<Value>,
) -> Result<(), destinations::Refused> {
    let page = destinations::list_deliveries(
        &inbox.engine,
        scope,
        destination.id,
        &destinations::Filter::default(),
        SHOWN,
        0,
    )
    .await?;
    for delivery in page.items {
        let asked = destinations::get_delivery(&inbox.engine, scope, destination.id, delivery.id).await;
        // Nothing is left of what was sent once its session was erased.
        let (headers, body) = match asked?.1 {
            Some(request) => (request.headers, request.body),
            None => (Value::Null, String::new()),
        };
        into.push(json!({
            "id": delivery.id, "environment": name, "destination": destination.label,
            "url": delivery.request_url, "type": delivery.webhook_type, "attempt": delivery.attempt,
            "response_status": delivery.response_status, "response_time_ms": delivery.response_time_ms,
            "status": delivery.status, "created_at": delivery.created_at,
            "signatures": verify(&destination.secret, &headers, &body),
            "headers": headers, "body": serde_json::from_str(&body).unwrap_or(Value::Null),
        }));
    }
    Ok(())
}
