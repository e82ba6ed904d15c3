//! How often a person who was declined may try again on a workflow (core API §4.3, features §1.9).

use jiff::{SignedDuration, Timestamp};
use model::session::State;
use store::sessions::SessionRow;
use store::{Scope, Tx};

use super::record::Lifecycle;
use crate::Engine;
use crate::workflows::Settings;

/// Whether the person of this new session was declined more often within the window than the workflow forgives. Without
/// vendor data nobody knows who it is, and everybody may try.
pub(super) async fn are_exhausted(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    row: &SessionRow,
    settings: &Settings,
) -> Result<bool, store::Error> {
    let Some(vendor_hash) = &row.vendor_hash else { return Ok(false) };
    let declined = store::sessions::declined_states(tx, scope, vendor_hash, row.workflow_id).await?;
    let window = settings.retry_window_days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    let since = window.map_or(Timestamp::MIN, |window| engine.now() - window);
    let recent = declined.iter().filter_map(|state| declined_at(state)).filter(|at| *at > since).count();
    Ok(recent > settings.max_retry_attempts as usize)
}

fn declined_at(state: &str) -> Option<Timestamp> {
    match serde_json::from_str::<Lifecycle>(state).ok()?.state {
        State::Declined { decided_at } => Some(decided_at),
        _ => None,
    }
}
