//! `GET …/verification-settings/{uuid}/`

use axum::Json;
use axum::extract::State;
use engine::{Engine, workflows};
use model::id::WorkflowVersionId;

use crate::caller::{Console, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;
use crate::v3::workflows::view::WorkflowView;

/// Read a workflow version in the console
///
/// Its graph and settings.
#[utoipa::path(
    get, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/{uuid}/", tag = "verification settings",
    security(("bearer" = [])),
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications."), ("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 200, description = "The version.", body = WorkflowView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_settings(
    LastPathId(id): LastPathId<WorkflowVersionId>,
    console: Console<may::ReadWorkflows>,
    State(engine): State<Engine>,
) -> Result<Json<WorkflowView>, Problem> {
    Ok(Json(workflows::get(&engine, &console.scope, id).await?.into()))
}
