//! What organisations have paid in advance. A balance never falls below nothing, whoever charges it at the same time.

use jiff::Timestamp;
use model::id::{ApplicationId, OrganizationId};
use uuid::Uuid;

use crate::column::text;
use crate::database::on;
use crate::{Error, Tx};

/// One movement, amounts in ten-thousandths of a dollar.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "columns, described in migrations/0015_limits.sql")]
pub struct Movement<'a> {
    pub id: Uuid,
    pub organization_id: OrganizationId,
    pub application_id: Option<ApplicationId>,
    pub amount: i64,
    pub object: &'a str,
    pub at: Timestamp,
}

/// The balance; nothing was ever paid in where there is no row.
pub async fn balance(tx: &mut Tx, organization_id: OrganizationId) -> Result<i64, Error> {
    let balance: Option<i64> = on!(tx, c => sqlx::query_scalar("SELECT balance FROM credit_balances WHERE organization_id = $1")
        .bind(organization_id.to_string())
        .fetch_optional(c).await)?;
    Ok(balance.unwrap_or(0))
}

/// Takes the amount, if the balance holds it; false, and nothing done, if it does not.
///
/// Whoever charges the same organisation at the same time waits for the end of this transaction.
pub async fn charge(tx: &mut Tx, movement: &Movement<'_>) -> Result<bool, Error> {
    let after: Option<i64> = on!(tx, c => sqlx::query_scalar(
        "UPDATE credit_balances SET balance = balance - $2 WHERE organization_id = $1 AND balance >= $2
         RETURNING balance")
        .bind(movement.organization_id.to_string())
        .bind(movement.amount)
        .fetch_optional(c).await)?;
    let Some(after) = after else { return Ok(false) };
    enter(tx, "charge", movement, -movement.amount, after).await?;
    Ok(true)
}

/// Adds what was paid in and says the new balance.
pub async fn top_up(tx: &mut Tx, movement: &Movement<'_>) -> Result<i64, Error> {
    add(tx, "top_up", movement).await
}

/// Adds what was charged for nothing.
pub async fn give_back(tx: &mut Tx, movement: &Movement<'_>) -> Result<i64, Error> {
    add(tx, "refund", movement).await
}

async fn add(tx: &mut Tx, kind: &str, movement: &Movement<'_>) -> Result<i64, Error> {
    let after: i64 = on!(tx, c => sqlx::query_scalar(
        "INSERT INTO credit_balances (organization_id, balance) VALUES ($1, $2)
         ON CONFLICT (organization_id) DO UPDATE SET balance = credit_balances.balance + $2
         RETURNING balance")
        .bind(movement.organization_id.to_string())
        .bind(movement.amount)
        .fetch_one(c).await)?;
    enter(tx, kind, movement, movement.amount, after).await?;
    Ok(after)
}

/// Every movement of an organisation, oldest first: kind, amount and balance afterwards.
pub async fn list(tx: &mut Tx, organization_id: OrganizationId) -> Result<Vec<(String, i64, i64)>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT kind, amount, balance_after FROM credit_entries WHERE organization_id = $1 ORDER BY id")
        .bind(organization_id.to_string())
        .fetch_all(c).await)?)
}

async fn enter(
    tx: &mut Tx,
    kind: &str,
    movement: &Movement<'_>,
    amount: i64,
    after: i64,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO credit_entries
           (id, organization_id, application_id, kind, amount, balance_after, object, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(movement.id.to_string())
        .bind(movement.organization_id.to_string())
        .bind(text(movement.application_id))
        .bind(kind)
        .bind(amount)
        .bind(after)
        .bind(movement.object)
        .bind(movement.at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}
