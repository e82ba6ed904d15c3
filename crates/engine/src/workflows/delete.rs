//! Removing one version; sessions that began on it go on.

use model::id::WorkflowVersionId;
use serde_json::json;
use store::Scope;

use super::Refused;
use crate::{Engine, audit};

/// Removes it; a repeat finds nothing.
pub async fn delete(engine: &Engine, scope: &Scope, id: WorkflowVersionId) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    if !store::workflows::delete(&mut tx, scope, id, engine.now()).await? {
        return Err(Refused::NotFound);
    }
    audit::note(engine, &mut tx, scope, "workflow.deleted", id, json!({})).await?;
    tx.commit().await?;
    Ok(())
}
