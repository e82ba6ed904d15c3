//! `GET /organizations/{organization}/invitations/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, access};

use super::member_view::InvitationView;
use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// List invitations that were not accepted
#[utoipa::path(
    get, path = "/organizations/{organization}/invitations/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    responses((status = 200, description = "The invitations, oldest first.", body = Vec<InvitationView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_invitations(
    operator: Operator<may::ListMembers>,
    State(engine): State<Engine>,
) -> Result<Json<Vec<InvitationView>>, Problem> {
    let invitations = access::list_invitations(&engine, &operator.member).await?;
    Ok(Json(invitations.into_iter().map(InvitationView::from).collect()))
}
