//! Removing a destination; its log stays for audit.

use model::id::DestinationId;
use serde_json::json;
use store::Scope;

use super::Refused;
use crate::{Engine, audit};

/// Removes it; a repeat finds nothing.
pub async fn delete(engine: &Engine, scope: &Scope, id: DestinationId) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    if !store::destinations::delete(&mut tx, scope, id, engine.now()).await? {
        return Err(Refused::NotFound);
    }
    audit::note(engine, &mut tx, scope, "destination.deleted", id, json!({})).await?;
    tx.commit().await?;
    Ok(())
}
