//! `PATCH …/verification-settings/{uuid}/`

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::workflows::console;
use model::id::WorkflowVersionId;

use crate::body::Body;
use crate::caller::{Console, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;
use crate::v3::workflows::change_workflow::{ConsoleWorkflow, WorkflowFields};
use crate::v3::workflows::view::WorkflowView;

/// Change or publish a workflow version in the console
///
/// A draft changes in place and stays one until `status` is `published`. Of a published version only the name, `is_default` and `is_archived` change.
#[utoipa::path(
    patch, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/{uuid}/", tag = "verification settings",
    security(("bearer" = [])),
    request_body = WorkflowFields,
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications."), ("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 200, description = "The resulting version.", body = WorkflowView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_settings(
    LastPathId(id): LastPathId<WorkflowVersionId>,
    operator: Console<may::WriteWorkflows>,
    State(engine): State<Engine>,
    Body(ConsoleWorkflow(changes)): Body<ConsoleWorkflow>,
) -> Result<Json<WorkflowView>, Problem> {
    Ok(Json(console::change(&engine, &operator.scope, id, changes).await?.into()))
}
