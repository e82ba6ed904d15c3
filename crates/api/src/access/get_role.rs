//! `GET /organizations/{organization}/roles/{role}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, access};
use uuid::Uuid;

use super::role_view::RoleView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Read a role
#[utoipa::path(
    get, path = "/organizations/{organization}/roles/{role}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("role" = Uuid, Path, description = "The role's `uuid`.")),
    responses((status = 200, description = "The role.", body = RoleView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_role(
    operator: Operator<may::ListRoles>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
) -> Result<Json<RoleView>, Problem> {
    Ok(Json(access::find_role(&engine, &operator.member, &id.to_string()).await?.into()))
}
