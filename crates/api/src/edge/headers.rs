//! Headers that every answer carries unless its route has said something more particular.

use axum::http::{HeaderName, HeaderValue, Response, header};

const DEFAULTS: [(HeaderName, HeaderValue); 5] = [
    // Answers hold personal data; what may be cached says so itself.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
    ),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Adds the defaults that are missing.
pub fn secure<B>(mut response: Response<B>) -> Response<B> {
    for (name, value) in DEFAULTS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}
