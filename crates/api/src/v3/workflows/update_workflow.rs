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
/// Every field is optional; `features` replaces the list. Without a `status`, a published version changes in place and a
/// draft is published; `published` on a published version makes the next one, whose `uuid` is answered; `draft` keeps a
/// draft. Sessions stay on what they began on, also when a version changes in place.
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
