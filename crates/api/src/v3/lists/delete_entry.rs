//! `DELETE /v3/lists/{uuid}/entries/{entry_uuid}/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, lists};
use model::id::{ListEntryId, ListId};

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathIds;
use crate::problem::Problem;

/// Take a value off a list
///
/// A user or business that it blocked is active again.
#[utoipa::path(
    delete, path = "/v3/lists/{uuid}/entries/{entry_uuid}/", tag = "lists", security(("api_key" = [])),
    params(
        ("uuid" = Uuid, Path, description = "The list."),
        ("entry_uuid" = Uuid, Path, description = "The entry."),
    ),
    responses((status = 204, description = "Gone."), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn delete_entry(
    PathIds(list, entry): PathIds<ListId, ListEntryId>,
    caller: Caller<may::WriteLists>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    lists::remove_entry(&engine, &caller.scope, list, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}
