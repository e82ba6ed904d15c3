//! `POST …/verification-settings/`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, workflows};

use crate::body::Body;
use crate::caller::{Console, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;
use crate::v3::workflows::change_workflow::{ConsoleWorkflow, WorkflowFields};
use crate::v3::workflows::view::WorkflowView;

/// Create a workflow in the console
///
/// From a list of `features`, a `graph`, or a template named by `workflow_type`; published at once unless `status` is `draft`.
#[utoipa::path(
    post, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/", tag = "verification settings",
    security(("bearer" = [])),
    request_body = WorkflowFields,
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications.")),
    responses((status = 201, description = "The first version.", body = WorkflowView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn create_settings(
    console: Console<may::WriteWorkflows>,
    State(engine): State<Engine>,
    Body(ConsoleWorkflow(changes)): Body<ConsoleWorkflow>,
) -> Result<(StatusCode, Json<WorkflowView>), Problem> {
    let workflow = workflows::create(&engine, &console.scope, changes).await?;
    Ok((StatusCode::CREATED, Json(workflow.into())))
}
