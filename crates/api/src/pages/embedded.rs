//! Files of the built web pages: compressed where the browser takes it, cached by what they contain.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What `cargo xtask web` built of the hosted page; empty when it has not run.
#[derive(RustEmbed)]
#[folder = "../../web/dist/flow"]
#[allow_missing = true]
#[exclude = ".vite/*"]
pub struct FlowFiles;

/// How long a browser may keep a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// For ever: the file's name contains a hash of its content.
    Forever,
    /// Until the next look: ask again each time.
    AskAgain,
}

/// The file, or `None` if it was not built.
pub fn serve(path: &str, keep: Keep, request: &HeaderMap) -> Option<Response> {
    if std::path::Path::new(path).extension().is_some_and(|extension| extension == "br") {
        return None;
    }
    let compressed = accepts_brotli(request).then(|| FlowFiles::get(&format!("{path}.br"))).flatten();
    let is_compressed = compressed.is_some();
    let file = compressed.or_else(|| FlowFiles::get(path))?;
    let tag = etag(&file);
    let known = request.get(header::IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(Body::from(file.data)) };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep.directive()));
    headers.insert(header::ETAG, tag);
    if is_compressed && !known {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    Some(response)
}

impl Keep {
    const fn directive(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::AskAgain => "no-cache",
        }
    }
}

fn accepts_brotli(request: &HeaderMap) -> bool {
    request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|part| {
            let mut halves = part.trim().splitn(2, ';');
            halves.next() == Some("br") && halves.next().is_none_or(|quality| quality.trim() != "q=0")
        })
    })
}

/// The compressed and the plain file differ in content, and so in tag.
fn etag(file: &EmbeddedFile) -> HeaderValue {
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    HeaderValue::from_str(&tag).expect("hex in quotes is a header value")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_encoding_is_not_sent() {
        let headers = |value: &'static str| {
            HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
        };
        assert!(accepts_brotli(&headers("gzip, br")));
        assert!(accepts_brotli(&headers("br;q=0.5")));
        assert!(!accepts_brotli(&headers("gzip, br;q=0")));
        assert!(!accepts_brotli(&headers("gzip, deflate")));
    }

    #[test]
    fn files_outside_the_folder_do_not_exist() {
        assert!(serve("../../../Cargo.toml", Keep::AskAgain, &HeaderMap::new()).is_none());
    }
}
