//! Requests are counted before they are judged (core API §8), and answers say how much is left.

use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::Engine;
use engine::limits::{self, Caller, Credentials, Limit, Standing};

use super::origin;
use crate::problem::{Code, Problem};

/// Routes of programs. What the hosted page, pages and the health check ask is not counted.
const COUNTED: [&str; 6] = ["/v1/", "/v2/", "/v3/", "/auth/", "/programmatic/", "/organizations/"];

/// Who sent a request to a counted route; left for everything further in.
#[derive(Debug, Clone)]
pub struct Counted(pub Caller);

/// Counts the request, or refuses it.
pub async fn apply(State(engine): State<Engine>, mut request: Request, next: Next) -> Response {
    let limits = limits_of(request.method(), request.uri().path());
    if limits.is_empty() {
        return guessing(&engine, request, next).await;
    }
    let origin = origin::of(request.extensions());
    let caller = limits::identify(&engine, credentials(request.headers()), origin).await;
    let standing = limits::admit(&engine, &caller, limits).await;
    if let Some(refused) = standing.filter(|standing| !standing.admitted) {
        return refusal(&engine, &refused);
    }
    request.extensions_mut().insert(Counted(caller));
    let mut response = guessing(&engine, request, next).await;
    // A quota that is no rate limit speaks for itself (the sandbox's).
    if let Some(standing) = standing.filter(|_| response.status() != StatusCode::TOO_MANY_REQUESTS) {
        tell(&standing, response.headers_mut());
    }
    response
}

/// The limits of a route, the particular one first.
fn limits_of(method: &Method, path: &str) -> &'static [Limit] {
    // Whoever opens a workflow's link begins a session.
    if path.starts_with("/u/") && method == Method::GET {
        return &[Limit::SessionCreates];
    }
    if !COUNTED.iter().any(|prefix| path.starts_with(prefix)) || path.ends_with("/sandbox/arm/") {
        return &[];
    }
    match method.as_str() {
        "OPTIONS" => &[],
        "GET" | "HEAD" if path.ends_with("/generate-pdf/") => &[Limit::PdfReports, Limit::Reads],
        "GET" | "HEAD" => &[Limit::Reads],
        "POST" if path == "/v3/session/" || path == "/v2/session/" => &[Limit::SessionCreates],
        _ if path.ends_with("/update-data/") => &[Limit::KycUpdates, Limit::Writes],
        _ if path.ends_with("/update-poa-data/") => &[Limit::PoaUpdates, Limit::Writes],
        _ => &[Limit::Writes],
    }
}

/// What the request says of its sender.
pub(super) fn credentials(headers: &HeaderMap) -> Credentials<'_> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let bearer = text(AUTHORIZATION.as_str())
        .and_then(|header| header.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    Credentials { api_key: text("x-api-key"), bearer }
}

fn refusal(engine: &Engine, standing: &Standing) -> Response {
    let wait = standing.resets_at.duration_since(engine.now()).as_millis();
    let seconds = u64::try_from(wait).unwrap_or(0).div_ceil(1000).max(1);
    let sentence = standing.limit.sentence(standing.allowed);
    let mut response = Problem::detail(Code::Throttled, sentence).after(seconds).into_response();
    tell(standing, response.headers_mut());
    response
}

fn tell(standing: &Standing, headers: &mut HeaderMap) {
    let mut put = |name, value: i64| headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
    put("x-ratelimit-limit", i64::from(standing.allowed));
    put("x-ratelimit-remaining", i64::from(standing.remaining));
    put("x-ratelimit-reset", standing.resets_at.as_second());
}

/// Session tokens that open nothing are counted against where they came from.
async fn guessing(engine: &Engine, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let token = headers.get("x-session-token").or_else(|| headers.get("session-token"));
    let Some(token) = token.map(|token| String::from_utf8_lossy(token.as_bytes()).into_owned()) else {
        return next.run(request).await;
    };
    let origin = origin::of(request.extensions());
    if let Some(seconds) = limits::refused_source(engine, origin) {
        return Problem::throttled(seconds).with_code().into_response();
    }
    let response = next.run(request).await;
    if response.extensions().get::<Code>() == Some(&Code::SessionNotFound) {
        limits::guessed_wrong(engine, origin, &token).await;
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_have_the_documented_limits() {
        let of = |method: &str, path: &str| limits_of(&method.parse().unwrap(), path);
        assert_eq!(of("POST", "/v3/session/"), [Limit::SessionCreates]);
        assert_eq!(of("GET", "/v3/session/1/decision/"), [Limit::Reads]);
        assert_eq!(of("GET", "/v3/session/1/generate-pdf/"), [Limit::PdfReports, Limit::Reads]);
        assert_eq!(of("PATCH", "/v3/session/1/update-data/"), [Limit::KycUpdates, Limit::Writes]);
        assert_eq!(of("PATCH", "/v3/session/1/update-poa-data/"), [Limit::PoaUpdates, Limit::Writes]);
        assert_eq!(of("DELETE", "/v3/workflows/1/"), [Limit::Writes]);
        assert_eq!(of("GET", "/u/Aq3kPOx8RWG3UAz5ZRQGVQ"), [Limit::SessionCreates]);
        for exempt in
            ["/system/healthcheck/", "/flow/v1/session", "/session/3FaJ9wLqX2Mz", "/media/1/2/3", "/docs"]
        {
            assert_eq!(of("GET", exempt), []);
        }
    }
}
