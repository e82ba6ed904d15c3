//! Members and invitations on the wire.

use engine::access::{Invitation, MemberRecord};
use engine::decision::instant;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::role_view::RoleNameView;

/// A member of the organisation.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
pub(super) struct MemberView {
    uuid: Uuid,
    /// The account.
    user_id: Uuid,
    email: String,
    role: RoleNameView,
    created_at: String,
}

/// Someone who may become one.
#[derive(Serialize, ToSchema)]
#[schema(as = Invitation)]
pub(super) struct InvitationView {
    uuid: Uuid,
    email: String,
    role: RoleNameView,
    expires_at: String,
    created_at: String,
}

impl From<MemberRecord> for MemberView {
    fn from(member: MemberRecord) -> Self {
        Self {
            uuid: member.id,
            user_id: member.account.0,
            email: member.email,
            role: member.role.into(),
            created_at: instant(member.created_at),
        }
    }
}

impl From<Invitation> for InvitationView {
    fn from(invitation: Invitation) -> Self {
        Self {
            uuid: invitation.id,
            email: invitation.email,
            role: invitation.role.into(),
            expires_at: instant(invitation.expires_at),
            created_at: instant(invitation.created_at),
        }
    }
}
