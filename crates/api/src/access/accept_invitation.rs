//! `POST /organizations/me/accept-invitation/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, access};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::body::{Body, Fields, Read, values};
use crate::caller::Bearer;
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// What was mailed.
#[derive(ToSchema)]
pub(super) struct AcceptInvitation {
    token: String,
}

impl Read for AcceptInvitation {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { token: fields.required("token", values::text(100))? })
    }
}

/// Where one is a member now.
#[derive(Serialize, ToSchema)]
pub(super) struct AcceptedView {
    organization_id: Uuid,
}

/// Accept an invitation
///
/// It must have been mailed to the address of your account.
#[utoipa::path(
    post, path = "/organizations/me/accept-invitation/", tag = "access", security(("bearer" = [])),
    request_body = AcceptInvitation,
    responses((status = 200, description = "You are a member.", body = AcceptedView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn accept_invitation(
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
    Body(AcceptInvitation { token }): Body<AcceptInvitation>,
) -> Result<Json<AcceptedView>, Problem> {
    let organization = access::accept_invitation(&engine, &operator, &token).await?;
    Ok(Json(AcceptedView { organization_id: organization.0 }))
}
