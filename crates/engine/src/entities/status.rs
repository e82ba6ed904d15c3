//! Whether an entity may go on: `ACTIVE`, `FLAGGED`, `BLOCKED`.

use serde_json::json;
use store::Scope;

use super::activity::{self, Activity};
use super::record::Record;
use super::{Entity, Kind, Refused, block, read};
use crate::{Engine, audit};

/// Where an entity stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EntityStatus {
    /// Nothing is held against it.
    #[default]
    Active,
    /// A human should look.
    Flagged,
    /// No new sessions.
    Blocked,
}

impl EntityStatus {
    /// Every one, as on the wire.
    pub const NAMES: [&'static str; 3] = ["ACTIVE", "FLAGGED", "BLOCKED"];

    /// As on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Flagged => "FLAGGED",
            Self::Blocked => "BLOCKED",
        }
    }

    /// The status of exactly this name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Active, Self::Flagged, Self::Blocked].into_iter().find(|status| status.as_str() == name)
    }

    /// A word that this version does not know is one a human should look at.
    pub(super) fn from_stored(name: &str) -> Self {
        Self::of_name(name).unwrap_or(Self::Flagged)
    }
}

/// Sets the status, notes it among the activities and keeps the system block list in step. The same status again
/// changes nothing.
pub async fn update_status(
    engine: &Engine,
    scope: &Scope,
    kind: Kind,
    vendor_data: &str,
    status: EntityStatus,
) -> Result<Entity, Refused> {
    let mut tx = engine.store.begin().await?;
    let found = Record::claim(engine, &mut tx, scope, kind, vendor_data).await?;
    let mut record = found.ok_or(Refused::NotFound)?;
    let previous = record.status();
    if previous != status {
        record.set_status(status);
        record.save(engine, &mut tx, scope).await?;
        activity::note(engine, &mut tx, &record, &Activity::status_changed(previous, status)).await?;
        block::follow_status(engine, &mut tx, scope, kind, vendor_data, (previous, status)).await?;
        let action = format!("{}.status_updated", kind.as_str());
        let details = json!({"previous_status": previous.as_str(), "status": status.as_str()});
        audit::note(engine, &mut tx, scope, &action, record.row.id, details).await?;
    }
    let entity = read::whole(engine, &mut tx, scope, &record).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(entity)
}
