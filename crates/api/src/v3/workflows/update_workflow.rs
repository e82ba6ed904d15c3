//! `PATCH /v3/workflows/{uuid}/` (core API §5.2).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::workflows;
use model::id::WorkflowVersionId;

use super::change_workflow::{UpdateWorkflow, WorkflowFields};
use super::view::WorkflowView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Change a workflow version
///
/// Every field is optional; `features` replaces the list. A draft is changed in place, and published unless `status` is
/// `draft`. Of a published version the name and `is_default` change in place; anything else, or `status: "published"`,
/// makes the next version, whose `uuid` is answered. Sessions stay on the version they began on.
#[utoipa::path(
    patch, path = "/v3/workflows/{uuid}/", tag = "workflows", security(("api_key" = [])), request_body = WorkflowFields,
    params(("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 200, description = "The resulting version.", body = WorkflowView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_workflow(
    PathId(id): PathId<WorkflowVersionId>,
    caller: Caller<may::WriteWorkflows>,
    State(engine): State<Engine>,
    Body(UpdateWorkflow(changes)): Body<UpdateWorkflow>,
) -> Result<Json<WorkflowView>, Problem> {
    Ok(Json(workflows::update(&engine, &caller.scope, id, changes).await?.into()))
}
