//! `POST /organizations/me/`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, accounts};

use super::change_organization::Rename;
use crate::accounts::view::OrganizationView;
use crate::body::Body;
use crate::caller::Bearer;
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// Add an organisation
///
/// You own it. It has no application yet.
#[utoipa::path(
    post, path = "/organizations/me/", tag = "access", security(("bearer" = [])),
    request_body = Rename,
    responses((status = 201, description = "The organisation.", body = OrganizationView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_organization(
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
    Body(Rename { name }): Body<Rename>,
) -> Result<(StatusCode, Json<OrganizationView>), Problem> {
    let organization = accounts::make_organization(&engine, &operator, &name).await?;
    Ok((StatusCode::CREATED, Json(organization.into())))
}
