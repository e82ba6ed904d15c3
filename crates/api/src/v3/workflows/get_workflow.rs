//! `GET /v3/workflows/{uuid}/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::workflows;
use model::id::WorkflowVersionId;

use super::view::WorkflowView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Read a workflow version
#[utoipa::path(
    get, path = "/v3/workflows/{uuid}/", tag = "workflows", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 200, description = "The version in full.", body = WorkflowView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_workflow(
    PathId(id): PathId<WorkflowVersionId>,
    caller: Caller<may::ReadWorkflows>,
    State(engine): State<Engine>,
) -> Result<Json<WorkflowView>, Problem> {
    Ok(Json(workflows::get(&engine, &caller.scope, id).await?.into()))
}
