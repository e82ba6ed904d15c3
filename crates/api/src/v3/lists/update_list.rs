//! `PATCH /v3/lists/{uuid}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, lists};
use model::id::ListId;

use super::change_list::{UpdateList, UpdateListFields};
use super::view::ListView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Rename or describe a list
///
/// System block lists stay as they are.
#[utoipa::path(
    patch, path = "/v3/lists/{uuid}/", tag = "lists", security(("api_key" = [])), request_body = UpdateListFields,
    params(("uuid" = Uuid, Path, description = "The list.")),
    responses((status = 200, description = "The list.", body = ListView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_list(
    PathId(id): PathId<ListId>,
    caller: Caller<may::WriteLists>,
    State(engine): State<Engine>,
    Body(UpdateList(changes)): Body<UpdateList>,
) -> Result<Json<ListView>, Problem> {
    Ok(Json(lists::update(&engine, &caller.scope, id, changes).await?.into()))
}
