//! Claims due jobs and does them, many at a time, until told to stop.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use jiff::SignedDuration;
use store::Tx;
use store::jobs::Job;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::{CLAIMS, JobError, LEASE, handle};
use crate::webhooks::Dispatcher;
use crate::{Engine, checks, sessions, upkeep, webhooks};

/// Jobs in hand at once in one process.
const AT_ONCE: usize = 32;
/// Polling is the truth, nudges only make it quicker.
const POLL: Duration = Duration::from_millis(500);

/// Runs until `stop` turns true, then finishes what it has in hand.
pub async fn run(engine: Engine, stop: watch::Receiver<bool>) {
    tokio::join!(webhooks::run(engine.clone(), stop.clone()), run_checks(engine, stop));
}

/// Everything but deliveries.
async fn run_checks(engine: Engine, mut stop: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut hands = JoinSet::new();
    while !*stop.borrow() {
        let claimed = round(&engine, &places, &mut hands).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the job table could not be read");
            false
        });
        if claimed {
            continue;
        }
        tokio::select! {
            () = engine.nudged() => {}
            () = tokio::time::sleep(POLL) => {}
            Some(_) = hands.join_next() => {}
            _ = stop.changed() => {}
        }
    }
    while hands.join_next().await.is_some() {}
}

/// Fires timers and claims as many jobs as there are places; says whether it got any.
async fn round(
    engine: &Engine,
    places: &Arc<Semaphore>,
    hands: &mut JoinSet<()>,
) -> Result<bool, store::Error> {
    while hands.try_join_next().is_some() {}
    if let Err(error) = sessions::fire_due(engine).await {
        tracing::error!(%error, "timers could not be fired");
    }
    if let Err(error) = upkeep::run(engine).await {
        tracing::error!(%error, "what is over could not be swept away");
    }
    let mut free = Vec::new();
    while let Ok(place) = Arc::clone(places).try_acquire_owned() {
        free.push(place);
    }
    if free.is_empty() {
        return Ok(false);
    }
    let jobs = store::jobs::claim(&engine.store, engine.now(), free.len() as i64, LEASE).await?;
    let any = !jobs.is_empty();
    for (job, place) in jobs.into_iter().zip(free) {
        let engine = engine.clone();
        hands.spawn(async move {
            finish(&engine, &job).await;
            drop(place);
        });
    }
    Ok(any)
}

/// Does everything that is due now and everything that follows from it, and returns; for tests and for commands
/// that end. Says how many jobs were done.
pub async fn run_due(engine: &Engine) -> Result<usize, store::Error> {
    let mut done = 0;
    upkeep::run(engine).await?;
    let mut deliveries = Dispatcher::new(engine.clone());
    loop {
        done += sessions::fire_due(engine).await?;
        let jobs = store::jobs::claim(&engine.store, engine.now(), AT_ONCE as i64, LEASE).await?;
        join_all(jobs.iter().map(|job| finish(engine, job))).await;
        let taken = jobs.len() + deliveries.finish(true).await?;
        if taken == 0 {
            return Ok(done);
        }
        done += taken;
    }
}

/// Does a job; one that failed is tried again later, one that failed too often is kept for the operator.
async fn finish(engine: &Engine, job: &Job) {
    // A job that took its worker down with it comes back when its lease has run out, but not for ever.
    let handled = if job.attempts > CLAIMS { Err(JobError::Hopeless) } else { handle(engine, job).await };
    let Err(error) = handled else { return };
    if let JobError::Store(store::Error::Stale) = error {
        // The lease passed to another worker, or the session moved on: whoever has it now does it.
        tracing::debug!(job = %job.id, kind = job.kind, "a job was overtaken");
    } else {
        tracing::warn!(job = %job.id, kind = job.kind, %error, "a job failed");
    }
    if let Err(error) = put_back(engine, job, &error).await {
        tracing::warn!(job = %job.id, %error, "a failed job was not put back; its lease will run out");
    }
}

async fn put_back(engine: &Engine, job: &Job, error: &JobError) -> Result<(), store::Error> {
    let mut tx = engine.store.begin().await?;
    postpone(engine, &mut tx, job, error).await?;
    tx.commit().await
}

/// Leaves a job that could not be done for later, or for the operator; the caller commits.
pub(crate) async fn postpone(
    engine: &Engine,
    tx: &mut Tx,
    job: &Job,
    error: &JobError,
) -> Result<(), store::Error> {
    use JobError::{Hopeless, NoTenant, Payload, UnknownKind};
    let hopeless = matches!(error, Payload(_) | NoTenant | UnknownKind(_) | Hopeless);
    let now = engine.now();
    if hopeless || job.attempts >= CLAIMS {
        store::jobs::fail(tx, job, now, &error.to_string()).await?;
        checks::give_up(engine, tx, job).await?;
    } else {
        let wait = SignedDuration::from_secs(1_i64 << job.attempts.clamp(0, 8));
        store::jobs::retry_at(tx, job, now + wait, &error.to_string()).await?;
    }
    Ok(())
}
