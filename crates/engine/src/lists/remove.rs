//! Taking a value off a list.

use model::id::{ListEntryId, ListId};
use serde_json::json;
use store::Scope;

use super::{Refused, add, read};
use crate::{Engine, audit, entities};

/// Takes it off. Off the system list of users or businesses, the entity is active again.
pub async fn remove_entry(
    engine: &Engine,
    scope: &Scope,
    list: ListId,
    entry: ListEntryId,
) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    let list = store::lists::find(&mut tx, scope, list).await?.ok_or(Refused::NotFound)?;
    let row = store::list_entries::find(&mut tx, scope, list.id, entry).await?.ok_or(Refused::NotFound)?;
    let kind = add::kind(&list)?;
    if let Some(entity) = add::entity(&list, kind) {
        let given = read::content(engine, &row)?.given;
        entities::unblock(engine, &mut tx, scope, entity, &given).await?;
    }
    if !store::list_entries::delete_by_hash(&mut tx, scope, list.id, &row.value_hash).await? {
        return Err(Refused::NotFound);
    }
    let details = json!({"list_id": list.id, "entry_type": kind.as_str()});
    audit::note(engine, &mut tx, scope, "list_entry.deleted", entry, details).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(())
}
