//! The hosted verification page: one HTML file for every link; its script reads the token from the address.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::embedded::{self, Keep};
use crate::problem::{Code, Problem};

/// Own files only; `blob:` for pictures and video of the person's own camera. Integrators embed the page in an
/// iframe, so framing is allowed, unlike everywhere else.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; \
    worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'";

const NOT_BUILT: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Bonafide</title>\
    <h1>The hosted page is not built</h1><p>Run <code>cargo xtask web</code>, then build Bonafide again.</p>";

/// `/session/{token}`
pub async fn show(headers: HeaderMap) -> Response {
    page(&headers)
}

/// `/{lang}/session/{token}`
pub async fn show_in_language(
    Path((language, _token)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let plausible = (2..=10).contains(&language.len())
        && language.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
    if plausible { page(&headers) } else { Problem::new(Code::NotFound).into_response() }
}

/// `/static/flow/{*path}`
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    // Only hashed names are kept for ever; those live in the bundler's own folder.
    let keep = if path.starts_with("assets/") { Keep::Forever } else { Keep::AskAgain };
    embedded::serve(&path, keep, &headers).unwrap_or_else(|| Problem::new(Code::NotFound).into_response())
}

fn page(headers: &HeaderMap) -> Response {
    let mut response = embedded::serve("flow.html", Keep::AskAgain, headers)
        .unwrap_or_else(|| (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(self), microphone=(self), fullscreen=(self)"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}
