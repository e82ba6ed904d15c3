//! `GET /organizations/{organization}/approvals/{approval}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, approvals};
use uuid::Uuid;

use super::view::ApprovalView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Read a request
///
/// What is to be done, who asked, and what became of it.
#[utoipa::path(
    get, path = "/organizations/{organization}/approvals/{approval}/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("approval" = Uuid, Path, description = "The request's `uuid`.")),
    responses((status = 200, description = "The request.", body = ApprovalView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_approval(
    operator: Operator<may::ListApprovals>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
) -> Result<Json<ApprovalView>, Problem> {
    Ok(Json(approvals::get(&engine, &operator.member, id).await?.into()))
}
