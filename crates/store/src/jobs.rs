//! Work that a committed change left to be done: leased rows, inserted by the transaction that made them necessary.
//!
//! A claim takes what is due *or whose lease ran out*, so a crash needs no reaper and no leader. The number of times a
//! job was claimed is its fencing token: a worker whose lease passed to another can no longer finish the job, and if it
//! finishes the job in the transaction that keeps the job's result, the result is kept once.

use jiff::{SignedDuration, Timestamp};
use model::id::{ApplicationId, JobId, OrganizationId};

use crate::column::{IdText, MaybeIdText, MaybeMillis, Millis, text};
use crate::database::{on, once};
use crate::{Error, Mode, Scope, Store, Tx};

mod lanes;

pub use lanes::{claim_in_lane, due_lanes};

/// The lane of jobs that need no fairness.
pub const NO_LANE: &str = "";

/// Work to be done.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// On whose behalf; handed back as [`Job::scope`].
    pub scope: Option<&'a Scope>,
    /// Which handler.
    pub kind: &'a str,
    /// What the handler needs to know, as JSON. Never anything personal: it is readable.
    pub payload: &'a str,
    /// Jobs of one lane are claimed apart from all others, see [`claim_in_lane`].
    pub lane: &'a str,
    /// Not before.
    pub due_at: Timestamp,
}

/// A claimed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// On whose behalf it was enqueued.
    pub scope: Option<Scope>,
    /// Which handler.
    pub kind: String,
    /// What it was enqueued with.
    pub payload: String,
    /// Its lane.
    pub lane: String,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// How often its work was done and did not succeed, see [`retry_after_failure`].
    pub failures: i64,
    /// When it became due.
    pub due_at: Timestamp,
    /// When it was enqueued.
    pub created_at: Timestamp,
}

/// A job that will not be tried again.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0006_jobs.sql")]
pub struct FailedJob {
    #[sqlx(try_from = "IdText")]
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    pub attempts: i64,
    #[sqlx(try_from = "Millis")]
    pub failed_at: Timestamp,
    pub last_error: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Claimed {
    #[sqlx(try_from = "IdText")]
    id: JobId,
    #[sqlx(try_from = "MaybeIdText")]
    application_id: Option<ApplicationId>,
    #[sqlx(try_from = "MaybeIdText")]
    organization_id: Option<OrganizationId>,
    mode: Option<String>,
    kind: String,
    payload: String,
    lane: String,
    attempts: i64,
    failures: i64,
    #[sqlx(try_from = "Millis")]
    due_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    created_at: Timestamp,
}

impl From<Claimed> for Job {
    fn from(row: Claimed) -> Self {
        let mode = row.mode.and_then(|mode| Mode::try_from(mode).ok());
        let scope = match (row.application_id, row.organization_id, mode) {
            (Some(application), Some(organization), Some(mode)) => {
                Some(Scope::new(application, organization, mode))
            }
            _ => None,
        };
        Self {
            id: row.id,
            scope,
            kind: row.kind,
            payload: row.payload,
            lane: row.lane,
            attempts: row.attempts,
            failures: row.failures,
            due_at: row.due_at,
            created_at: row.created_at,
        }
    }
}

/// Leaves work to be done, if this transaction commits.
pub async fn enqueue(tx: &mut Tx, job: &NewJob<'_>, now: Timestamp) -> Result<JobId, Error> {
    enqueue_in_order(tx, job, None, now).await
}

/// The same for work of a lane that has a place in an order: it is not claimed before everything of the lane with the
/// same key and a smaller place was tried once.
pub async fn enqueue_in_order(
    tx: &mut Tx,
    job: &NewJob<'_>,
    order: Option<(&str, i64)>,
    now: Timestamp,
) -> Result<JobId, Error> {
    let id = JobId(model::id::uuid_at(now, rand::random()));
    on!(tx, c => sqlx::query(
        "INSERT INTO jobs (id, application_id, kind, payload, lane, due_at, attempts, created_at, order_key, place)
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9)")
        .bind(id.to_string())
        .bind(text(job.scope.map(Scope::application_id)))
        .bind(job.kind)
        .bind(job.payload)
        .bind(job.lane)
        .bind(job.due_at.as_millisecond())
        .bind(now.as_millisecond())
        .bind(order.map(|(key, _)| key))
        .bind(order.map(|(_, place)| place))
        .execute(c).await.map(drop))?;
    Ok(id)
}

/// The statement of a claim: `$1` is now, `$2` the limit, `$3` the lease. The databases differ in how rows are kept from
/// other claimers; SQLite has one writer.
macro_rules! claim_statement {
    ($which:expr, $lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED (
                 SELECT id FROM jobs
                 WHERE failed_at IS NULL AND due_at <= $1 AND (leased_until IS NULL OR leased_until < $1) AND ",
            $which,
            " ORDER BY due_at, id LIMIT $2 ",
            $lock,
            ")
             UPDATE jobs SET leased_until = $1 + $3, attempts = attempts + 1
             WHERE id IN (SELECT id FROM due)
             RETURNING id, application_id, kind, payload, lane, attempts, COALESCE(failures, 0) AS failures, due_at,
                 created_at,
                 (SELECT organization_id FROM applications WHERE applications.id = jobs.application_id) AS organization_id,
                 (SELECT mode FROM applications WHERE applications.id = jobs.application_id) AS mode"
        )
    };
}
use claim_statement;

/// Takes at most `limit` jobs without a lane that are due or whose lease ran out, longest due first. No one else is given
/// them until `lease` has passed. A transaction of its own: the work is done outside it.
pub async fn claim(
    store: &Store,
    now: Timestamp,
    limit: i64,
    lease: SignedDuration,
) -> Result<Vec<Job>, Error> {
    // Looking in vain must not take the one writer from others.
    let any: Option<i64> = once!(store, pool => sqlx::query_scalar(
        "SELECT due_at FROM jobs WHERE lane = '' AND failed_at IS NULL AND due_at <= $1
             AND (leased_until IS NULL OR leased_until < $1) LIMIT 1")
        .bind(now.as_millisecond())
        .fetch_optional(pool).await)?;
    if any.is_none() {
        return Ok(Vec::new());
    }
    let mut tx = store.begin().await?;
    let lease = i64::try_from(lease.as_millis()).unwrap_or(i64::MAX / 2);
    let claimed: Vec<Claimed> = match &mut tx {
        Tx::Sqlite(c) => {
            let query = sqlx::query_as(claim_statement!("lane = ''", ""));
            query.bind(now.as_millisecond()).bind(limit).bind(lease).fetch_all(&mut **c).await?
        }
        Tx::Postgres(c, _) => {
            let query = sqlx::query_as(claim_statement!("lane = ''", "FOR UPDATE SKIP LOCKED"));
            query.bind(now.as_millisecond()).bind(limit).bind(lease).fetch_all(&mut **c).await?
        }
    };
    tx.commit().await?;
    Ok(in_order(claimed))
}

fn in_order(claimed: Vec<Claimed>) -> Vec<Job> {
    let mut jobs: Vec<Job> = claimed.into_iter().map(Job::from).collect();
    jobs.sort_by_key(|job| (job.due_at, job.id));
    jobs
}

/// The job is done. [`Error::Stale`] if its lease passed to another worker: then do not commit.
pub async fn complete(tx: &mut Tx, job: &Job) -> Result<(), Error> {
    let done = on!(tx, c => sqlx::query("DELETE FROM jobs WHERE id = $1 AND attempts = $2")
        .bind(job.id.to_string())
        .bind(job.attempts)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if done == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The job is to be tried again later. [`Error::Stale`] if its lease passed to another worker.
pub async fn retry_at(tx: &mut Tx, job: &Job, due_at: Timestamp, error: &str) -> Result<(), Error> {
    let done = on!(tx, c => sqlx::query(
        "UPDATE jobs SET leased_until = NULL, due_at = $3, last_error = $4 WHERE id = $1 AND attempts = $2")
        .bind(job.id.to_string())
        .bind(job.attempts)
        .bind(due_at.as_millisecond())
        .bind(error)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if done == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The job's work was done and did not succeed: to be tried again later, one failure richer. [`Error::Stale`] if its lease
/// passed to another worker.
pub async fn retry_after_failure(
    tx: &mut Tx,
    job: &Job,
    due_at: Timestamp,
    error: &str,
) -> Result<(), Error> {
    let done = on!(tx, c => sqlx::query(
        "UPDATE jobs SET leased_until = NULL, due_at = $3, last_error = $4, failures = COALESCE(failures, 0) + 1
         WHERE id = $1 AND attempts = $2")
        .bind(job.id.to_string())
        .bind(job.attempts)
        .bind(due_at.as_millisecond())
        .bind(error)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if done == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The job is given up, and kept for the operator to see. [`Error::Stale`] if its lease passed to another worker.
pub async fn fail(tx: &mut Tx, job: &Job, now: Timestamp, error: &str) -> Result<(), Error> {
    let done = on!(tx, c => sqlx::query(
        "UPDATE jobs SET leased_until = NULL, failed_at = $3, last_error = $4 WHERE id = $1 AND attempts = $2")
        .bind(job.id.to_string())
        .bind(job.attempts)
        .bind(now.as_millisecond())
        .bind(error)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if done == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// When the next job that nobody holds is due; a worker that finds nothing may sleep until then.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Timestamp>, Error> {
    let next: NextDue = on!(tx, c => sqlx::query_as(
        "SELECT MIN(due_at) AS due_at FROM jobs WHERE failed_at IS NULL AND leased_until IS NULL")
        .fetch_one(c).await)?;
    Ok(next.due_at)
}

#[derive(sqlx::FromRow)]
struct NextDue {
    #[sqlx(try_from = "MaybeMillis")]
    due_at: Option<Timestamp>,
}

/// How many jobs are neither done nor given up.
pub async fn count_open(tx: &mut Tx) -> Result<i64, Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM jobs WHERE failed_at IS NULL").fetch_one(c).await)?,
    )
}

/// Jobs that were given up, latest first.
pub async fn list_failed(tx: &mut Tx, limit: i64) -> Result<Vec<FailedJob>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT id, kind, payload, attempts, failed_at, last_error FROM jobs
         WHERE failed_at IS NOT NULL ORDER BY failed_at DESC, id DESC LIMIT $1")
        .bind(limit)
        .fetch_all(c).await)?)
}
