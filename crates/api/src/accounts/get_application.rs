//! `GET /organizations/me/{organization}/applications/{application}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use model::id::{ApplicationId, OrganizationId};

use super::view::ApplicationView;
use crate::caller::Bearer;
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathIds;
use crate::problem::Problem;

/// Read an application and its key
#[utoipa::path(
    get, path = "/organizations/me/{organization}/applications/{application}/", tag = "accounts",
    security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("application" = Uuid, Path, description = "One of its applications.")),
    responses((status = 200, description = "The application.", body = ApplicationView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_application(
    PathIds(organization, id): PathIds<OrganizationId, ApplicationId>,
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
) -> Result<Json<ApplicationView>, Problem> {
    Ok(Json(accounts::get_application(&engine, &operator, organization, id).await?.into()))
}
