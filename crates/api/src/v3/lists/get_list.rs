//! `GET /v3/lists/{uuid}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, lists};
use model::id::ListId;

use super::view::ListView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Read a list
#[utoipa::path(
    get, path = "/v3/lists/{uuid}/", tag = "lists", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The list.")),
    responses((status = 200, description = "The list.", body = ListView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_list(
    PathId(id): PathId<ListId>,
    caller: Caller<may::ReadLists>,
    State(engine): State<Engine>,
) -> Result<Json<ListView>, Problem> {
    Ok(Json(lists::get(&engine, &caller.scope, id).await?.into()))
}
