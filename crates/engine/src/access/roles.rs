//! An organisation's own roles (core API §10.5): owners make them, and they cannot be deleted while assigned.

use std::collections::BTreeSet;

use serde_json::json;
use store::Tx;
use store::roles::RoleRow;
use uuid::Uuid;

use super::{Member, Permissions, Refused, Role, SystemRole, is_permission, role};
use crate::{Engine, audit};

/// What a new role asks for.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "core API §10.5")]
pub struct NewRole {
    pub name: String,
    /// Made of the name unless given.
    pub slug: Option<String>,
    pub description: String,
    pub permissions: Vec<String>,
}

/// What changes of a role; what is absent stays.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "core API §10.5")]
pub struct RoleChanges {
    pub name: Option<String>,
    pub description: Option<String>,
    pub permissions: Option<Vec<String>>,
}

/// The system's roles, then the organisation's own, oldest first.
pub async fn list_roles(engine: &Engine, member: &Member) -> Result<Vec<Role>, Refused> {
    let mut tx = engine.store.read().await?;
    let mut roles: Vec<Role> = SystemRole::ALL.into_iter().map(SystemRole::role).collect();
    for row in store::roles::list(&mut tx, member.organization()).await? {
        roles.push(role::opened(row)?);
    }
    Ok(roles)
}

/// One of the organisation's roles, by slug of the system's or id of its own.
pub async fn find_role(engine: &Engine, member: &Member, key: &str) -> Result<Role, Refused> {
    let mut tx = engine.store.read().await?;
    role::find(&mut tx, member.organization(), key).await?.ok_or(Refused::NotFound)
}

/// Adds a role.
pub async fn create_role(engine: &Engine, member: &Member, new: NewRole) -> Result<Role, Refused> {
    let permissions = given(member, new.permissions)?;
    let slug = new.slug.unwrap_or_else(|| slug_of(&new.name));
    if slug.is_empty() || SystemRole::ALL.iter().any(|role| role.slug() == slug) {
        return Err(Refused::SlugTaken);
    }
    let now = engine.now();
    let row = RoleRow {
        id: engine.uuid(),
        organization_id: member.organization(),
        name: new.name,
        slug,
        description: new.description,
        permissions: json!(permissions).to_string(),
        created_at: now,
        updated_at: now,
    };
    let mut tx = engine.store.begin().await?;
    if !store::roles::insert(&mut tx, &row).await? {
        return Err(Refused::SlugTaken);
    }
    let details = json!({ "permissions": permissions });
    audit::note_of(engine, &mut tx, member, "role.created", row.id, details).await?;
    tx.commit().await?;
    Ok(role::opened(row)?)
}

/// Changes a role; for those who have it, it counts from their next request on.
pub async fn update_role(
    engine: &Engine,
    member: &Member,
    id: Uuid,
    changes: RoleChanges,
) -> Result<Role, Refused> {
    let mut tx = engine.store.begin().await?;
    let mut row = own(&mut tx, member, id).await?;
    if let Some(permissions) = changes.permissions {
        row.permissions = json!(given(member, permissions)?).to_string();
    }
    row.name = changes.name.unwrap_or(row.name);
    row.description = changes.description.unwrap_or(row.description);
    row.updated_at = engine.now();
    store::roles::save(&mut tx, &row).await?;
    let role = role::opened(row)?;
    let details = json!({ "permissions": role.permission_names() });
    audit::note_of(engine, &mut tx, member, "role.changed", id, details).await?;
    tx.commit().await?;
    Ok(role)
}

/// Removes a role that nobody has.
pub async fn delete_role(engine: &Engine, member: &Member, id: Uuid) -> Result<(), Refused> {
    let organization = member.organization();
    let mut tx = engine.store.begin().await?;
    store::attempts::take_turn(&mut tx, "members", &organization.to_string(), engine.now()).await?;
    own(&mut tx, member, id).await?;
    if store::members::count_with_role(&mut tx, organization, &id.to_string()).await? > 0 {
        return Err(Refused::RoleAssigned);
    }
    store::roles::delete(&mut tx, organization, id).await?;
    audit::note_of(engine, &mut tx, member, "role.deleted", id, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

async fn own(tx: &mut Tx, member: &Member, id: Uuid) -> Result<RoleRow, Refused> {
    store::roles::find(tx, member.organization(), id).await?.ok_or(Refused::NotFound)
}

/// Known permissions that the giver has.
fn given(member: &Member, names: Vec<String>) -> Result<BTreeSet<String>, Refused> {
    let (known, unknown): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| is_permission(name));
    if !unknown.is_empty() {
        return Err(Refused::UnknownPermissions(unknown));
    }
    let known: BTreeSet<String> = known.into_iter().collect();
    let held = member.role().permissions.include_all(&Permissions::These(known.clone()));
    if held { Ok(known) } else { Err(Refused::TooMuch) }
}

/// `KYC Analyst` as `kyc_analyst`.
fn slug_of(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}
