//! Erasing sessions that an application keeps for a limited time.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use store::Scope;

use crate::Engine;
use crate::sessions::{self, EraseRefused};

/// Sessions of one application erased in one sweep; the next one goes on.
const SWEEP: i64 = 200;

/// Erases every session that is older than its application keeps them.
pub(crate) async fn erase_old_sessions(engine: &Engine) -> Result<(), store::Error> {
    for retention in store::webhook_settings::list_retentions(&engine.store).await? {
        let Some(before) = months_ago(engine.now(), retention.months) else { continue };
        erase_before(engine, &retention.scope, before).await?;
    }
    Ok(())
}

async fn erase_before(engine: &Engine, scope: &Scope, before: Timestamp) -> Result<(), store::Error> {
    let mut tx = engine.store.read().await?;
    let old = store::webhook_settings::list_sessions_before(&mut tx, scope, before, SWEEP).await?;
    drop(tx);
    for id in old {
        match sessions::erase(engine, scope, id).await {
            // Somebody else erased it meanwhile.
            Ok(()) | Err(EraseRefused::NotFound) => {}
            // One that cannot be erased must not keep the others.
            Err(refused) => tracing::error!(session = %id, %refused, "an old session could not be erased"),
        }
    }
    Ok(())
}

/// By the calendar: 31 March less one month is 28 or 29 February.
fn months_ago(now: Timestamp, months: i64) -> Option<Timestamp> {
    let then = now.to_zoned(TimeZone::UTC).checked_sub(months.months()).ok()?;
    Some(then.timestamp())
}
