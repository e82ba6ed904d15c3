//! An entity made by API, before any session.

use serde_json::json;
use store::Scope;

use super::record::Record;
use super::{Entity, EntityStatus, Kind, Profile, Refused, block, read};
use crate::{Engine, audit};

/// What a create asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewEntity {
    /// What is known of it.
    pub profile: Profile,
    /// Where it begins.
    pub status: EntityStatus,
}

/// Makes it; its vendor data must be new.
pub async fn create(engine: &Engine, scope: &Scope, kind: Kind, new: NewEntity) -> Result<Entity, Refused> {
    let mut tx = engine.store.begin().await?;
    let made = Record::insert(engine, &mut tx, scope, kind, new.profile, new.status).await?;
    let mut record = made.ok_or(Refused::Taken(kind))?;
    record.save(engine, &mut tx, scope).await?;
    if let Some(vendor_data) = record.profile.vendor_data.clone() {
        let change = (EntityStatus::Active, new.status);
        block::follow_status(engine, &mut tx, scope, kind, &vendor_data, change).await?;
    }
    let details = json!({"status": new.status.as_str()});
    audit::note(engine, &mut tx, scope, &format!("{}.created", kind.as_str()), record.row.id, details)
        .await?;
    let entity = read::whole(engine, &mut tx, scope, &record).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(entity)
}
