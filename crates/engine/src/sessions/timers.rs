//! Sessions whose time has come: expired, abandoned, aged out.

use model::id::SessionId;
use model::session::{Event, Refused};
use store::Scope;

use super::{ChangeRefused, Record};
use crate::Engine;

/// Sessions looked at in one round.
const ROUND: i64 = 100;

/// Fires the timer of every session that is due, each in its own transaction; says how many changed.
pub async fn fire_due(engine: &Engine) -> Result<usize, store::Error> {
    let mut tx = engine.store.read().await?;
    let due = store::sessions::list_due(&mut tx, engine.now(), ROUND).await?;
    drop(tx);
    let mut changed = 0;
    for (scope, id) in due {
        match fire(engine, &scope, id).await {
            Ok(()) => changed += 1,
            // Somebody moved it since it was listed.
            Err(
                ChangeRefused::NotFound
                | ChangeRefused::Lifecycle(Refused::NotDue)
                | ChangeRefused::Store(store::Error::Stale),
            ) => {}
            // One session that cannot be read must not keep the others from their time.
            Err(refused) => tracing::error!(session = %id, %refused, "a timer could not be fired"),
        }
    }
    Ok(changed)
}

async fn fire(engine: &Engine, scope: &Scope, id: SessionId) -> Result<(), ChangeRefused> {
    let mut tx = engine.store.begin().await?;
    let record = Record::load(engine, &mut tx, scope, id).await?;
    record.apply(engine, &mut tx, Event::TimerFired).await?;
    Ok(tx.commit().await?)
}
