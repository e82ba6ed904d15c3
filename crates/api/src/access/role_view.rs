//! A role on the wire.

use engine::access::Role;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A role.
#[derive(Serialize, ToSchema)]
#[schema(as = Role)]
pub(super) struct RoleView {
    /// `null` for roles of the system.
    uuid: Option<Uuid>,
    #[schema(example = "Compliance Officer")]
    name: String,
    #[schema(example = "compliance_officer")]
    slug: String,
    description: String,
    /// Whether every organisation has it and nobody edits it.
    is_system: bool,
    /// `action:resource`.
    #[schema(example = json!(["list:sessions", "read:sessions"]))]
    permissions: Vec<String>,
}

impl From<Role> for RoleView {
    fn from(role: Role) -> Self {
        let permissions = role.permission_names();
        Self {
            uuid: role.id,
            name: role.name,
            slug: role.slug,
            description: role.description,
            is_system: role.id.is_none(),
            permissions,
        }
    }
}

/// A role as members and invitations name it.
#[derive(Serialize, ToSchema)]
#[schema(as = RoleName)]
pub(super) struct RoleNameView {
    /// `null` for roles of the system.
    uuid: Option<Uuid>,
    name: String,
    slug: String,
}

impl From<Role> for RoleNameView {
    fn from(role: Role) -> Self {
        Self { uuid: role.id, name: role.name, slug: role.slug }
    }
}
