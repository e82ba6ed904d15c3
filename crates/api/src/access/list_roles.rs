//! `GET /organizations/{organization}/roles/` (core API §1.1).

use axum::Json;
use axum::extract::State;
use engine::{Engine, access};

use super::role_view::RoleView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// List roles
///
/// The five of the system, then the organisation's own.
#[utoipa::path(
    get, path = "/organizations/{organization}/roles/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    responses((status = 200, description = "The roles.", body = Vec<RoleView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_roles(
    operator: Operator<may::ListRoles>,
    State(engine): State<Engine>,
) -> Result<Json<Vec<RoleView>>, Problem> {
    let roles = access::list_roles(&engine, &operator.member).await?;
    Ok(Json(roles.into_iter().map(RoleView::from).collect()))
}
