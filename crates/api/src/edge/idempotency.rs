//! `Idempotency-Key` on every write of a program: carried out once, answered alike for a day.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::Engine;
use engine::limits;
use engine::receipts::{self, Answer, Turn, Write};
use http_body_util::BodyExt;
use model::id::SessionId;
use serde_json::Value;
use tracing::{Instrument, Span};

use super::limits::{Counted, credentials};
use crate::caller::{Demanded, may_still};
use crate::problem::{Code, Problem};

/// Longer keys are refused.
const LONGEST_KEY: usize = 255;

/// Carries a write out, or repeats what was answered to it.
pub async fn apply(State(engine): State<Engine>, request: Request, next: Next) -> Response {
    let Some(header) = request.headers().get("idempotency-key").filter(|_| is_write(request.method())) else {
        return next.run(request).await;
    };
    let Some(Counted(caller)) = request.extensions().get::<Counted>().cloned() else {
        return next.run(request).await;
    };
    // Asked anew, because a stored answer opens without the route's own question. Who registers or logs in has no
    // credential yet and is known by the address.
    let origin = super::origin::of(request.extensions());
    let anonymous = request.uri().path().starts_with("/programmatic/");
    if !anonymous && !limits::is_ours(&engine, credentials(request.headers()), origin).await {
        return next.run(request).await;
    }
    let key = match header.to_str().map(str::trim) {
        Ok(key) if !key.is_empty() && key.len() <= LONGEST_KEY => key.to_owned(),
        _ => return Problem::detail(Code::Invalid, UNUSABLE_KEY).into_response(),
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return Problem::new(Code::ParseError).into_response();
    };
    let target = format!("{} {}", parts.method, parts.uri);
    let write = Write { caller: &caller, key: &key, target: &target, body: &body };
    let reservation = match receipts::take_turn(&engine, &write).await {
        Ok(Turn::Ours(reservation)) => reservation,
        Ok(Turn::Answered(answer)) => return repeated(&engine, &parts.headers, answer).await,
        Ok(Turn::Different) => return Problem::new(Code::KeyReused).into_response(),
        Ok(Turn::Busy) => return Problem::new(Code::KeyInUse).after(1).into_response(),
        Ok(Turn::Lost) => return Problem::new(Code::AnswerLost).into_response(),
        Ok(Turn::Erased) => return Problem::new(Code::AnswerErased).into_response(),
        Err(error) => return Problem::server_error(&error).into_response(),
    };
    let uri = parts.uri.clone();
    let mut request = Request::from_parts(parts, Body::from(body));
    let demanded = Demanded::default();
    request.extensions_mut().insert(demanded.clone());
    // A task of its own: a client that hangs up must not leave the write half done.
    let carried = async move {
        let response = receipts::carry_out(reservation, next.run(request)).await;
        kept(&engine, reservation, &uri, demanded, response).await
    };
    let carried = tokio::spawn(carried.instrument(Span::current()));
    match carried.await {
        Ok(response) => response,
        Err(broken) => std::panic::resume_unwind(broken.into_panic()),
    }
}

const UNUSABLE_KEY: &str = "Idempotency-Key must be 1 to 255 visible ASCII characters.";

fn is_write(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH | Method::DELETE)
}

/// Keeps the answer before it leaves.
async fn kept(
    engine: &Engine,
    reservation: store::receipts::Reservation,
    uri: &Uri,
    Demanded(demanded): Demanded,
    response: Response,
) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return Problem::new(Code::ServerError).into_response();
    };
    let content_type =
        parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let answer = Answer {
        status: parts.status.as_u16(),
        content_type,
        session_id: session_in_path(uri.path()).or_else(|| session_in_body(&body)),
        body: body.to_vec(),
        demanded: demanded.get().map(|(organization, permission)| (*organization, (*permission).to_owned())),
    };
    if let Err(error) = receipts::settle(engine, reservation, &answer).await {
        tracing::error!(%error, "the answer to a repeatable write was not kept");
    }
    Response::from_parts(parts, Body::from(body))
}

/// An operator who may not do this any more does not learn either what came of it.
async fn repeated(engine: &Engine, headers: &HeaderMap, answer: Answer) -> Response {
    if let Some(demanded) = &answer.demanded {
        match may_still(engine, headers, demanded).await {
            Ok(true) => {}
            Ok(false) => return Problem::new(Code::PermissionDenied).into_response(),
            Err(problem) => return problem.into_response(),
        }
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, Body::from(Bytes::from(answer.body))).into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    if let Some(content_type) = answer.content_type.and_then(|text| HeaderValue::from_str(&text).ok()) {
        headers.insert(CONTENT_TYPE, content_type);
    }
    headers.insert(HeaderName::from_static("idempotent-replayed"), HeaderValue::from_static("true"));
    response
}

fn session_in_path(path: &str) -> Option<SessionId> {
    path.strip_prefix("/v3/session/")?.split('/').next()?.parse().ok()
}

fn session_in_body(body: &[u8]) -> Option<SessionId> {
    let body: Value = serde_json::from_slice(body).ok()?;
    body.get("session_id")?.as_str()?.parse().ok()
}
