//! `GET /organizations/me/{organization}/applications/{application}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use model::id::ApplicationId;

use super::view::ApplicationView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Read an application and its key
#[utoipa::path(
    get, path = "/organizations/me/{organization}/applications/{application}/", tag = "accounts",
    security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("application" = Uuid, Path, description = "One of its applications.")),
    responses((status = 200, description = "The application.", body = ApplicationView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_application(
    LastPathId(id): LastPathId<ApplicationId>,
    operator: Operator<may::ReadApplications>,
    State(engine): State<Engine>,
) -> Result<Json<ApplicationView>, Problem> {
    Ok(Json(accounts::get_application(&engine, &operator.member, id).await?.into()))
}
