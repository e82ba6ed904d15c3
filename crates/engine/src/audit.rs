//! The record of who changed what.

use std::fmt::Display;

use serde_json::Value;
use store::audit::NewEntry;
use store::{Scope, Tx};

use crate::Engine;

/// Notes a change in the transaction that makes it.
///
/// `action` is `resource.past_verb` (`session.status_updated`), `object` the id of what changed, `details` a JSON object
/// of facts such as the new status; nothing personal, because the record outlives every person's data.
pub(crate) async fn note(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    action: &str,
    object: impl Display,
    details: Value,
) -> Result<(), store::Error> {
    let (object, details) = (object.to_string(), details.to_string());
    let entry =
        NewEntry { id: engine.uuid(), action, object: &object, details: &details, created_at: engine.now() };
    store::audit::append(tx, scope, &entry).await
}
