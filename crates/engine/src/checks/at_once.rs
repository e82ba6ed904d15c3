//! Checks that need nobody, run while the caller waits (core API §3.7).

use model::id::SessionId;
use model::session::{Event, Phase, State};
use store::Scope;

use super::judge;
use crate::Engine;
use crate::jobs::JobError;
use crate::sessions::{ChangeRefused, Record};

/// Runs the checks that a session waits for, as long as they need nobody. Each has its job too: what breaks off here,
/// or takes too long, ends there.
pub(crate) async fn run_at_once(engine: &Engine, scope: &Scope, id: SessionId) -> Result<(), store::Error> {
    loop {
        let mut tx = engine.store.read().await?;
        let Ok(record) = Record::load(engine, &mut tx, scope, id).await else { return Ok(()) };
        drop(tx);
        let State::InProgress(progress) = &record.session.state else { return Ok(()) };
        let (node, attempt) = (progress.node.clone(), progress.attempt);
        let by_itself =
            record.session.graph.config(&node).is_some_and(|(feature, _)| feature.runs_by_itself());
        if progress.phase != Phase::Checking || !by_itself {
            return Ok(());
        }
        let (report, verdict) = match judge(engine, &record, &node, attempt).await {
            Ok(judged) => judged,
            Err(JobError::Store(error)) => return Err(error),
            Err(_) => return Ok(()),
        };
        let mut tx = engine.store.begin().await?;
        match Record::load(engine, &mut tx, scope, id).await {
            Ok(record) => match record.apply(engine, &mut tx, Event::Reported { report, verdict }).await {
                Ok(_) => tx.commit().await?,
                // The job was faster: look where the session stands.
                Err(ChangeRefused::Lifecycle(_) | ChangeRefused::Store(store::Error::Stale)) => {}
                Err(ChangeRefused::NotFound) => return Ok(()),
                Err(ChangeRefused::Store(error)) => return Err(error),
            },
            Err(_) => return Ok(()),
        }
        engine.nudge();
    }
}
