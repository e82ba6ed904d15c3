//! Sessions whose time has come: expired, abandoned, aged out.

use model::session::{Event, Refused};

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
        let mut tx = engine.store.begin().await?;
        let loaded = Record::load(engine, &mut tx, &scope, id).await;
        let applied = match loaded {
            Ok(record) => record.apply(engine, &mut tx, Event::TimerFired).await,
            Err(refused) => Err(refused),
        };
        match applied {
            Ok(_) => {
                tx.commit().await?;
                changed += 1;
            }
            // Somebody moved it since it was listed.
            Err(
                ChangeRefused::NotFound
                | ChangeRefused::Lifecycle(Refused::NotDue)
                | ChangeRefused::Store(store::Error::Stale),
            ) => {}
            Err(ChangeRefused::Lifecycle(refused)) => {
                tracing::error!(session = %id, %refused, "a timer was refused");
            }
            Err(ChangeRefused::Store(error)) => return Err(error),
        }
    }
    Ok(changed)
}
