//! `POST /organizations/{organization}/members/invite/` (core API §1.1).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, access};
use utoipa::ToSchema;

use super::member_view::InvitationView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Operator, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// Who is asked in.
#[derive(ToSchema)]
pub(super) struct InviteMember {
    #[schema(format = "email", example = "colleague@yourapp.com")]
    email: String,
    /// The slug of a system role, or the `uuid` of one of the organisation's own.
    #[schema(example = "developer")]
    role: String,
}

impl Read for InviteMember {
    fn read(fields: &mut Fields) -> Option<Self> {
        let email = fields.required("email", values::email);
        let role = fields.required("role", values::text(100));
        Some(Self { email: email?, role: role? })
    }
}

/// Invite a member
///
/// Mails a token that is good for seven days. Nobody gives a role that allows more than their own. Inviting again
/// replaces the invitation.
#[utoipa::path(
    post, path = "/organizations/{organization}/members/invite/", tag = "access", security(("bearer" = [])),
    params(("organization" = Uuid, Path, description = "One of your own.")),
    request_body = InviteMember,
    responses((status = 201, description = "The invitation was mailed.", body = InvitationView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn invite_member(
    operator: Operator<may::WriteMembers>,
    State(engine): State<Engine>,
    Body(InviteMember { email, role }): Body<InviteMember>,
) -> Result<(StatusCode, Json<InvitationView>), Problem> {
    let invitation = access::invite(&engine, &operator.member, &email, &role).await?;
    Ok((StatusCode::CREATED, Json(invitation.into())))
}
