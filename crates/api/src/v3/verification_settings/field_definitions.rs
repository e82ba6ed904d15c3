//! `GET …/workflow-graph/field-definitions/`

use axum::Json;
use engine::workflows::fields;
use serde_json::Value;

use crate::caller::{Console, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// List the fields and operators of conditions
///
/// The catalogue for every feature.
#[utoipa::path(
    get, path = "/v3/organization/{organization_id}/application/{application_id}/workflow-graph/field-definitions/", tag = "verification settings",
    security(("bearer" = [])),
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications.")),
    responses((status = 200, description = "The catalogue.", body = Object), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn field_definitions(
    _operator: Console<may::ReadWorkflows>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(fields::definitions()))
}
