//! The business session follows its parties' own sessions.

use model::id::SessionId;
use model::session::{Event, State};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::jobs::Job;

use super::{Refused, Standing, child, report};
use crate::Engine;
use crate::jobs::{self, JobError};
use crate::sessions::{ChangeRefused, Record};

/// What the job has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct FollowParties {
    session_id: SessionId,
}

/// A session's status changed: if it is a party's, its business session looks at them all again, in a transaction of
/// its own, so that no two sessions are locked at once.
pub(crate) async fn child_moved(engine: &Engine, tx: &mut Tx, record: &Record) -> Result<(), store::Error> {
    let Some(parent) = store::parties::parent_of(tx, &record.scope, record.row.id).await? else {
        return Ok(());
    };
    jobs::enqueue_parties(engine, tx, &record.scope, &FollowParties { session_id: parent }).await
}

/// Looks at the parties' sessions, and decides the business session once all of them have ended.
pub(crate) async fn follow(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let wanted: FollowParties = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let mut tx = engine.store.begin().await?;
    match Record::load(engine, &mut tx, &scope, wanted.session_id).await {
        Ok(parent) => look(engine, &mut tx, parent).await?,
        Err(ChangeRefused::Store(error)) => return Err(error.into()),
        // Erased meanwhile.
        Err(_) => {}
    }
    store::jobs::complete(&mut tx, job).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(())
}

async fn look(engine: &Engine, tx: &mut Tx, parent: Record) -> Result<(), JobError> {
    let (State::AwaitingUser { .. }, Some(node)) = (&parent.session.state, child::node(&parent)) else {
        return Ok(());
    };
    let standings = child::standings(engine, tx, &parent).await.map_err(broken)?;
    let standings: Vec<Standing> = standings.into_iter().map(|(_, standing)| standing).collect();
    let report = report::of(&node, &parent.config(&node), &standings);
    let event = if report.is_final() { Event::PartiesEnded(report) } else { Event::PartyMoved(report) };
    parent.apply(engine, tx, event).await?;
    Ok(())
}

fn broken(refused: Refused) -> store::Error {
    match refused {
        Refused::Store(error) => error,
        _ => store::Error::Stale,
    }
}
