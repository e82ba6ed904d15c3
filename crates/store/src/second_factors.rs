//! Second factors of operators: one shared secret per account, and the codes for when the device is lost.

use jiff::Timestamp;
use model::id::AccountId;

use crate::column::{MaybeMillis, Millis, millis};
use crate::database::on;
use crate::{Error, Tx};

/// One account's secret.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0014_access.sql")]
pub struct SecondFactorRow {
    /// Sealed with [`crate::Keyring::seal`].
    pub sealed_secret: Vec<u8>,
    #[sqlx(try_from = "MaybeMillis")]
    pub confirmed_at: Option<Timestamp>,
    pub last_step: i64,
    pub failures: i64,
    #[sqlx(try_from = "MaybeMillis")]
    pub locked_until: Option<Timestamp>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Keeps a secret whose first code is still to come. False, and nothing done, if the account has a confirmed one.
pub async fn put_pending(
    tx: &mut Tx,
    account_id: AccountId,
    sealed_secret: &[u8],
    at: Timestamp,
) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "INSERT INTO second_factors
           (account_id, sealed_secret, confirmed_at, last_step, failures, locked_until, created_at)
         VALUES ($1, $2, NULL, 0, 0, NULL, $3)
         ON CONFLICT (account_id) DO UPDATE
         SET sealed_secret = excluded.sealed_secret, created_at = excluded.created_at
         WHERE second_factors.confirmed_at IS NULL")
        .bind(account_id.to_string())
        .bind(sealed_secret)
        .bind(at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// The account's second factor.
pub async fn find(tx: &mut Tx, account_id: AccountId) -> Result<Option<SecondFactorRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT sealed_secret, confirmed_at, last_step, failures, locked_until, created_at
         FROM second_factors WHERE account_id = $1")
        .bind(account_id.to_string())
        .fetch_optional(c).await)?)
}

/// The first code came.
pub async fn confirm(tx: &mut Tx, account_id: AccountId, at: Timestamp) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE second_factors SET confirmed_at = $2 WHERE account_id = $1")
        .bind(account_id.to_string())
        .bind(at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Uses the code of this step and forgives wrong ones before. False if it, or a later one, was used already.
pub async fn use_step(tx: &mut Tx, account_id: AccountId, step: i64) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE second_factors SET last_step = $2, failures = 0, locked_until = NULL
         WHERE account_id = $1 AND last_step < $2")
        .bind(account_id.to_string())
        .bind(step)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Counts one more guess and says how many there were since the last right one.
pub async fn count_failure(tx: &mut Tx, account_id: AccountId) -> Result<i64, Error> {
    let count: Option<i64> = on!(tx, c => sqlx::query_scalar(
        "UPDATE second_factors SET failures = failures + 1 WHERE account_id = $1 RETURNING failures")
        .bind(account_id.to_string())
        .fetch_optional(c).await)?;
    Ok(count.unwrap_or(0))
}

/// Sets how many guesses are held against the account and until when none is looked at.
pub async fn set_lock(
    tx: &mut Tx,
    account_id: AccountId,
    failures: i64,
    until: Option<Timestamp>,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE second_factors SET failures = $2, locked_until = $3 WHERE account_id = $1")
        .bind(account_id.to_string())
        .bind(failures)
        .bind(millis(until))
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Takes the second factor and its recovery codes away.
pub async fn delete(tx: &mut Tx, account_id: AccountId) -> Result<(), Error> {
    for statement in [
        "DELETE FROM recovery_codes WHERE account_id = $1",
        "DELETE FROM second_factors WHERE account_id = $1",
    ] {
        on!(tx, c => sqlx::query(statement).bind(account_id.to_string()).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Makes these the account's only recovery codes.
pub async fn put_recovery_codes(
    tx: &mut Tx,
    account_id: AccountId,
    code_hashes: &[String],
) -> Result<(), Error> {
    on!(tx, c => sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1")
        .bind(account_id.to_string())
        .execute(c).await.map(drop))?;
    for code_hash in code_hashes {
        on!(tx, c => sqlx::query(
            "INSERT INTO recovery_codes (account_id, code_hash, used_at) VALUES ($1, $2, NULL)")
            .bind(account_id.to_string())
            .bind(code_hash)
            .execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Uses a recovery code. False if it is none, or was used.
pub async fn use_recovery_code(
    tx: &mut Tx,
    account_id: AccountId,
    code_hash: &str,
    at: Timestamp,
) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE recovery_codes SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL")
        .bind(account_id.to_string())
        .bind(code_hash)
        .bind(at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}
