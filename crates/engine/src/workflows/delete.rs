//! Removing one version; sessions that began on it go on.

use model::id::WorkflowVersionId;
use store::Scope;

use super::Refused;
use crate::Engine;

/// Removes it; a repeat finds nothing.
pub async fn delete(engine: &Engine, scope: &Scope, id: WorkflowVersionId) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    if !store::workflows::delete(&mut tx, scope, id, engine.now()).await? {
        return Err(Refused::NotFound);
    }
    tx.commit().await?;
    Ok(())
}
