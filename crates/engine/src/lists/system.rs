//! The ten system block lists of an application, made when they are first needed.

use model::id::{ListEntryId, ListId};
use store::list_entries::EntryRow;
use store::lists::ListRow;
use store::{Scope, Tx};

use super::value::normalised;
use super::{Content, EntryType, place, value_hash};
use crate::Engine;

/// Types that have a system block list, with its name.
const SYSTEM: [(EntryType, &str); 10] = [
    (EntryType::Face, "Face blocklist"),
    (EntryType::Document, "Document blocklist"),
    (EntryType::Phone, "Phone blocklist"),
    (EntryType::Email, "Email blocklist"),
    (EntryType::IpAddress, "IP address blocklist"),
    (EntryType::DeviceFingerprint, "Device fingerprint blocklist"),
    (EntryType::WalletAddress, "Wallet address blocklist"),
    (EntryType::BankAccount, "Bank account blocklist"),
    (EntryType::User, "User blocklist"),
    (EntryType::Business, "Business blocklist"),
];

/// Makes those that are missing.
pub(super) async fn ensure_all(engine: &Engine, tx: &mut Tx, scope: &Scope) -> Result<(), store::Error> {
    for (kind, _) in SYSTEM {
        ensure(engine, tx, scope, kind).await?;
    }
    Ok(())
}

/// Whether every system list is there, without writing.
pub(super) async fn all_there(tx: &mut Tx, scope: &Scope) -> Result<bool, store::Error> {
    let last = SYSTEM[SYSTEM.len() - 1].0;
    Ok(store::lists::find_system(tx, scope, last.as_str()).await?.is_some())
}

/// The system block list of this type; nothing for types without one.
pub(super) async fn ensure(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: EntryType,
) -> Result<Option<ListRow>, store::Error> {
    let Some((_, name)) = SYSTEM.iter().find(|(listed, _)| *listed == kind) else { return Ok(None) };
    if let Some(found) = store::lists::find_system(tx, scope, kind.as_str()).await? {
        return Ok(Some(found));
    }
    let now = engine.now();
    let mut row = ListRow {
        id: ListId(engine.uuid()),
        application_id: scope.application_id(),
        name: (*name).to_owned(),
        description: None,
        list_type: "blocklist".to_owned(),
        entry_type: kind.as_str().to_owned(),
        is_system: true,
        created_at: now,
        updated_at: now,
        entry_count: 0,
        last_entry_added_at: None,
    };
    while !store::lists::insert(tx, &row).await? {
        if let Some(found) = store::lists::find_system(tx, scope, kind.as_str()).await? {
            return Ok(Some(found));
        }
        // A list of the integrator's own has the name.
        row.name.push_str(" (system)");
    }
    Ok(Some(row))
}

/// Puts an entity's vendor data on the system block list; it may be there.
pub(crate) async fn put_system(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: EntryType,
    given: &str,
) -> Result<(), store::Error> {
    let Ok(value) = normalised(kind, given) else { return Ok(()) };
    let Some(list) = ensure(engine, tx, scope, kind).await? else { return Ok(()) };
    let id = ListEntryId(engine.uuid());
    let content = Content { value: value.clone(), given: given.to_owned(), ..Content::default() };
    let row = EntryRow {
        id,
        application_id: scope.application_id(),
        list_id: list.id,
        value_hash: value_hash(engine, scope, kind, &value),
        sealed: sealed(engine, id, &content),
        added_by: "system".to_owned(),
        reference_session_id: None,
        reference_object_uuid: None,
        created_at: engine.now(),
    };
    store::list_entries::insert(tx, &row).await.map(drop)
}

/// Takes an entity's vendor data off the system block list; it may not be there.
pub(crate) async fn take_system(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: EntryType,
    given: &str,
) -> Result<(), store::Error> {
    let Ok(value) = normalised(kind, given) else { return Ok(()) };
    let Some(list) = store::lists::find_system(tx, scope, kind.as_str()).await? else { return Ok(()) };
    let hash = value_hash(engine, scope, kind, &value);
    store::list_entries::delete_by_hash(tx, scope, list.id, &hash).await.map(drop)
}

pub(super) fn sealed(engine: &Engine, id: ListEntryId, content: &Content) -> Vec<u8> {
    let json = serde_json::to_vec(content).expect("contents are plain structs");
    engine.keyring.seal(&place(id), &json)
}
