//! `POST …/verification-settings/{uuid}/create-draft/`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::workflows::console;
use model::id::WorkflowVersionId;

use crate::caller::{Console, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;
use crate::v3::workflows::view::WorkflowView;

/// Begin a draft of a workflow
///
/// A new version that begins as this one. Where there is a draft already, that one is answered.
#[utoipa::path(
    post, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/{uuid}/create-draft/", tag = "verification settings",
    security(("bearer" = [])),
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications."), ("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 201, description = "The draft.", body = WorkflowView), (status = 200, description = "The draft there was.", body = WorkflowView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn create_draft(
    LastPathId(id): LastPathId<WorkflowVersionId>,
    operator: Console<may::WriteWorkflows>,
    State(engine): State<Engine>,
) -> Result<(StatusCode, Json<WorkflowView>), Problem> {
    let (draft, new) = console::create_draft(&engine, &operator.scope, id).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(draft.into())))
}
