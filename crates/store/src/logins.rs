//! Logins of operators, what guards them, and second factors.

use jiff::Timestamp;
use model::id::AccountId;
use uuid::Uuid;

use crate::column::{IdText, MaybeMillis, Millis, millis};
use crate::database::on;
use crate::{Error, Tx};

/// One login; its tokens are good as long as it is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0014_access.sql")]
pub struct LoginRow {
    #[sqlx(try_from = "IdText")]
    pub id: Uuid,
    #[sqlx(try_from = "IdText")]
    pub account_id: AccountId,
    pub refresh_hash: String,
    #[sqlx(try_from = "Millis")]
    pub expires_at: Timestamp,
    #[sqlx(try_from = "MaybeMillis")]
    pub revoked_at: Option<Timestamp>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Failed logins of one address since the last success.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0014_access.sql")]
pub struct GuardRow {
    pub failures: i64,
    #[sqlx(try_from = "MaybeMillis")]
    pub locked_until: Option<Timestamp>,
}

/// Adds a login.
pub async fn insert(tx: &mut Tx, row: &LoginRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO logins (id, account_id, refresh_hash, expires_at, revoked_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(row.id.to_string())
        .bind(row.account_id.to_string())
        .bind(&row.refresh_hash)
        .bind(row.expires_at.as_millisecond())
        .bind(millis(row.revoked_at))
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The login with this id.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<LoginRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT id, account_id, refresh_hash, expires_at, revoked_at, created_at FROM logins WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// Changes the refresh token. False if the old one is not the latest any more, or the login is over.
pub async fn refresh(
    tx: &mut Tx,
    id: Uuid,
    (old_hash, new_hash): (&str, &str),
    expires_at: Timestamp,
) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE logins SET refresh_hash = $3, expires_at = $4
         WHERE id = $1 AND refresh_hash = $2 AND revoked_at IS NULL")
        .bind(id.to_string())
        .bind(old_hash)
        .bind(new_hash)
        .bind(expires_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Ends a login.
pub async fn revoke(tx: &mut Tx, id: Uuid, at: Timestamp) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE logins SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
        .bind(id.to_string())
        .bind(at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets logins, guards and challenges that have been over since then.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    for statement in [
        "DELETE FROM logins WHERE expires_at < $1",
        "DELETE FROM login_challenges WHERE expires_at < $1",
        "DELETE FROM login_guards WHERE failed_at < $1",
    ] {
        on!(tx, c => sqlx::query(statement).bind(before.as_millisecond()).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// What guards this address.
pub async fn find_guard(tx: &mut Tx, email_hash: &str) -> Result<Option<GuardRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as("SELECT failures, locked_until FROM login_guards WHERE email_hash = $1")
        .bind(email_hash)
        .fetch_optional(c).await)?)
}

/// Counts one more failed login of the address and says how many there were since the last success; right under
/// parallel guesses.
pub async fn count_failure(tx: &mut Tx, email_hash: &str, at: Timestamp) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO login_guards (email_hash, failures, locked_until, failed_at) VALUES ($1, 1, NULL, $2)
         ON CONFLICT (email_hash) DO UPDATE
         SET failures = login_guards.failures + 1, failed_at = excluded.failed_at
         RETURNING failures")
        .bind(email_hash)
        .bind(at.as_millisecond())
        .fetch_one(c).await)?)
}

/// Locks an address.
pub async fn lock(tx: &mut Tx, email_hash: &str, until: Timestamp) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE login_guards SET locked_until = $2 WHERE email_hash = $1")
        .bind(email_hash)
        .bind(until.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// A login succeeded: nothing is held against the address.
pub async fn forgive(tx: &mut Tx, email_hash: &str) -> Result<(), Error> {
    on!(tx, c => sqlx::query("DELETE FROM login_guards WHERE email_hash = $1")
        .bind(email_hash)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Keeps that a password was right and a code is to come.
pub async fn insert_challenge(
    tx: &mut Tx,
    token_hash: &str,
    account_id: AccountId,
    expires_at: Timestamp,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO login_challenges (token_hash, account_id, expires_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(account_id.to_string())
        .bind(expires_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Whose login waits for a code under this token, as of now.
pub async fn find_challenge(
    tx: &mut Tx,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<AccountId>, Error> {
    let found: Option<String> = on!(tx, c => sqlx::query_scalar(
        "SELECT account_id FROM login_challenges WHERE token_hash = $1 AND expires_at > $2")
        .bind(token_hash)
        .bind(now.as_millisecond())
        .fetch_optional(c).await)?;
    Ok(found.and_then(|text| text.parse().ok()))
}

/// Ends a challenge. False if it was over: somebody else used it.
pub async fn delete_challenge(tx: &mut Tx, token_hash: &str) -> Result<bool, Error> {
    let deleted = on!(tx, c => sqlx::query("DELETE FROM login_challenges WHERE token_hash = $1")
        .bind(token_hash)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(deleted == 1)
}
