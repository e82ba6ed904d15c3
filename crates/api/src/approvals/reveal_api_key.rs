//! `POST /organizations/me/{organization}/applications/{application}/reveal-api-key/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use model::id::ApplicationId;

use crate::accounts::view::ApplicationView;
use crate::caller::{Operator, may};
use crate::openapi::{ObjectRefusals, SecondPersonRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Show an application's key
///
/// Where the organisation demands a second person, the first call asks for one; once they have approved, one more call
/// shows the key.
#[utoipa::path(
    post, path = "/organizations/me/{organization}/applications/{application}/reveal-api-key/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("application" = Uuid, Path, description = "One of its applications.")),
    responses((status = 200, description = "The application with its key.", body = ApplicationView), ObjectRefusals, SecondPersonRefusals)
)]
pub(super) async fn reveal_api_key(
    operator: Operator<may::ReadApplications>,
    LastPathId(id): LastPathId<ApplicationId>,
    State(engine): State<Engine>,
) -> Result<Json<ApplicationView>, Problem> {
    Ok(Json(accounts::reveal_api_key(&engine, &operator.member, id).await?.into()))
}
