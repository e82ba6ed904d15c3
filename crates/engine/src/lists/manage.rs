//! Making, renaming and removing lists.

use model::id::ListId;
use serde_json::json;
use store::Scope;
use store::lists::ListRow;

use super::system::ensure_all;
use super::{EntryType, List, Refused};
use crate::{Engine, audit};

/// What a create asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewList {
    /// Unique in the application.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// `allowlist` or `custom`.
    pub list_type: &'static str,
    /// What may be on it.
    pub entry_type: EntryType,
}

/// The fields of a patch; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListChanges {
    /// Unique in the application.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<Option<String>>,
}

/// Makes a list.
pub async fn create(engine: &Engine, scope: &Scope, new: NewList) -> Result<List, Refused> {
    let now = engine.now();
    let row = ListRow {
        id: ListId(engine.uuid()),
        application_id: scope.application_id(),
        name: new.name,
        description: new.description,
        list_type: new.list_type.to_owned(),
        entry_type: new.entry_type.as_str().to_owned(),
        is_system: false,
        created_at: now,
        updated_at: now,
        entry_count: 0,
        last_entry_added_at: None,
    };
    let mut tx = engine.store.begin().await?;
    // First, so that no list of the integrator's takes a system list's name.
    ensure_all(engine, &mut tx, scope).await?;
    if !store::lists::insert(&mut tx, &row).await? {
        return Err(Refused::NameTaken);
    }
    let details = json!({"list_type": row.list_type, "entry_type": row.entry_type});
    audit::note(engine, &mut tx, scope, "list.created", row.id, details).await?;
    tx.commit().await?;
    Ok(row)
}

/// Renames or describes a list.
pub async fn update(
    engine: &Engine,
    scope: &Scope,
    id: ListId,
    changes: ListChanges,
) -> Result<List, Refused> {
    let mut tx = engine.store.begin().await?;
    let mut row = store::lists::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    if row.is_system {
        return Err(Refused::System);
    }
    row.name = changes.name.unwrap_or(row.name);
    row.description = changes.description.unwrap_or(row.description);
    row.updated_at = engine.now();
    if store::lists::is_name_taken(&mut tx, scope, &row.name, id).await? {
        return Err(Refused::NameTaken);
    }
    store::lists::save(&mut tx, &row).await.map_err(|error| match error {
        store::Error::Taken(store::Constraint::ListName) => Refused::NameTaken,
        store::Error::Stale => Refused::NotFound,
        other => Refused::Store(other),
    })?;
    audit::note(engine, &mut tx, scope, "list.updated", id, json!({})).await?;
    tx.commit().await?;
    Ok(row)
}

/// Removes a list with all that is on it.
pub async fn delete(engine: &Engine, scope: &Scope, id: ListId) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    let row = store::lists::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    if row.is_system {
        return Err(Refused::System);
    }
    store::lists::delete(&mut tx, scope, id).await?;
    audit::note(engine, &mut tx, scope, "list.deleted", id, json!({"entry_count": row.entry_count})).await?;
    Ok(tx.commit().await?)
}
