//! Counted limits: how often a subject did something of late.

use jiff::Timestamp;

use crate::database::on;
use crate::{Error, Tx};

/// Lets transactions that count the same thing go one after the other: the next goes on when this one has ended.
pub async fn take_turn(tx: &mut Tx, action: &str, subject_hash: &str, at: Timestamp) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "INSERT INTO attempt_turns (action, subject_hash, at) VALUES ($1, $2, $3)
         ON CONFLICT (action, subject_hash) DO UPDATE SET at = excluded.at")
        .bind(action)
        .bind(subject_hash)
        .bind(at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Notes that this subject, by its keyed hash, did this (`register`, `login`…).
pub async fn record(tx: &mut Tx, action: &str, subject_hash: &str, at: Timestamp) -> Result<(), Error> {
    on!(tx, c => sqlx::query("INSERT INTO attempts (action, subject_hash, at) VALUES ($1, $2, $3)")
        .bind(action)
        .bind(subject_hash)
        .bind(at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// How often since then, that instant included.
pub async fn count_since(
    tx: &mut Tx,
    action: &str,
    subject_hash: &str,
    since: Timestamp,
) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM attempts WHERE action = $1 AND subject_hash = $2 AND at >= $3")
        .bind(action)
        .bind(subject_hash)
        .bind(since.as_millisecond())
        .fetch_one(c).await)?)
}

/// Forgets what is older, and says how much that was.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    on!(tx, c => sqlx::query("DELETE FROM attempt_turns WHERE at < $1")
        .bind(before.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(on!(tx, c => sqlx::query("DELETE FROM attempts WHERE at < $1")
        .bind(before.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?)
}
