//! Who may do what: organisations, members, roles, applications, named keys, and the record of changes (core API §1.1,
//! §2.3, §10.5). The routes of organisations also answer under `/auth/v2`.

use engine::Engine;
use engine::access::Refused;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, Problem};

mod accept_invitation;
mod api_key_view;
mod change_member;
mod change_organization;
mod create_api_key;
mod create_application;
mod create_organization;
mod create_role;
mod delete_role;
mod get_role;
mod invite_member;
mod list_api_keys;
mod list_audit_logs;
mod list_invitations;
mod list_members;
mod list_roles;
mod member_view;
mod remove_member;
mod rename_application;
mod revoke_api_key;
mod role_view;
mod rotate_api_key;
mod update_role;
mod withdraw_invitation;

pub(crate) use list_audit_logs::ActorView;

pub(crate) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(create_organization::create_organization))
        .routes(routes!(change_organization::change_organization))
        .routes(routes!(create_application::create_application))
        .routes(routes!(rename_application::rename_application))
        .routes(routes!(rotate_api_key::rotate_api_key))
        .routes(routes!(list_api_keys::list_api_keys, create_api_key::create_api_key))
        .routes(routes!(revoke_api_key::revoke_api_key))
        .routes(routes!(list_members::list_members))
        .routes(routes!(invite_member::invite_member))
        .routes(routes!(change_member::change_member, remove_member::remove_member))
        .routes(routes!(list_invitations::list_invitations))
        .routes(routes!(withdraw_invitation::withdraw_invitation))
        .routes(routes!(accept_invitation::accept_invitation))
        .routes(routes!(list_roles::list_roles, create_role::create_role))
        .routes(routes!(get_role::get_role, update_role::update_role, delete_role::delete_role))
        .routes(routes!(list_audit_logs::list_audit_logs))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::new(Code::NotFound),
            Refused::UnknownRole => Self::field("role", "The organization has no such role."),
            Refused::TooMuch => Self::new(Code::PermissionDenied),
            Refused::LastOwner => {
                Self::detail(Code::Invalid, "An organization must keep at least one owner.")
            }
            Refused::AlreadyMember => Self::field("email", "This person is already a member."),
            Refused::WrongInvitation => Self::field("token", "Invalid or expired invitation."),
            Refused::SlugTaken => Self::field("slug", "A role with this slug already exists."),
            Refused::RoleAssigned => {
                Self::detail(Code::Invalid, "The role is assigned to members and cannot be deleted.")
            }
            Refused::UnknownPermissions(names) => {
                let shown: Vec<String> =
                    names.iter().take(5).map(|name| name.chars().take(60).collect()).collect();
                Self::field("permissions", format!("Unknown permissions: {}", shown.join(", ")))
            }
            Refused::UnknownWorkflow => Self::field("workflow_ids", "Invalid workflow_id."),
            Refused::Mail(_) | Refused::Store(_) => Self::server_error(&refused),
        }
    }
}
