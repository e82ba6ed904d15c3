//! People who operate an organisation, and the codes that prove their e-mail address.

use jiff::Timestamp;
use model::id::{AccountId, OrganizationId};

use crate::column::{IdText, MaybeMillis, Millis, millis};
use crate::database::on;
use crate::{Error, Tx};

macro_rules! columns {
    () => {
        "id, organization_id, email_hash, sealed_email, password_hash, verified_at, failed_logins, locked_until, created_at"
    };
}

/// One operator.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0001_tenants.sql")]
pub struct AccountRow {
    #[sqlx(try_from = "IdText")]
    pub id: AccountId,
    #[sqlx(try_from = "IdText")]
    pub organization_id: OrganizationId,
    pub email_hash: String,
    pub sealed_email: Vec<u8>,
    pub password_hash: String,
    #[sqlx(try_from = "MaybeMillis")]
    pub verified_at: Option<Timestamp>,
    pub failed_logins: i64,
    #[sqlx(try_from = "MaybeMillis")]
    pub locked_until: Option<Timestamp>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// The live code of one account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0001_tenants.sql")]
pub struct CodeRow {
    #[sqlx(try_from = "IdText")]
    pub account_id: AccountId,
    pub code_hash: String,
    #[sqlx(try_from = "Millis")]
    pub expires_at: Timestamp,
    pub attempts: i64,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds an operator; [`crate::Constraint::Email`] if the address has an account.
pub async fn insert(tx: &mut Tx, row: &AccountRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO accounts (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"))
        .bind(row.id.to_string())
        .bind(row.organization_id.to_string())
        .bind(&row.email_hash)
        .bind(&row.sealed_email)
        .bind(&row.password_hash)
        .bind(millis(row.verified_at))
        .bind(row.failed_logins)
        .bind(millis(row.locked_until))
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The operator with this id.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<AccountRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!("SELECT ", columns!(), " FROM accounts WHERE id = $1"))
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The operator with this address, by its keyed hash.
pub async fn find_by_email_hash(tx: &mut Tx, email_hash: &str) -> Result<Option<AccountRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!("SELECT ", columns!(), " FROM accounts WHERE email_hash = $1"))
        .bind(email_hash)
        .fetch_optional(c).await)?)
}

/// Gives the account another password; [`Error::Stale`] if it is gone.
pub async fn set_password(tx: &mut Tx, id: AccountId, password_hash: &str) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query("UPDATE accounts SET password_hash = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(password_hash)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The account's address was proven; [`Error::Stale`] if the account is gone.
pub async fn set_verified(tx: &mut Tx, id: AccountId, at: Timestamp) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query("UPDATE accounts SET verified_at = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Makes this the account's one live code.
pub async fn put_code(tx: &mut Tx, row: &CodeRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO account_codes (account_id, code_hash, expires_at, attempts, created_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id) DO UPDATE
         SET code_hash = excluded.code_hash, expires_at = excluded.expires_at,
             attempts = excluded.attempts, created_at = excluded.created_at")
        .bind(row.account_id.to_string())
        .bind(&row.code_hash)
        .bind(row.expires_at.as_millisecond())
        .bind(row.attempts)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The account's live code. Whether it has expired is the caller's to judge.
pub async fn find_code(tx: &mut Tx, id: AccountId) -> Result<Option<CodeRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT account_id, code_hash, expires_at, attempts, created_at FROM account_codes WHERE account_id = $1")
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// Counts one more try of the live code and says how many there were; `None` if there is no code.
pub async fn count_code_attempt(tx: &mut Tx, id: AccountId) -> Result<Option<i64>, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "UPDATE account_codes SET attempts = attempts + 1 WHERE account_id = $1 RETURNING attempts")
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// Ends the live code.
pub async fn delete_code(tx: &mut Tx, id: AccountId) -> Result<(), Error> {
    on!(tx, c => sqlx::query("DELETE FROM account_codes WHERE account_id = $1")
        .bind(id.to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}
