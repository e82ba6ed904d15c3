//! What the hosted page says to the server. Private: the page is its only client, so it is in no document and under no
//! rate limit.

use axum::Router;
use axum::routing::{delete, get, post, put};
use engine::Engine;
use engine::flow::FlowRefused;
use serde_json::json;

use crate::problem::{Code, Problem};

mod answers;
mod choose;
mod contact;
mod session;
mod upload;
mod view;

pub(crate) fn routes() -> Router<Engine> {
    Router::new()
        .route("/flow/v1/session", get(session::show))
        .route("/flow/v1/session/open", post(session::open))
        .route("/flow/v1/session/consent", post(session::consent))
        .route("/flow/v1/steps/{node_id}/choose", post(choose::choose))
        .route("/flow/v1/steps/{node_id}/contact", post(contact::send_code))
        .route("/flow/v1/steps/{node_id}/code", post(contact::check_code))
        .route("/flow/v1/steps/{node_id}/uploads/{part}", delete(upload::discard))
        .route("/flow/v1/steps/{node_id}/answers", post(answers::answer))
        .route("/flow/v1/uploads", post(upload::start))
        .route("/flow/v1/uploads/{id}", put(upload::put_chunk))
        .route("/flow/v1/uploads/{id}/complete", post(upload::complete))
}

impl From<FlowRefused> for Problem {
    fn from(refused: FlowRefused) -> Self {
        let code = match &refused {
            FlowRefused::SessionNotFound => Code::SessionNotFound,
            FlowRefused::Lifecycle(_) => Code::NotNow,
            FlowRefused::DocumentNotAllowed => Code::DocumentNotAllowed,
            FlowRefused::UnknownPart => Code::UnknownPart,
            FlowRefused::UploadNotFound => Code::UploadNotFound,
            FlowRefused::TooLarge => Code::TooLarge,
            FlowRefused::ChunkSize => Code::ChunkSize,
            FlowRefused::OffsetMismatch { expected } => {
                return Self::new(Code::OffsetMismatch).with_code().and("offset", json!(expected));
            }
            FlowRefused::Incomplete => Code::Incomplete,
            FlowRefused::ChecksumMismatch => Code::ChecksumMismatch,
            FlowRefused::NotAnImage => Code::NotAnImage,
            FlowRefused::Answers(errors) => {
                let errors = serde_json::Map::from_iter([("answers".to_owned(), json!(errors))]);
                return Self::fields(errors).with_code();
            }
            FlowRefused::Contact(refused) => return contact::refused(refused),
            FlowRefused::Busy => Code::Busy,
            FlowRefused::Store(error) => return Self::server_error(error).with_code(),
        };
        Self::new(code).with_code()
    }
}
