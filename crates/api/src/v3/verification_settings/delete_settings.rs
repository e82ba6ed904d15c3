//! `DELETE …/verification-settings/{uuid}/`

use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::workflows::console;
use model::id::WorkflowVersionId;

use crate::caller::{Console, may};
use crate::openapi::{DetailView, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Delete a draft in the console
///
/// What was published is archived instead.
#[utoipa::path(
    delete, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/{uuid}/", tag = "verification settings",
    security(("bearer" = [])),
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications."), ("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 204, description = "Deleted."), (status = 400, description = "It is no draft.", body = DetailView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn delete_settings(
    LastPathId(id): LastPathId<WorkflowVersionId>,
    operator: Console<may::WriteWorkflows>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    console::delete_draft(&engine, &operator.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
