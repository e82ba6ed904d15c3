//! Forgetting users and businesses for ever.

use std::collections::BTreeSet;

use model::id::EntityId;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{Scope, Tx};

use super::{Kind, Refused, vendor_hash};
use crate::approvals::{self, Consent, Operation, Wish};
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
    let ids = selected(engine, &mut tx, scope, kind, selector).await?;
    if approvals::is_needed(&mut tx, scope).await?
        && let Some(wish) = wish(&mut tx, scope, kind, &ids).await?
        && let Some(request) = approvals::ask(engine, &mut tx, scope, &wish).await?
    {
        tx.commit().await?;
        return Err(Refused::NeedsApproval(request));
    }
    let deleted = delete_within(engine, &mut tx, scope, kind, &ids, None).await?;
    tx.commit().await?;
    Ok(deleted)
}

/// [`delete`] within the caller's transaction; ids that lead to nobody are passed over.
pub(crate) async fn delete_within(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    ids: &[EntityId],
    consent: Option<&Consent>,
) -> Result<usize, store::Error> {
    let mut deleted = 0;
    for id in ids {
        if store::entities::delete(tx, scope, kind.as_str(), *id).await? {
            forget_subject(tx, scope, id.0).await?;
            let action = format!("{}.deleted", kind.as_str());
            audit::note(engine, tx, scope, &action, id, approvals::noted(json!({}), consent)).await?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// What a second person would be asked; nothing where there is nobody to be forgotten.
async fn wish(
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    ids: &[EntityId],
) -> Result<Option<Wish<'static>>, store::Error> {
    let mut there = store::entities::list_ids(tx, scope, kind.as_str()).await?;
    let meant: BTreeSet<EntityId> = ids.iter().copied().collect();
    there.retain(|id| meant.contains(id));
    if there.is_empty() {
        return Ok(None);
    }
    let operation = match kind {
        Kind::User => Operation::DeleteUsers,
        Kind::Business => Operation::DeleteBusinesses,
    };
    let details = json!({ "didit_internal_ids": there });
    let variant = hex::encode(Sha256::digest(details.to_string()));
    Ok(Some(Wish { variant, details, ..Wish::of(operation, &scope.application_id(), &"") }))
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
