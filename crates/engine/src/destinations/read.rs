//! Looking at destinations.

use model::id::DestinationId;
use store::Scope;

use super::{Destination, Refused, opened};
use crate::Engine;

/// All of the application's, oldest first.
pub async fn list(engine: &Engine, scope: &Scope) -> Result<Vec<Destination>, Refused> {
    let mut tx = engine.store.read().await?;
    let mut destinations = Vec::new();
    for row in store::destinations::list(&mut tx, scope).await? {
        let summary = store::deliveries::summarize(&mut tx, scope, row.id).await?;
        destinations.push(opened(engine, row, summary)?);
    }
    Ok(destinations)
}

/// One.
pub async fn get(engine: &Engine, scope: &Scope, id: DestinationId) -> Result<Destination, Refused> {
    let mut tx = engine.store.read().await?;
    let row = store::destinations::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let summary = store::deliveries::summarize(&mut tx, scope, id).await?;
    opened(engine, row, summary)
}
