//! `DELETE /v3/workflows/{uuid}/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::workflows;
use model::id::WorkflowVersionId;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Delete a workflow version
///
/// Sessions that began on it go on; other versions stay.
#[utoipa::path(
    delete, path = "/v3/workflows/{uuid}/", tag = "workflows", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 204, description = "Gone."), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn delete_workflow(
    PathId(id): PathId<WorkflowVersionId>,
    caller: Caller<may::WriteWorkflows>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    workflows::delete(&engine, &caller.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
