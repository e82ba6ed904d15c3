//! Request bodies are read to their end before anything judges the request, and dropped when too long.
//!
//! Answering before the client has finished sending makes many clients see a broken connection instead of the
//! answer, so an oversized body is drained (up to a point) without being kept.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

use crate::problem::{Code, Problem};

/// The largest body most routes read: a session with a portrait of 2 MB in base64, and room.
pub const LIMIT: usize = 5 * 1024 * 1024;

/// Routes that take documents, and the largest body they read: both sides of a card at 10 MB, and room.
const WITH_FILES: [&str; 2] = ["/v3/id-verification/", "/v3/poa/"];
const FILES_LIMIT: usize = 24 * 1024 * 1024;

/// How much of an oversized body is received and thrown away before the connection is given up.
const DRAIN: usize = 64 * 1024 * 1024;

/// How long a body may take to arrive; a chunk of an upload does at 5 kB/s.
const PATIENCE: Duration = Duration::from_mins(1);

/// Replaces the request's body by its bytes, or refuses it.
pub async fn read(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let limit = if WITH_FILES.contains(&parts.uri.path()) { FILES_LIMIT } else { LIMIT };
    let received = tokio::time::timeout(PATIENCE, collect(body, limit)).await;
    match received.unwrap_or_else(|_| Err(Problem::new(Code::RequestTimeout))) {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(problem) => problem.into_response(),
    }
}

async fn collect(mut body: Body, limit: usize) -> Result<Bytes, Problem> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut received = 0;
    let mut kept = Vec::with_capacity(announced.min(limit));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::detail(Code::ParseError, "The request body broke off."))?;
        let Ok(data) = frame.into_data() else { continue };
        received += data.len();
        if received > DRAIN {
            break;
        }
        if announced <= limit && received <= limit {
            kept.extend_from_slice(&data);
        } else {
            kept = Vec::new();
        }
    }
    if received <= limit {
        return Ok(kept.into());
    }
    let megabytes = limit / 1024 / 1024;
    Err(Problem::detail(Code::BodyTooLarge, format!("Request body exceeds the limit of {megabytes} MB.")))
}
