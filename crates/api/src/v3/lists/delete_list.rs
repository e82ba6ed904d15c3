//! `DELETE /v3/lists/{uuid}/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, lists};
use model::id::ListId;

use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Delete a list with all that is on it
///
/// System block lists cannot be deleted.
#[utoipa::path(
    delete, path = "/v3/lists/{uuid}/", tag = "lists", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The list.")),
    responses((status = 204, description = "Gone."), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn delete_list(
    PathId(id): PathId<ListId>,
    caller: Caller<may::WriteLists>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    lists::delete(&engine, &caller.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
