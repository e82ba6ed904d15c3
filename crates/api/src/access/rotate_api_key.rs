//! `POST /organizations/me/{organization}/applications/{application}/rotate-api-key/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use model::id::ApplicationId;

use crate::accounts::view::ApplicationView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Give an application another key
///
/// The old key, and every client's token made with it, opens nothing from now on.
#[utoipa::path(
    post, path = "/organizations/me/{organization}/applications/{application}/rotate-api-key/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("application" = Uuid, Path, description = "One of its applications.")),
    responses((status = 200, description = "The application with its new key.", body = ApplicationView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn rotate_api_key(
    operator: Operator<may::WriteApplications>,
    LastPathId(id): LastPathId<ApplicationId>,
    State(engine): State<Engine>,
) -> Result<Json<ApplicationView>, Problem> {
    Ok(Json(accounts::rotate_api_key(&engine, &operator.member, id).await?.into()))
}
