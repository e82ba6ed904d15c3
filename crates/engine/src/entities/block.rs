//! Entities that may not begin sessions, and the system block lists that say the same.

use store::{Scope, Tx};

use super::activity::{self, Activity};
use super::record::Record;
use super::{EntityStatus, Kind};
use crate::Engine;
use crate::lists::{self, EntryType};

impl Kind {
    /// The block list on which entities of this kind stand.
    pub(crate) const fn entry_type(self) -> EntryType {
        match self {
            Self::User => EntryType::User,
            Self::Business => EntryType::Business,
        }
    }
}

/// Whether this vendor data may begin no session: its entity is blocked, or a block list names it.
pub(crate) async fn is_blocked(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    vendor_data: &str,
) -> Result<bool, store::Error> {
    let hash = super::vendor_hash(engine, scope, kind, vendor_data);
    let entity = store::entities::find_by_vendor(tx, scope, &hash).await?;
    if entity.is_some_and(|row| row.status == EntityStatus::Blocked.as_str()) {
        return Ok(true);
    }
    Ok(lists::find_hit(engine, tx, scope, kind.entry_type(), vendor_data).await?.is_some())
}

/// A list entry names this entity: it is blocked, if it exists.
pub(crate) async fn block(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    vendor_data: &str,
) -> Result<(), store::Error> {
    move_to(engine, tx, scope, kind, vendor_data, EntityStatus::Blocked).await
}

/// The list entry is gone: a blocked entity is active again.
pub(crate) async fn unblock(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    vendor_data: &str,
) -> Result<(), store::Error> {
    move_to(engine, tx, scope, kind, vendor_data, EntityStatus::Active).await
}

async fn move_to(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    vendor_data: &str,
    status: EntityStatus,
) -> Result<(), store::Error> {
    let Some(mut record) = Record::claim(engine, tx, scope, kind, vendor_data).await? else { return Ok(()) };
    let previous = record.status();
    let blocked = previous == EntityStatus::Blocked;
    if blocked == (status == EntityStatus::Blocked) {
        return Ok(());
    }
    record.set_status(status);
    record.save(engine, tx, scope).await?;
    activity::note(engine, tx, &record, &Activity::status_changed(previous, status)).await
}

/// Keeps the system block list in step with a status that changed from one to the other.
pub(super) async fn follow_status(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    vendor_data: &str,
    (previous, status): (EntityStatus, EntityStatus),
) -> Result<(), store::Error> {
    match (previous == EntityStatus::Blocked, status == EntityStatus::Blocked) {
        (false, true) => lists::put_system(engine, tx, scope, kind.entry_type(), vendor_data).await,
        (true, false) => lists::take_system(engine, tx, scope, kind.entry_type(), vendor_data).await,
        _ => Ok(()),
    }
}
