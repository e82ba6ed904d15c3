//! Every request has an id, in its answer and in every line that is logged for it.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use engine::Engine;
use tracing::Instrument;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// A caller's own id may be this long.
const LONGEST: usize = 64;

/// Takes the caller's id if it is a plain word, else makes one.
pub async fn identify(State(engine): State<Engine>, request: Request, next: Next) -> Response {
    let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
    let id = given.filter(|id| is_plain(id)).map_or_else(|| engine.uuid().to_string(), str::to_owned);
    // The path only: tokens of hosted links are cut, and queries may hold what a person typed.
    let span =
        tracing::info_span!("request", id, method = %request.method(), path = shown(request.uri().path()));
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.in_scope(|| tracing::debug!(status, "answered"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, id);
    }
    response
}

fn is_plain(id: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    !id.is_empty() && id.len() <= LONGEST && id.chars().all(plain)
}

/// A path without what opens a session or a picture, and without what strangers wrote at length.
fn shown(path: &str) -> String {
    let cut = match path.find("/session/") {
        Some(at) if !path.starts_with("/v") => &path[..at + "/session/".len()],
        _ => path,
    };
    cut.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn tokens_in_paths_are_not_shown() {
        assert_eq!(shown("/es/session/3FaJ9wLqX2Mz"), "/es/session/");
        assert_eq!(shown("/v3/session/1/decision/"), "/v3/session/1/decision/");
    }
}
