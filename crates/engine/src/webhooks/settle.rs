//! Writing what deliveries came to: the log entries and the job's end in one transaction, many jobs at a time.

use model::id::DestinationId;
use store::Tx;
use store::jobs::Job;

use super::deliver::Tried;
use crate::Engine;
use crate::jobs::{JobError, postpone};

/// A job of a lane that somebody has in hand no more.
pub(super) struct Ended {
    pub(super) job: Job,
    pub(super) how: How,
}

pub(super) enum How {
    /// Its own handler has settled it.
    Settled,
    /// There was nothing to do any more.
    Idle,
    /// It was tried.
    Tried(Box<Tried>),
    /// It could not be tried, for a reason of ours.
    Broken(JobError),
}

impl Ended {
    /// Writes it. Whoever lost the lease meanwhile writes nothing.
    pub(super) async fn settle(&self, engine: &Engine, tx: &mut Tx) -> Result<(), store::Error> {
        match self.write(engine, tx).await {
            Err(store::Error::Stale) => {
                tracing::debug!(job = %self.job.id, "a delivery was overtaken");
                Ok(())
            }
            written => written,
        }
    }

    async fn write(&self, engine: &Engine, tx: &mut Tx) -> Result<(), store::Error> {
        let tried = match &self.how {
            How::Settled => return Ok(()),
            How::Idle => return store::jobs::complete(tx, &self.job).await,
            How::Broken(error) => return postpone(engine, tx, &self.job, error).await,
            How::Tried(tried) => tried,
        };
        // First: it fails if the lease was lost.
        match &tried.again {
            Some((at, reason)) => store::jobs::retry_after_failure(tx, &self.job, *at, reason).await?,
            None => store::jobs::complete(tx, &self.job).await?,
        }
        for entry in &tried.entries {
            store::deliveries::insert(tx, entry).await?;
        }
        if let (Some(switched), Some(id)) = (tried.switched, self.destination()) {
            store::destinations::mark_switched(tx, &tried.scope, id, switched).await?;
        }
        Ok(())
    }

    fn destination(&self) -> Option<DestinationId> {
        let How::Tried(tried) = &self.how else { return None };
        tried.entries.first().map(|entry| entry.destination_id)
    }
}
