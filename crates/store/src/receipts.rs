//! Writes that may be repeated: what was asked under a key, whether it changed anything, and what was answered.
//!
//! A request that is [`carried`] marks its receipt in every transaction that it begins. The mark is committed with the
//! change or not at all, so that after a crash it is known which of the two happened.

use jiff::Timestamp;
use model::id::{OrganizationId, SessionId};
use uuid::Uuid;

use crate::column::{MaybeIdText, Millis, text};
use crate::database::on;
use crate::{Error, Tx};

/// What is known of one request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0015_limits.sql")]
pub struct ReceiptRow {
    pub id: String,
    pub request_hash: String,
    pub taken: i64,
    #[sqlx(try_from = "Millis")]
    pub leased_until: Timestamp,
    pub begun: bool,
    pub status: Option<i64>,
    pub content_type: Option<String>,
    #[sqlx(try_from = "MaybeIdText")]
    pub session_id: Option<SessionId>,
    pub sealed_body: Option<Vec<u8>>,
    #[sqlx(try_from = "MaybeIdText")]
    pub organization_id: Option<OrganizationId>,
    pub permission: Option<String>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// The right to carry a request out, until someone else takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation {
    /// The receipt.
    pub id: Uuid,
    /// How often it was taken, this time included.
    pub taken: i64,
}

/// What was answered.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "columns, described in migrations/0015_limits.sql")]
pub struct Settled<'a> {
    pub status: i64,
    pub content_type: Option<&'a str>,
    pub session_id: Option<SessionId>,
    pub sealed_body: Option<&'a [u8]>,
    /// What an operator had to be allowed, and where.
    pub demanded: Option<(OrganizationId, &'a str)>,
}

tokio::task_local! {
    static CARRIED: Reservation;
}

/// Runs a request under its reservation: every transaction that it begins carries the mark, and none begins once the
/// reservation has passed to another.
pub async fn carried<F: Future>(reservation: Reservation, request: F) -> F::Output {
    CARRIED.scope(reservation, request).await
}

/// Marks the receipt of the request that this task carries, if it carries one.
pub(crate) async fn mark_begun(tx: &mut Tx) -> Result<(), Error> {
    let Ok(reservation) = CARRIED.try_with(|reservation| *reservation) else { return Ok(()) };
    let marked = on!(tx, c => sqlx::query("UPDATE receipts SET begun = TRUE WHERE id = $1 AND taken = $2")
        .bind(reservation.id.to_string())
        .bind(reservation.taken)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if marked == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The receipt of this caller's key.
pub async fn find(tx: &mut Tx, caller_hash: &str, key_hash: &str) -> Result<Option<ReceiptRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT id, request_hash, taken, leased_until, begun, status, content_type, session_id, sealed_body,
                organization_id, permission, created_at
         FROM receipts WHERE caller_hash = $1 AND key_hash = $2")
        .bind(caller_hash)
        .bind(key_hash)
        .fetch_optional(c).await)?)
}

/// Reserves a key that was never used. False, and nothing done, if somebody was faster.
pub async fn reserve(
    tx: &mut Tx,
    id: Uuid,
    hashes: (&str, &str, &str),
    leased_until: Timestamp,
    now: Timestamp,
) -> Result<bool, Error> {
    let (caller_hash, key_hash, request_hash) = hashes;
    let inserted = on!(tx, c => sqlx::query(
        "INSERT INTO receipts (id, caller_hash, key_hash, request_hash, taken, leased_until, begun, created_at)
         VALUES ($1, $2, $3, $4, 1, $5, FALSE, $6)
         ON CONFLICT (caller_hash, key_hash) DO NOTHING")
        .bind(id.to_string())
        .bind(caller_hash)
        .bind(key_hash)
        .bind(request_hash)
        .bind(leased_until.as_millisecond())
        .bind(now.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// Takes up a request that was left without having changed anything. False if somebody was faster, or if it has begun.
pub async fn take_up(tx: &mut Tx, row: &ReceiptRow, leased_until: Timestamp) -> Result<bool, Error> {
    let taken = on!(tx, c => sqlx::query(
        "UPDATE receipts SET taken = taken + 1, leased_until = $3
         WHERE id = $1 AND taken = $2 AND begun = FALSE AND status IS NULL")
        .bind(&row.id)
        .bind(row.taken)
        .bind(leased_until.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken == 1)
}

/// Keeps the answer. [`Error::Stale`] if the reservation has passed to another.
pub async fn settle(tx: &mut Tx, reservation: Reservation, answer: &Settled<'_>) -> Result<(), Error> {
    let settled = on!(tx, c => sqlx::query(
        "UPDATE receipts SET status = $3, content_type = $4, session_id = $5, sealed_body = $6, organization_id = $7, permission = $8
         WHERE id = $1 AND taken = $2")
        .bind(reservation.id.to_string())
        .bind(reservation.taken)
        .bind(answer.status)
        .bind(answer.content_type)
        .bind(text(answer.session_id))
        .bind(answer.sealed_body)
        .bind(text(answer.demanded.map(|(organization, _)| organization)))
        .bind(answer.demanded.map(|(_, permission)| permission))
        .execute(c).await.map(|done| done.rows_affected()))?;
    if settled == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Gives the key back, as if it had not been used.
pub async fn release(tx: &mut Tx, reservation: Reservation) -> Result<(), Error> {
    on!(tx, c => sqlx::query("DELETE FROM receipts WHERE id = $1 AND taken = $2")
        .bind(reservation.id.to_string())
        .bind(reservation.taken)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Ends the reservation of a request that changed something and has no answer to keep.
pub async fn leave(tx: &mut Tx, reservation: Reservation, now: Timestamp) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE receipts SET leased_until = $3 WHERE id = $1 AND taken = $2")
        .bind(reservation.id.to_string())
        .bind(reservation.taken)
        .bind(now.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Whether the request under this reservation changed something.
pub async fn has_begun(tx: &mut Tx, reservation: Reservation) -> Result<bool, Error> {
    let begun: Option<bool> = on!(tx, c => sqlx::query_scalar("SELECT begun FROM receipts WHERE id = $1")
        .bind(reservation.id.to_string())
        .fetch_optional(c).await)?;
    Ok(begun == Some(true))
}

/// Forgets a receipt whose day is over, so that its key can be used again.
pub async fn forget(tx: &mut Tx, row: &ReceiptRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query("DELETE FROM receipts WHERE id = $1 AND taken = $2")
        .bind(&row.id)
        .bind(row.taken)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Forgets what is older, and says how much that was.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    Ok(on!(tx, c => sqlx::query("DELETE FROM receipts WHERE created_at < $1")
        .bind(before.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?)
}
