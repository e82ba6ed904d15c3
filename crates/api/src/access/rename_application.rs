//! `PATCH /organizations/me/{organization}/applications/{application}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use model::id::ApplicationId;

use super::change_organization::Rename;
use crate::accounts::view::ApplicationView;
use crate::body::Body;
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Rename an application
#[utoipa::path(
    patch, path = "/organizations/me/{organization}/applications/{application}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("application" = Uuid, Path, description = "One of its applications.")),
    request_body = Rename,
    responses((status = 200, description = "The application.", body = ApplicationView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn rename_application(
    operator: Operator<may::WriteApplications>,
    LastPathId(id): LastPathId<ApplicationId>,
    State(engine): State<Engine>,
    Body(Rename { name }): Body<Rename>,
) -> Result<Json<ApplicationView>, Problem> {
    Ok(Json(accounts::rename_application(&engine, &operator.member, id, &name).await?.into()))
}
