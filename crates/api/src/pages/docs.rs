//! `/openapi.json` and `/docs`, which renders it: no file from anywhere else, so it works without the internet.

use std::sync::Arc;

use axum::Extension;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

/// The document as it was built from the handlers at start.
#[derive(Clone)]
pub struct Document(pub Arc<str>);

const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `/openapi.json`
pub async fn document(Extension(Document(text)): Extension<Document>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text.to_string()).into_response()
}

/// `/docs`
pub async fn page() -> Response {
    let mut response = Html(include_str!("../../assets/docs.html")).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    response
}

/// `/static/docs/docs.js`
pub async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("../../assets/docs.js"))
        .into_response()
}

/// `/static/docs/docs.css`
pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../../assets/docs.css"))
        .into_response()
}
