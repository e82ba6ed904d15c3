//! Forgetting users and businesses for ever.

use model::id::EntityId;
use serde_json::json;
use store::{Scope, Tx};

use super::{Kind, Refused, vendor_hash};
use crate::webhooks::forget_subject;
use crate::{Engine, audit};

/// Who is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Everyone of the kind.
    All,
    /// Those with exactly this vendor data.
    VendorData(Vec<String>),
    /// Those with these ids.
    Ids(Vec<EntityId>),
}

/// Destroys their keys and removes their rows; their sessions stay, and so do block list entries. Says how many there
/// were.
pub async fn delete(
    engine: &Engine,
    scope: &Scope,
    kind: Kind,
    selector: Selector,
) -> Result<usize, Refused> {
    let mut tx = engine.store.begin().await?;
    let mut deleted = 0;
    for id in selected(engine, &mut tx, scope, kind, selector).await? {
        if store::entities::delete(&mut tx, scope, kind.as_str(), id).await? {
            forget_subject(&mut tx, scope, id.0).await?;
            let action = format!("{}.deleted", kind.as_str());
            audit::note(engine, &mut tx, scope, &action, id, json!({})).await?;
            deleted += 1;
        }
    }
    tx.commit().await?;
    Ok(deleted)
}

async fn selected(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    selector: Selector,
) -> Result<Vec<EntityId>, Refused> {
    match selector {
        Selector::All => Ok(store::entities::list_ids(tx, scope, kind.as_str()).await?),
        Selector::Ids(ids) if ids.is_empty() => Err(Refused::NoSelector(kind)),
        Selector::Ids(ids) => Ok(ids),
        Selector::VendorData(names) if names.is_empty() => Err(Refused::NoSelector(kind)),
        Selector::VendorData(names) => {
            let mut ids = Vec::new();
            for name in names {
                let hash = vendor_hash(engine, scope, kind, &name);
                ids.extend(store::entities::find_by_vendor(tx, scope, &hash).await?.map(|row| row.id));
            }
            Ok(ids)
        }
    }
}
