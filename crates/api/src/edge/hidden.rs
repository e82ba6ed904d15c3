//! What a key may not see is taken out of the answer: links to media for keys without media access, links and tokens
//! of sessions for callers that may not change sessions (core API §2.3). In one place for every route, present and
//! future.

use std::sync::{Arc, OnceLock};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::Engine;
use engine::access::Grant;
use serde_json::Value;

use crate::problem::{Code, Problem};

/// Filled by the handler's extractor, read when the answer leaves.
#[derive(Clone, Default)]
struct Hidden(Arc<OnceLock<What>>);

#[derive(Debug, Clone, Copy)]
struct What {
    media: bool,
    session_links: bool,
}

/// Remembers what this caller may not see.
pub(crate) fn hide(parts: &Parts, grant: &Grant) {
    let may_change = ["write:sessions", "create:sessions"].iter().any(|name| grant.permissions.include(name));
    let what = What { media: !grant.media_access, session_links: !may_change };
    if let Some(hidden) = parts.extensions.get::<Hidden>() {
        // Set once per request, whichever extractor comes first.
        let _ = hidden.0.set(what);
    }
}

/// Surrounds every route.
pub(crate) async fn layer(State(engine): State<Engine>, mut request: Request, next: Next) -> Response {
    let hidden = Hidden::default();
    request.extensions_mut().insert(hidden.clone());
    let response = next.run(request).await;
    match hidden.0.get() {
        Some(what) if (what.media || what.session_links) && is_json(&response) => {
            without(response, *what, &engine.base_url).await
        }
        _ => response,
    }
}

fn is_json(response: &Response) -> bool {
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media_type.is_some_and(|media_type| media_type.starts_with("application/json"))
}

async fn without(response: Response, what: What, base_url: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else {
        // An answer that cannot be looked through is not sent.
        return Problem::new(Code::ServerError).into_response();
    };
    blank(&mut value, what, base_url);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(value.to_string()))
}

/// Puts `null` wherever something hidden stands, but in what the integrator sent themselves.
fn blank(value: &mut Value, what: What, base_url: &str) {
    match value {
        Value::String(text) if what.hides(text, base_url) => *value = Value::Null,
        Value::Array(items) => items.iter_mut().for_each(|item| blank(item, what, base_url)),
        Value::Object(fields) => {
            for (name, field) in fields {
                match name.as_str() {
                    "metadata" | "vendor_data" | "expected_details" => {}
                    "session_token" if what.session_links => *field = Value::Null,
                    _ => blank(field, what, base_url),
                }
            }
        }
        _ => {}
    }
}

impl What {
    fn hides(self, text: &str, base_url: &str) -> bool {
        let Some(start) = text.find(base_url) else { return false };
        let path = &text[start + base_url.len()..];
        let media = self.media && path.contains("/media/");
        media || self.session_links && path.contains("/session/") && !path.starts_with("/v3/")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hidden_things_are_null_wherever_they_stand_and_the_rest_stays() {
        let base = "https://id.example";
        let answer = json!({
            "session_id": "s", "session_token": "3FaJ9wLqX2Mz", "url": "https://id.example/es/session/3FaJ9wLqX2Mz",
            "next": "https://id.example/v3/sessions/?limit=1",
            "metadata": {"picture": "https://id.example/media/a/b/c"},
            "id_verifications": [{"front_image": "https://id.example/media/a/b/c?expires=1", "age": 30}],
            "body": "{\"front_image\":\"https://id.example/media/a/b/c\"}"
        });
        let blanked = |media, session_links| {
            let mut value = answer.clone();
            blank(&mut value, What { media, session_links }, base);
            value
        };
        assert_eq!(blanked(false, false), answer);
        let no_media = blanked(true, false);
        assert_eq!(no_media["id_verifications"][0], json!({"front_image": null, "age": 30}));
        assert_eq!((&no_media["body"], &no_media["metadata"]), (&Value::Null, &answer["metadata"]));
        assert_eq!(no_media["session_token"], "3FaJ9wLqX2Mz");
        let no_links = blanked(false, true);
        assert_eq!((&no_links["session_token"], &no_links["url"]), (&Value::Null, &Value::Null));
        assert_eq!(
            (&no_links["next"], &no_links["id_verifications"]),
            (&answer["next"], &answer["id_verifications"])
        );
    }
}
