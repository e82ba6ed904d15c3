//! Does the jobs of all lanes: each destination has its own places, so that one that hangs delays no other.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use store::jobs::Job;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

use super::deliver::attempt;
use super::settle::{Ended, How};
use crate::Engine;
use crate::jobs::{CLAIMS, DELIVER_WEBHOOK, JobError, LEASE, handle};

/// Jobs in hand at once in one process, all lanes together. They wait for the network, not for a core.
const AT_ONCE: usize = 1024;
/// Places of a lane: at first, while its destination answers in time, and while it does not.
const PLACES: usize = 16;
const MOST_PLACES: usize = 64;
const LEAST_PLACES: usize = 4;
/// Polling is the truth, nudges only make it quicker.
const POLL: Duration = Duration::from_millis(500);

/// What one process has in hand.
pub(crate) struct Dispatcher {
    engine: Engine,
    lanes: HashMap<String, Lane>,
    hands: JoinSet<Ended>,
    ended: Vec<Ended>,
}

struct Lane {
    places: usize,
    /// Cloned into each of its tasks, so that a task that panics gives its place back too.
    in_hand: Arc<()>,
}

impl Lane {
    fn room(&self) -> usize {
        self.places.saturating_sub(Arc::strong_count(&self.in_hand) - 1)
    }

    /// A destination that answers is given more at once, one that hangs less.
    fn learn(&mut self, hung: bool) {
        self.places =
            if hung { (self.places / 2).max(LEAST_PLACES) } else { (self.places + 1).min(MOST_PLACES) };
    }
}

impl Default for Lane {
    fn default() -> Self {
        Self { places: PLACES, in_hand: Arc::new(()) }
    }
}

/// Runs until `stop` turns true, then finishes what it has in hand.
pub(crate) async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let mut dispatcher = Dispatcher::new(engine.clone());
    while !*stop.borrow() {
        let taken = dispatcher.round(true).await.unwrap_or_else(|error| {
            tracing::error!(%error, "deliveries could not be read or written");
            0
        });
        if taken > 0 {
            continue;
        }
        tokio::select! {
            () = engine.nudged_for_deliveries() => {}
            () = tokio::time::sleep(POLL) => {}
            Some(ended) = dispatcher.hands.join_next() => dispatcher.keep(ended),
            _ = stop.changed() => {}
        }
    }
    if let Err(error) = dispatcher.finish(false).await {
        tracing::error!(%error, "the last deliveries could not be written; they will be made again");
    }
}

impl Dispatcher {
    pub(crate) fn new(engine: Engine) -> Self {
        Self { engine, lanes: HashMap::new(), hands: JoinSet::new(), ended: Vec::new() }
    }

    /// Waits for everything in hand, and if `more` for everything that becomes due meanwhile; says how many jobs it took.
    pub(crate) async fn finish(&mut self, more: bool) -> Result<usize, store::Error> {
        let mut taken = 0;
        loop {
            taken += self.round(more).await?;
            match self.hands.join_next().await {
                Some(ended) => self.keep(ended),
                None if self.ended.is_empty() => return Ok(taken),
                None => {}
            }
        }
    }

    /// Writes what has ended and takes, if `more`, what is due, in one transaction; says how many jobs it took.
    async fn round(&mut self, more: bool) -> Result<usize, store::Error> {
        while let Some(ended) = self.hands.try_join_next() {
            self.keep(ended);
        }
        let ended = std::mem::take(&mut self.ended);
        for ended in &ended {
            self.learn(ended);
        }
        let wanted = if more { self.lanes_with_room().await } else { Ok(Vec::new()) };
        let wanted = wanted.unwrap_or_else(|error| {
            tracing::error!(%error, "the lanes could not be read");
            Vec::new()
        });
        if ended.is_empty() && wanted.is_empty() {
            return Ok(0);
        }
        match self.turn(&ended, &wanted).await {
            Ok(jobs) => Ok(self.take_in_hand(jobs)),
            Err(error) => {
                self.settle_one_by_one(&ended).await;
                Err(error)
            }
        }
    }

    async fn turn(&self, ended: &[Ended], wanted: &[(String, usize)]) -> Result<Vec<Job>, store::Error> {
        let mut tx = self.engine.store.begin().await?;
        for ended in ended {
            ended.settle(&self.engine, &mut tx).await?;
        }
        let (mut jobs, now) = (Vec::new(), self.engine.now());
        for (lane, room) in wanted {
            let room = i64::try_from(*room).unwrap_or(i64::MAX);
            jobs.extend(store::jobs::claim_in_lane(&mut tx, lane, now, room, LEASE).await?);
        }
        tx.commit().await?;
        Ok(jobs)
    }

    /// One that cannot be written must not keep the others from being written: they would be delivered again.
    async fn settle_one_by_one(&self, ended: &[Ended]) {
        for ended in ended {
            if let Err(error) = self.settle_alone(ended).await {
                tracing::error!(job = %ended.job.id, %error, "a delivery could not be written; it will be made again");
            }
        }
    }

    async fn settle_alone(&self, ended: &Ended) -> Result<(), store::Error> {
        let mut tx = self.engine.store.begin().await?;
        ended.settle(&self.engine, &mut tx).await?;
        tx.commit().await
    }

    async fn lanes_with_room(&mut self) -> Result<Vec<(String, usize)>, store::Error> {
        let mut left = AT_ONCE.saturating_sub(self.hands.len());
        let mut wanted = Vec::new();
        for lane in store::jobs::due_lanes(&self.engine.store, self.engine.now()).await? {
            let room = self.lanes.get(&lane).map_or(PLACES, Lane::room).min(left);
            left -= room;
            if room > 0 {
                wanted.push((lane, room));
            }
        }
        Ok(wanted)
    }

    fn take_in_hand(&mut self, jobs: Vec<Job>) -> usize {
        let taken = jobs.len();
        for job in jobs {
            let lane = self.lanes.entry(job.lane.clone()).or_default();
            let (place, engine) = (Arc::clone(&lane.in_hand), self.engine.clone());
            self.hands.spawn(async move {
                let ended = work(&engine, job).await;
                drop(place);
                ended
            });
        }
        taken
    }

    fn keep(&mut self, ended: Result<Ended, JoinError>) {
        match ended {
            Ok(ended) => self.ended.push(ended),
            // Its lease will run out, and it is tried again.
            Err(error) => tracing::error!(%error, "a delivery broke off"),
        }
    }

    fn learn(&mut self, ended: &Ended) {
        let How::Tried(tried) = &ended.how else { return };
        if let Some(lane) = self.lanes.get_mut(&ended.job.lane) {
            lane.learn(tried.hung);
        }
    }
}

async fn work(engine: &Engine, job: Job) -> Ended {
    let how = if job.attempts > CLAIMS {
        // It came back from so many workers that did not finish it.
        How::Broken(JobError::Hopeless)
    } else if job.kind == DELIVER_WEBHOOK {
        match attempt(engine, &job).await {
            Ok(Some(tried)) => How::Tried(Box::new(tried)),
            Ok(None) => How::Idle,
            Err(error) => How::Broken(error),
        }
    } else {
        handle(engine, &job).await.map_or_else(How::Broken, |()| How::Settled)
    };
    if let How::Broken(error) = &how {
        tracing::warn!(job = %job.id, kind = job.kind, %error, "a job failed");
    }
    Ended { job, how }
}
