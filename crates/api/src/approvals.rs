//! Requests that wait for a second person (ASVS 2.3.5). A route of our own: the hosted service has no such thing.

use engine::Engine;
use engine::approvals::Refused;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::problem::{Code, Problem};

mod approve_request;
mod get_approval;
mod list_approvals;
mod refuse_request;
mod reveal_api_key;
mod view;

pub(crate) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_approvals::list_approvals))
        .routes(routes!(get_approval::get_approval))
        .routes(routes!(approve_request::approve_request))
        .routes(routes!(refuse_request::refuse_request))
        .routes(routes!(reveal_api_key::reveal_api_key))
}

/// What is told to whoever may not do something alone.
pub(crate) fn needs_second_person(approval: Uuid) -> Problem {
    Problem::new(Code::SecondPersonNeeded).with_code().and("approval_id", Value::from(approval.to_string()))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::new(Code::NotFound),
            Refused::NotPending(status) => {
                Self::detail(Code::NotPending, format!("This request is {status}.")).with_code()
            }
            Refused::OwnRequest => Self::new(Code::OwnRequest).with_code(),
            Refused::TooMuch => Self::new(Code::PermissionDenied),
            Refused::Changed => Self::new(Code::ObjectChanged).with_code(),
            Refused::Store(_) => Self::server_error(&refused),
        }
    }
}
