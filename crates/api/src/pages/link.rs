//! `/u/{token}`: begins a session of a workflow and goes there (core API §11.1).

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Engine;
use engine::sessions::CreateRefused;
use engine::workflows::link;
use serde::Deserialize;

use crate::problem::{Code, Problem};

/// What may be asked of a link.
#[derive(Default, Deserialize)]
pub struct Wishes {
    language: Option<String>,
}

/// Begins a session for a person who opens the link; programs that only look at it begin none.
pub async fn open(
    method: Method,
    headers: HeaderMap,
    Path(token): Path<String>,
    wishes: Result<Query<Wishes>, QueryRejection>,
    State(engine): State<Engine>,
) -> Response {
    let purpose = headers.get("sec-purpose").or_else(|| headers.get("purpose"));
    if method == Method::HEAD || purpose.is_some() {
        return StatusCode::NO_CONTENT.into_response();
    }
    let language = wishes.ok().and_then(|Query(wishes)| wishes.language);
    let language = language.filter(|tag| crate::languages::LANGUAGES.contains(&tag.as_str()));
    match link::begin(&engine, &token, language).await {
        Ok(url) => (StatusCode::SEE_OTHER, [(header::LOCATION, url)]).into_response(),
        Err(CreateRefused::Store(error)) => Problem::server_error(&error).into_response(),
        Err(_) => Problem::new(Code::NotFound).into_response(),
    }
}
