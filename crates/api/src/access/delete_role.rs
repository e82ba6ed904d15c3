//! `DELETE /organizations/{organization}/roles/{role}/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, access};
use uuid::Uuid;

use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Delete a role
///
/// Not while members have it.
#[utoipa::path(
    delete, path = "/organizations/{organization}/roles/{role}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("role" = Uuid, Path, description = "The role's `uuid`.")),
    responses((status = 204, description = "Deleted."), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn delete_role(
    operator: Operator<may::DeleteRoles>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    access::delete_role(&engine, &operator.member, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
