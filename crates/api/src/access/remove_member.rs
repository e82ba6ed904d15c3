//! `DELETE /organizations/{organization}/members/{member}/` (core API §1.1).

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, access};
use uuid::Uuid;

use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Remove a member
///
/// It counts from their next request on. The last owner stays.
#[utoipa::path(
    delete, path = "/organizations/{organization}/members/{member}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("member" = Uuid, Path, description = "The member's `uuid`.")),
    responses((status = 204, description = "Removed."), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn remove_member(
    operator: Operator<may::DeleteMembers>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    access::remove_member(&engine, &operator.member, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
