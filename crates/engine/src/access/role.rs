//! Roles: five of the system, and the organisation's own (core API §10.5).

use model::id::OrganizationId;
use store::Tx;
use store::roles::RoleRow;
use uuid::Uuid;

use super::Permissions;

/// What can be done with a resource.
pub const ACTIONS: [&str; 6] = ["read", "list", "create", "write", "delete", "approve"];

/// What permissions are about and API keys can be made for.
pub const KEY_RESOURCES: [&str; 16] = [
    "sessions",
    "users",
    "businesses",
    "transactions",
    "workflows",
    "questionnaires",
    "webhooks",
    "lists",
    "blocklist",
    "cases",
    "customization",
    "analytics",
    "subscription",
    "audit-logs",
    "reports",
    "monitoring",
];

/// What permissions are about that only operators have.
const OPERATORS_RESOURCES: [&str; 6] =
    ["organization", "members", "roles", "applications", "approvals", "networks"];

/// What permissions are about.
pub fn resources() -> impl Iterator<Item = &'static str> + Clone {
    OPERATORS_RESOURCES.into_iter().chain(KEY_RESOURCES)
}

/// Whether this is a permission: `action:resource`, both known.
pub fn is_permission(text: &str) -> bool {
    text.split_once(':').is_some_and(|(action, resource)| {
        ACTIONS.contains(&action) && resources().any(|known| known == resource)
    })
}

/// Roles that every organisation has and nobody edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named by the contract")]
pub enum SystemRole {
    Owner,
    Admin,
    ComplianceOfficer,
    Developer,
    Reader,
}

/// A role as its holder has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// For roles of the organisation.
    pub id: Option<Uuid>,
    /// What people call it.
    pub name: String,
    /// What programs call it.
    pub slug: String,
    /// What it is for.
    pub description: String,
    /// What it allows.
    pub permissions: Permissions,
}

impl Role {
    /// As members and invitations name it: the slug of a system role, else the id.
    pub fn key(&self) -> String {
        self.id.map_or_else(|| self.slug.clone(), |id| id.to_string())
    }

    /// The names of everything it allows, in a fixed order.
    pub fn permission_names(&self) -> Vec<String> {
        let every =
            resources().flat_map(|resource| ACTIONS.iter().map(move |action| format!("{action}:{resource}")));
        every.filter(|name| self.permissions.include(name)).collect()
    }
}

impl SystemRole {
    /// All of them, the most powerful first.
    pub const ALL: [Self; 5] =
        [Self::Owner, Self::Admin, Self::ComplianceOfficer, Self::Developer, Self::Reader];

    /// What programs call it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::ComplianceOfficer => "compliance_officer",
            Self::Developer => "developer",
            Self::Reader => "reader",
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Owner => ("Owner", "Everything, custom roles and the organisation itself included."),
            Self::Admin => ("Admin", "Everything but custom roles and deleting the organisation."),
            Self::ComplianceOfficer => ("Compliance Officer", "Reviews people and decides about them."),
            Self::Developer => ("Developer", "Integrates: keys, workflows, webhooks."),
            Self::Reader => ("Reader", "Looks, and changes nothing."),
        }
    }

    fn allows(self, action: &str, resource: &str) -> bool {
        let looks = matches!(action, "read" | "list");
        match self {
            Self::Owner => true,
            Self::Admin => (looks || resource != "roles") && (action, resource) != ("delete", "organization"),
            Self::ComplianceOfficer => match resource {
                "sessions" | "users" | "businesses" | "transactions" | "cases" | "lists" | "blocklist"
                | "reports" | "monitoring" | "approvals" => true,
                "applications" => action == "list",
                _ => looks,
            },
            Self::Developer => match resource {
                "applications" | "workflows" | "questionnaires" | "webhooks" | "customization" => true,
                "sessions" => looks || action == "create",
                "members" | "roles" | "audit-logs" => action == "list",
                _ => looks,
            },
            // Reading an application shows its key, and with the key one may do everything.
            Self::Reader => looks && (action, resource) != ("read", "applications"),
        }
    }

    /// The role as its holder has it.
    pub fn role(self) -> Role {
        let (name, description) = self.words();
        let names = resources().flat_map(|resource| {
            let allowed = ACTIONS.iter().filter(move |action| self.allows(action, resource));
            allowed.map(move |action| format!("{action}:{resource}"))
        });
        let permissions =
            if self == Self::Owner { Permissions::All } else { Permissions::These(names.collect()) };
        Role {
            id: None,
            name: name.to_owned(),
            slug: self.slug().to_owned(),
            description: description.to_owned(),
            permissions,
        }
    }
}

/// A stored role.
pub(super) fn opened(row: RoleRow) -> Result<Role, store::Error> {
    let permissions = serde_json::from_str(&row.permissions)
        .map_err(|_| store::Error::Corrupt { table: "roles", id: row.id.to_string() })?;
    Ok(Role {
        id: Some(row.id),
        name: row.name,
        slug: row.slug,
        description: row.description,
        permissions: Permissions::These(permissions),
    })
}

/// The organisation's role of this key, if it has one.
pub(super) async fn find(
    tx: &mut Tx,
    organization: OrganizationId,
    key: &str,
) -> Result<Option<Role>, store::Error> {
    if let Some(system) = SystemRole::ALL.into_iter().find(|role| role.slug() == key) {
        return Ok(Some(system.role()));
    }
    let Ok(id) = Uuid::try_parse(key) else { return Ok(None) };
    store::roles::find(tx, organization, id).await?.map(opened).transpose()
}

/// The role behind a member's row. A role that is gone allows nothing.
pub(super) async fn resolve(
    tx: &mut Tx,
    organization: OrganizationId,
    key: &str,
) -> Result<Role, store::Error> {
    let found = find(tx, organization, key).await?;
    Ok(found.unwrap_or_else(|| Role {
        id: None,
        name: key.to_owned(),
        slug: key.to_owned(),
        description: String::new(),
        permissions: Permissions::These([].into()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(role: SystemRole, permission: &str) -> bool {
        role.role().permissions.include(permission)
    }

    #[test]
    fn each_role_allows_no_more_than_the_one_above_it_but_for_its_trade() {
        let admin = SystemRole::Admin.role().permissions;
        for role in [SystemRole::ComplianceOfficer, SystemRole::Developer, SystemRole::Reader] {
            let permissions = role.role().permissions;
            assert!(admin.include_all(&permissions), "{}", role.slug());
            assert!(SystemRole::Owner.role().permissions.include_all(&permissions));
        }
        assert!(!may(SystemRole::Admin, "write:roles") && may(SystemRole::Owner, "write:roles"));
        assert!(!may(SystemRole::Admin, "delete:organization"));
    }

    #[test]
    fn whoever_only_looks_never_sees_a_key() {
        for role in [SystemRole::Reader, SystemRole::ComplianceOfficer] {
            assert!(!may(role, "read:applications") && may(role, "list:applications"), "{}", role.slug());
        }
        assert!(may(SystemRole::Developer, "read:applications"));
        let reader = SystemRole::Reader.role().permission_names();
        assert!(reader.iter().all(|name| name.starts_with("read:") || name.starts_with("list:")));
    }

    #[test]
    fn permissions_are_an_action_and_a_resource_of_the_lists() {
        assert!(is_permission("write:sessions") && is_permission("read:audit-logs"));
        for text in ["", "write", "write:", ":sessions", "fly:sessions", "write:moon", "write:sessions:"] {
            assert!(!is_permission(text), "{text}");
        }
    }
}
