//! `GET /organizations/me/{organization}/applications/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};

use super::view::ApplicationView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// List an organisation's applications
///
/// Keys are `null` for members who may not read them.
#[utoipa::path(
    get, path = "/organizations/me/{organization}/applications/", tag = "accounts", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    responses((status = 200, description = "The applications.", body = Vec<ApplicationView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_applications(
    operator: Operator<may::ListApplications>,
    State(engine): State<Engine>,
) -> Result<Json<Vec<ApplicationView>>, Problem> {
    let applications = accounts::list_applications(&engine, &operator.member).await?;
    Ok(Json(applications.into_iter().map(ApplicationView::from).collect()))
}
