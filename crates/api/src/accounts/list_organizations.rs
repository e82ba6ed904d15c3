//! `GET /organizations/me/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};

use super::view::OrganizationView;
use crate::caller::Bearer;
use crate::openapi::KeyRefusals;
use crate::problem::Problem;

/// List your organisations
#[utoipa::path(
    get, path = "/organizations/me/", tag = "accounts", security(("bearer" = [])),
    responses((status = 200, description = "The organisations.", body = Vec<OrganizationView>), KeyRefusals)
)]
pub(super) async fn list_organizations(
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
) -> Result<Json<Vec<OrganizationView>>, Problem> {
    let organizations = accounts::list_organizations(&engine, &operator).await?;
    Ok(Json(organizations.into_iter().map(OrganizationView::from).collect()))
}
