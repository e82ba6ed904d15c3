//! Whether a value is on the application's block lists.

use model::id::{ListEntryId, ListId, SessionId};
use store::{Scope, Tx};

use super::value::{networks_around, normalised};
use super::{EntryType, value_hash};
use crate::Engine;

/// The entry that keeps a value out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub list_id: ListId,
    /// Which.
    pub entry_id: ListEntryId,
    /// The session that the value was taken from, if any.
    pub reference_session_id: Option<SessionId>,
}

/// Looks a value up on the system block list of its type, however it is spelled. An address is also found by the
/// networks around it. What is no value of the type is on no list.
pub async fn find_hit(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: EntryType,
    value: &str,
) -> Result<Option<Hit>, store::Error> {
    let spellings = match kind {
        EntryType::IpAddress => networks_around(value),
        _ => normalised(kind, value).into_iter().collect(),
    };
    let hashes: Vec<String> =
        spellings.iter().map(|spelling| value_hash(engine, scope, kind, spelling)).collect();
    let found = store::list_entries::find_blocked(tx, scope, kind.as_str(), &hashes).await?;
    Ok(found.map(|row| Hit {
        list_id: row.list_id,
        entry_id: row.id,
        reference_session_id: row.reference_session_id,
    }))
}
