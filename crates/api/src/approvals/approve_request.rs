//! `POST /organizations/{organization}/approvals/{approval}/approve/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, approvals};
use uuid::Uuid;

use super::view::ApprovalView;
use crate::caller::{Operator, may};
use crate::openapi::{DecisionRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Approve what somebody else asked
///
/// It is done at once, in one transaction with the approval; both people stand in the record of changes. You need the
/// permission that doing it takes, and cannot approve what you asked yourself, in person or by a key that you made.
/// A request that nobody is responsible for yet (`responsible` is `null`) becomes yours and goes on waiting.
#[utoipa::path(
    post, path = "/organizations/{organization}/approvals/{approval}/approve/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("approval" = Uuid, Path, description = "The request's `uuid`.")),
    responses((status = 200, description = "The request.", body = ApprovalView), DecisionRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn approve_request(
    operator: Operator<may::WriteApprovals>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
) -> Result<Json<ApprovalView>, Problem> {
    Ok(Json(approvals::approve(&engine, &operator.member, id).await?.into()))
}
