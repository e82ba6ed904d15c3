//! Customers of this installation.

use jiff::Timestamp;
use model::id::OrganizationId;

use crate::column::{IdText, Millis};
use crate::database::on;
use crate::{Error, Tx};

/// One customer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0001_tenants.sql")]
pub struct OrganizationRow {
    #[sqlx(try_from = "IdText")]
    pub id: OrganizationId,
    pub name: String,
    pub second_person: bool,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds a customer.
pub async fn insert(tx: &mut Tx, row: &OrganizationRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO organizations (id, name, second_person, created_at) VALUES ($1, $2, $3, $4)")
        .bind(row.id.to_string())
        .bind(&row.name)
        .bind(row.second_person)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The customer with this id.
pub async fn find(tx: &mut Tx, id: OrganizationId) -> Result<Option<OrganizationRow>, Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT id, name, second_person, created_at FROM organizations WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(c).await)?,
    )
}

/// Gives a customer another name.
pub async fn rename(tx: &mut Tx, id: OrganizationId, name: &str) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE organizations SET name = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(name)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Whether some things need a second person there.
pub async fn needs_second_person(tx: &mut Tx, id: OrganizationId) -> Result<bool, Error> {
    let needed: Option<bool> = on!(tx, c => sqlx::query_scalar("SELECT second_person FROM organizations WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(c).await)?;
    Ok(needed.unwrap_or(false))
}

/// Makes a second person necessary, or not.
pub async fn set_second_person(tx: &mut Tx, id: OrganizationId, needed: bool) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE organizations SET second_person = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(needed)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Every customer, oldest first. For the operator's command line and the first start.
pub async fn list(tx: &mut Tx) -> Result<Vec<OrganizationRow>, Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT id, name, second_person, created_at FROM organizations ORDER BY created_at, id")
        .fetch_all(c).await)?,
    )
}
