//! An organisation's own roles. Those of the system are no rows.

use jiff::Timestamp;
use model::id::OrganizationId;
use uuid::Uuid;

use crate::column::{IdText, Millis};
use crate::database::on;
use crate::{Error, Tx};

macro_rules! columns {
    () => {
        "id, organization_id, name, slug, description, permissions, created_at, updated_at"
    };
}

/// One role.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0014_access.sql")]
pub struct RoleRow {
    #[sqlx(try_from = "IdText")]
    pub id: Uuid,
    #[sqlx(try_from = "IdText")]
    pub organization_id: OrganizationId,
    pub name: String,
    pub slug: String,
    pub description: String,
    /// A JSON list of `action:resource`.
    pub permissions: String,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
}

/// Adds a role. False, and nothing done, if the organisation has one of this slug.
pub async fn insert(tx: &mut Tx, row: &RoleRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(concat!(
        "INSERT INTO roles (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (organization_id, slug) DO NOTHING"))
        .bind(row.id.to_string())
        .bind(row.organization_id.to_string())
        .bind(&row.name)
        .bind(&row.slug)
        .bind(&row.description)
        .bind(&row.permissions)
        .bind(row.created_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// Writes what changes of a role: name, description and permissions. Its slug stays.
pub async fn save(tx: &mut Tx, row: &RoleRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE roles SET name = $3, description = $4, permissions = $5, updated_at = $6
         WHERE organization_id = $1 AND id = $2")
        .bind(row.organization_id.to_string())
        .bind(row.id.to_string())
        .bind(&row.name)
        .bind(&row.description)
        .bind(&row.permissions)
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The organisation's role with this id.
pub async fn find(tx: &mut Tx, organization_id: OrganizationId, id: Uuid) -> Result<Option<RoleRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM roles WHERE organization_id = $1 AND id = $2"))
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The organisation's roles, oldest first.
pub async fn list(tx: &mut Tx, organization_id: OrganizationId) -> Result<Vec<RoleRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM roles WHERE organization_id = $1 ORDER BY created_at, id"))
        .bind(organization_id.to_string())
        .fetch_all(c).await)?)
}

/// Removes a role. Nobody may have it any more.
pub async fn delete(tx: &mut Tx, organization_id: OrganizationId, id: Uuid) -> Result<(), Error> {
    on!(tx, c => sqlx::query("DELETE FROM roles WHERE organization_id = $1 AND id = $2")
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}
