//! `GET /organizations/{organization}/members/` (core API §1.1).

use axum::Json;
use axum::extract::State;
use engine::{Engine, access};

use super::member_view::MemberView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// List members
#[utoipa::path(
    get, path = "/organizations/{organization}/members/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    responses((status = 200, description = "The members, oldest first.", body = Vec<MemberView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_members(
    operator: Operator<may::ListMembers>,
    State(engine): State<Engine>,
) -> Result<Json<Vec<MemberView>>, Problem> {
    let members = access::list_members(&engine, &operator.member).await?;
    Ok(Json(members.into_iter().map(MemberView::from).collect()))
}
