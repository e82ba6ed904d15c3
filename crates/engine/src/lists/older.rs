//! The block list as older integrations know it (core API §10.3): what a session holds, on or off.

use jiff::Timestamp;
use model::id::SessionId;
use serde_json::json;
use store::Scope;

use super::add::add;
use super::{EntryType, NewEntry, Refused, read, reference, system, value, value_hash};
use crate::sessions::Record;
use crate::{Engine, audit};

/// One of the four kinds, as [`blocked`] shows it.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "contract, `BlocklistItem`")]
pub struct BlockedItem {
    pub kind: EntryType,
    pub session_id: Option<SessionId>,
    pub session_number: Option<i64>,
    pub blocklisted_at: Timestamp,
    pub document_type: Option<String>,
    pub value: String,
}

/// The names of what is now on, or off, the list.
pub type Blocked = Vec<&'static str>;

/// Puts what the session holds on the system block lists. What is there already stays.
pub async fn add_session(
    engine: &Engine,
    scope: &Scope,
    session: SessionId,
    kinds: &[EntryType],
) -> Result<Blocked, Refused> {
    let mut tx = engine.store.begin().await?;
    let mut done = Vec::new();
    for &kind in kinds {
        let list = system::ensure(engine, &mut tx, scope, kind).await?.ok_or(Refused::NotFound)?;
        let new = NewEntry { reference_session_id: Some(session), ..NewEntry::default() };
        add(engine, &mut tx, scope, &list, new).await.map_err(|refused| blamed(refused, kind))?;
        done.push(kind.as_str());
    }
    tx.commit().await?;
    Ok(done)
}

/// Takes what the session holds off the system block lists. What is not there stays away.
pub async fn remove_session(
    engine: &Engine,
    scope: &Scope,
    session: SessionId,
    kinds: &[EntryType],
) -> Result<Blocked, Refused> {
    let mut tx = engine.store.begin().await?;
    let mut done = Vec::new();
    for &kind in kinds {
        let list = system::ensure(engine, &mut tx, scope, kind).await?.ok_or(Refused::NotFound)?;
        let found = reference::value_of(engine, &mut tx, scope, session, kind).await;
        let found = found.map_err(|refused| blamed(refused, kind))?;
        let Ok(value) = value::normalised(kind, &found) else { continue };
        let hash = value_hash(engine, scope, kind, &value);
        store::list_entries::delete_by_hash(&mut tx, scope, list.id, &hash).await?;
        audit::note(
            engine,
            &mut tx,
            scope,
            "blocklist.removed",
            session,
            json!({"entry_type": kind.as_str()}),
        )
        .await?;
        done.push(kind.as_str());
    }
    tx.commit().await?;
    Ok(done)
}

/// What is on the four lists, newest first.
pub async fn blocked(
    engine: &Engine,
    scope: &Scope,
    only: Option<EntryType>,
) -> Result<Vec<BlockedItem>, Refused> {
    let mut tx = engine.store.read().await?;
    let mut items = Vec::new();
    for kind in [EntryType::Face, EntryType::Document, EntryType::Phone, EntryType::Email] {
        if only.is_some_and(|only| only != kind) {
            continue;
        }
        let Some(list) = store::lists::find_system(&mut tx, scope, kind.as_str()).await? else { continue };
        for row in store::list_entries::list(&mut tx, scope, list.id, i64::MAX, 0).await? {
            let entry = read::opened(engine, &mut tx, scope, row).await?;
            let session = entry.reference_session_id;
            let document_type = match session.filter(|_| kind == EntryType::Document) {
                Some(id) => document_type(Record::load(engine, &mut tx, scope, id).await.ok().as_ref()),
                None => None,
            };
            items.push(BlockedItem {
                kind,
                session_id: session,
                session_number: entry.reference_session_number,
                blocklisted_at: entry.created_at,
                document_type,
                value: entry.content.value,
            });
        }
    }
    items.sort_by_key(|item| std::cmp::Reverse(item.blocklisted_at));
    Ok(items)
}

fn document_type(record: Option<&Record>) -> Option<String> {
    let reports = record?.session.reports_in_order();
    let found = reports.iter().rev().find_map(|report| report.fields.get("document_type")?.as_str());
    found.map(str::to_owned)
}

/// These routes name their fields otherwise.
fn blamed(refused: Refused, kind: EntryType) -> Refused {
    match refused {
        Refused::Invalid { field: "value", reason } => {
            let field = match kind {
                EntryType::Face => "blocklist_face",
                EntryType::Document => "blocklist_document",
                EntryType::Phone => "blocklist_phone",
                _ => "blocklist_email",
            };
            Refused::Invalid { field, reason }
        }
        Refused::Invalid { field: "reference_session_id", reason } => {
            Refused::Invalid { field: "session_id", reason }
        }
        other => other,
    }
}
