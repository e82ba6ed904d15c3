//! `POST /v3/sessions/delete/` (core API §3.8).

use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::sessions::{self, Whom};
use serde_json::Value;
use utoipa::ToSchema;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, SecondPersonRefusals};
use crate::problem::Problem;

/// Which sessions.
#[derive(ToSchema)]
#[schema(example = json!({"session_numbers": ["1001", "1002", "1003"]}))]
pub(super) struct DeleteSessions {
    /// Session numbers as digits, in strings or as numbers. Needed unless `delete_all` is true. Numbers that lead to no
    /// session of yours are passed over.
    #[schema(value_type = Option<Vec<String>>, min_items = 1)]
    session_numbers: Vec<i64>,
    /// Every person's session of the application. There is no way back.
    #[schema(value_type = Option<bool>, default = false)]
    delete_all: bool,
}

impl Read for DeleteSessions {
    fn read(fields: &mut Fields) -> Option<Self> {
        let delete_all = fields.optional("delete_all", values::boolean)?.unwrap_or(false);
        if delete_all {
            return Some(Self { session_numbers: Vec::new(), delete_all });
        }
        match fields.optional("session_numbers", numbers)? {
            Some(session_numbers) => Some(Self { session_numbers, delete_all }),
            None => fields.reject("session_numbers", "This field is required unless delete_all is true."),
        }
    }
}

fn numbers(value: &Value) -> Parsed<Vec<i64>> {
    let Value::Array(items) = value else {
        return wrong(format!("Expected a list of items but got type \"{}\".", values::kind(value)));
    };
    if items.is_empty() {
        return wrong("This list may not be empty.");
    }
    let digits = |item: &Value| match item {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let mut numbers = Vec::with_capacity(items.len());
    for item in items {
        match digits(item).filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())) {
            // A number too large for any session leads to none.
            Some(text) => numbers.extend(text.parse::<i64>()),
            None => return wrong("All session_numbers must be numeric."),
        }
    }
    Ok(numbers)
}

/// Erase many sessions
///
/// Persons' sessions by their numbers, or all of them, each as thoroughly as a single delete does it; all or none.
/// Sessions of businesses are erased one by one. It may need a second person.
#[utoipa::path(
    post, path = "/v3/sessions/delete/", tag = "sessions", security(("api_key" = [])),
    request_body = DeleteSessions,
    responses((status = 204, description = "Erased, as far as they were there."), BodyRefusals, SecondPersonRefusals)
)]
pub(super) async fn delete_sessions(
    caller: Caller<may::DeleteSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<DeleteSessions>,
) -> Result<StatusCode, Problem> {
    let whom = if wanted.delete_all { Whom::Everyone } else { Whom::Numbers(wanted.session_numbers) };
    match sessions::erase_many(&engine, &caller.scope, whom).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(refused) => Err(refused.into()),
    }
}
