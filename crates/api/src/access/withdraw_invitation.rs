//! `DELETE /organizations/{organization}/invitations/{invitation}/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, access};
use uuid::Uuid;

use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Withdraw an invitation
#[utoipa::path(
    delete, path = "/organizations/{organization}/invitations/{invitation}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("invitation" = Uuid, Path, description = "The invitation's `uuid`.")),
    responses((status = 204, description = "Withdrawn."), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn withdraw_invitation(
    operator: Operator<may::WriteMembers>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    access::withdraw_invitation(&engine, &operator.member, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
