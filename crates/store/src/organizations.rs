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
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds a customer.
pub async fn insert(tx: &mut Tx, row: &OrganizationRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query("INSERT INTO organizations (id, name, created_at) VALUES ($1, $2, $3)")
        .bind(row.id.to_string())
        .bind(&row.name)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The customer with this id.
pub async fn find(tx: &mut Tx, id: OrganizationId) -> Result<Option<OrganizationRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as("SELECT id, name, created_at FROM organizations WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// Gives a customer another name.
pub async fn rename(tx: &mut Tx, id: OrganizationId, name: &str) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE organizations SET name = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(name)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Every customer, oldest first. For the operator's command line and the first start.
pub async fn list(tx: &mut Tx) -> Result<Vec<OrganizationRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as("SELECT id, name, created_at FROM organizations ORDER BY created_at, id")
        .fetch_all(c).await)?)
}
