//! Lanes: jobs that are claimed apart from all others, so that a slow destination delays no other, and in order.

use jiff::{SignedDuration, Timestamp};

use super::{Claimed, Job, claim_statement, in_order};
use crate::database::once;
use crate::{Error, Store, Tx};

/// The lanes in which something is due. One index step per lane, however many jobs a lane holds.
pub async fn due_lanes(store: &Store, now: Timestamp) -> Result<Vec<String>, Error> {
    Ok(once!(store, pool => sqlx::query_scalar(
        "WITH RECURSIVE lanes (lane) AS (
             SELECT MIN(jobs.lane) FROM jobs WHERE jobs.failed_at IS NULL AND jobs.lane > ''
             UNION ALL
             SELECT (SELECT MIN(jobs.lane) FROM jobs WHERE jobs.failed_at IS NULL AND jobs.lane > lanes.lane)
             FROM lanes WHERE lanes.lane IS NOT NULL
         )
         SELECT lane FROM lanes
         WHERE lane IS NOT NULL AND EXISTS
             (SELECT 1 FROM jobs WHERE jobs.lane = lanes.lane AND jobs.failed_at IS NULL AND jobs.due_at <= $1
                  AND (jobs.leased_until IS NULL OR jobs.leased_until < $1))
         ORDER BY lane")
        .bind(now.as_millisecond())
        .fetch_all(pool).await)?)
}

/// Not what follows, in its order, something that nobody has tried yet or that is being tried.
macro_rules! in_lane {
    () => {
        "lane = $4 AND (order_key IS NULL OR NOT EXISTS
             (SELECT 1 FROM jobs AS earlier
              WHERE earlier.lane = jobs.lane AND earlier.order_key = jobs.order_key AND earlier.place < jobs.place
                  AND earlier.failed_at IS NULL AND (earlier.attempts = 0 OR earlier.leased_until IS NOT NULL)))"
    };
}

/// Takes at most `limit` jobs of one lane that are due or whose lease ran out, longest due first. The caller commits, and
/// does the work outside the transaction.
pub async fn claim_in_lane(
    tx: &mut Tx,
    lane: &str,
    now: Timestamp,
    limit: i64,
    lease: SignedDuration,
) -> Result<Vec<Job>, Error> {
    let lease = i64::try_from(lease.as_millis()).unwrap_or(i64::MAX / 2);
    let claimed: Vec<Claimed> = match tx {
        Tx::Sqlite(c) => {
            let query = sqlx::query_as(claim_statement!(in_lane!(), ""));
            let query = query.bind(now.as_millisecond()).bind(limit).bind(lease).bind(lane);
            query.fetch_all(&mut **c).await?
        }
        Tx::Postgres(c, _) => {
            let query = sqlx::query_as(claim_statement!(in_lane!(), "FOR UPDATE SKIP LOCKED"));
            let query = query.bind(now.as_millisecond()).bind(limit).bind(lease).bind(lane);
            query.fetch_all(&mut **c).await?
        }
    };
    Ok(in_order(claimed))
}
