//! How often codes were sent of late to one address, or by one application.

use jiff::{SignedDuration, Timestamp};

use crate::database::on;
use crate::{Error, Tx};

/// Counts one more send within `length` of the first and says how many there were. One statement that holds its row, so
/// that parallel sends are all counted.
pub async fn count(
    tx: &mut Tx,
    subject_hash: &str,
    length: SignedDuration,
    now: Timestamp,
) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "INSERT INTO send_windows (subject_hash, started_at, sends) VALUES ($1, $2, 1)
         ON CONFLICT (subject_hash) DO UPDATE
         SET sends = CASE WHEN send_windows.started_at <= $3 THEN 1 ELSE send_windows.sends + 1 END,
             started_at = CASE WHEN send_windows.started_at <= $3 THEN $2 ELSE send_windows.started_at END
         RETURNING sends")
        .bind(subject_hash)
        .bind(now.as_millisecond())
        .bind((now - length).as_millisecond())
        .fetch_one(c).await)?)
}

/// Takes back what was counted for a send that did not happen.
pub async fn uncount(tx: &mut Tx, subject_hash: &str) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE send_windows SET sends = sends - 1 WHERE subject_hash = $1 AND sends > 0")
        .bind(subject_hash)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets windows that began before this, and says how many.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    Ok(on!(tx, c => sqlx::query("DELETE FROM send_windows WHERE started_at < $1")
        .bind(before.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?)
}
