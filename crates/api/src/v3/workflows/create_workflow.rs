//! `POST /v3/workflows/` (core API §5.2).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::workflows;

use super::change_workflow::{CreateWorkflow, WorkflowFields};
use super::view::WorkflowView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// Create a workflow
///
/// From a list of features in order; published at once unless `status` is `draft`. `OCR` comes before `FACE_MATCH`, `NFC`,
/// `DATABASE_VALIDATION` and `AML`. Any other key is refused by name.
#[utoipa::path(
    post, path = "/v3/workflows/", tag = "workflows", security(("api_key" = [])), request_body = WorkflowFields,
    responses((status = 201, description = "The first version.", body = WorkflowView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_workflow(
    caller: Caller<may::WriteWorkflows>,
    State(engine): State<Engine>,
    Body(CreateWorkflow(changes)): Body<CreateWorkflow>,
) -> Result<(StatusCode, Json<WorkflowView>), Problem> {
    let workflow = workflows::create(&engine, &caller.scope, changes).await?;
    Ok((StatusCode::CREATED, Json(workflow.into())))
}
