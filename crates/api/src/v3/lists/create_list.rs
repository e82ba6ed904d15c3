//! `POST /v3/lists/`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, lists};

use super::change_list::{CreateList, CreateListFields};
use super::view::ListView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// Create a list
///
/// Lists of your own are a record for you; only the system block lists decide anything.
#[utoipa::path(
    post, path = "/v3/lists/", tag = "lists", security(("api_key" = [])), request_body = CreateListFields,
    responses((status = 201, description = "The list.", body = ListView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_list(
    caller: Caller<may::WriteLists>,
    State(engine): State<Engine>,
    Body(CreateList(new)): Body<CreateList>,
) -> Result<(StatusCode, Json<ListView>), Problem> {
    let list = lists::create(&engine, &caller.scope, new).await?;
    Ok((StatusCode::CREATED, Json(list.into())))
}
