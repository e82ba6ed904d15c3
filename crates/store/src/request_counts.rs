//! Sliding windows that several processes count in: one row per caller, limit and slice of time.

use jiff::Timestamp;

use crate::database::{Pools, on};
use crate::{Error, Store, Tx};

/// One use of a limit.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    /// Who, by keyed hash.
    pub caller_hash: &'a str,
    /// Which limit.
    pub limit_name: &'static str,
    /// Where the slice of now begins, in milliseconds since 1970.
    pub slice: i64,
    /// Slices that begin here or earlier have left the window.
    pub after: i64,
    /// So many are admitted within the window.
    pub limit: i64,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Counted {
    /// Whether there was room.
    pub admitted: bool,
    /// Admitted in this slice, this one included.
    pub used: i64,
    /// Admitted in the earlier slices of the window.
    pub earlier: i64,
    /// Where the oldest slice of the window begins, if there is an earlier one.
    pub oldest: Option<i64>,
}

macro_rules! earlier {
    () => {
        "(SELECT CAST(COALESCE(SUM(seen.used), 0) AS BIGINT) FROM request_counts AS seen
          WHERE seen.caller_hash = $1 AND seen.limit_name = $2 AND seen.slice > $4 AND seen.slice < $3)"
    };
}

/// Takes one place in the window if there is one, in a single statement that waits for no disk.
pub async fn take(store: &Store, use_: &Use<'_>) -> Result<Counted, Error> {
    const TAKE: &str = concat!(
        "INSERT INTO request_counts (caller_hash, limit_name, slice, used, admitted)
         SELECT $1, $2, $3, CASE WHEN ",
        earlier!(),
        " < $5 THEN 1 ELSE 0 END, ",
        earlier!(),
        " < $5
         WHERE 1 = 1
         ON CONFLICT (caller_hash, limit_name, slice) DO UPDATE
         SET admitted = request_counts.used + ",
        earlier!(),
        " < $5, used = request_counts.used + CASE WHEN request_counts.used + ",
        earlier!(),
        " < $5 THEN 1 ELSE 0 END
         RETURNING admitted, used, ",
        earlier!(),
        " AS earlier,
           (SELECT MIN(seen.slice) FROM request_counts AS seen
            WHERE seen.caller_hash = $1 AND seen.limit_name = $2 AND seen.slice > $4 AND seen.slice < $3
              AND seen.used > 0) AS oldest"
    );
    macro_rules! taken {
        ($pool:expr) => {
            sqlx::query_as(TAKE)
                .bind(use_.caller_hash)
                .bind(use_.limit_name)
                .bind(use_.slice)
                .bind(use_.after)
                .bind(use_.limit)
                .fetch_one($pool)
                .await?
        };
    }
    Ok(match &store.0 {
        Pools::Sqlite { writer, .. } => taken!(writer),
        Pools::Postgres { counters, .. } => taken!(counters),
    })
}

/// Forgets the slices that began before, and says how many those were.
pub async fn forget_before(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    Ok(on!(tx, c => sqlx::query("DELETE FROM request_counts WHERE slice < $1")
        .bind(before.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?)
}
