//! `POST /organizations/{organization}/approvals/{approval}/refuse/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, approvals};
use uuid::Uuid;

use super::view::ApprovalView;
use crate::caller::{Operator, may};
use crate::openapi::{DecisionRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Refuse what somebody asked
///
/// For good; also your own request.
#[utoipa::path(
    post, path = "/organizations/{organization}/approvals/{approval}/refuse/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own."), ("approval" = Uuid, Path, description = "The request's `uuid`.")),
    responses((status = 200, description = "The request.", body = ApprovalView), DecisionRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn refuse_request(
    operator: Operator<may::WriteApprovals>,
    LastPathId(id): LastPathId<Uuid>,
    State(engine): State<Engine>,
) -> Result<Json<ApprovalView>, Problem> {
    Ok(Json(approvals::refuse(&engine, &operator.member, id).await?.into()))
}
