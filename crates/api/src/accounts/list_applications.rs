//! `GET /organizations/me/{organization}/applications/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use model::id::OrganizationId;

use super::view::ApplicationView;
use crate::caller::Bearer;
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// List an organisation's applications
#[utoipa::path(
    get, path = "/organizations/me/{organization}/applications/", tag = "accounts", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    responses((status = 200, description = "The applications.", body = Vec<ApplicationView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_applications(
    PathId(organization): PathId<OrganizationId>,
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
) -> Result<Json<Vec<ApplicationView>>, Problem> {
    let applications = accounts::list_applications(&engine, &operator, organization).await?;
    Ok(Json(applications.into_iter().map(ApplicationView::from).collect()))
}
