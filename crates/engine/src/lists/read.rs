//! Reading lists and what is on them.

use model::id::ListId;
use store::list_entries::EntryRow;
use store::lists::Wanted;
use store::{Scope, Tx};

use super::system::{all_there, ensure_all};
use super::{Content, Entry, List, Refused, place};
use crate::Engine;
use crate::workflows::Page;

/// The wanted lists. The first look makes the system block lists.
pub async fn list(
    engine: &Engine,
    scope: &Scope,
    wanted: &Wanted<'_>,
    (limit, offset): (u32, u32),
) -> Result<Page<List>, Refused> {
    let mut tx = engine.store.read().await?;
    if !all_there(&mut tx, scope).await? {
        drop(tx);
        let mut making = engine.store.begin().await?;
        ensure_all(engine, &mut making, scope).await?;
        making.commit().await?;
        tx = engine.store.read().await?;
    }
    let count = store::lists::count(&mut tx, scope, wanted).await?;
    let items = store::lists::list(&mut tx, scope, wanted, i64::from(limit), i64::from(offset)).await?;
    Ok(Page { count: usize::try_from(count).unwrap_or(0), items })
}

/// One list.
pub async fn get(engine: &Engine, scope: &Scope, id: ListId) -> Result<List, Refused> {
    let mut tx = engine.store.read().await?;
    store::lists::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)
}

/// What is on a list, newest first. A search looks into values, labels and comments, in any letter case.
pub async fn entries(
    engine: &Engine,
    scope: &Scope,
    id: ListId,
    search: Option<&str>,
    (limit, offset): (u32, u32),
) -> Result<Page<Entry>, Refused> {
    let mut tx = engine.store.read().await?;
    let list = store::lists::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let Some(search) = search.map(str::to_lowercase).filter(|search| !search.is_empty()) else {
        let rows = store::list_entries::list(&mut tx, scope, id, i64::from(limit), i64::from(offset)).await?;
        let items = opened_all(engine, &mut tx, scope, rows).await?;
        return Ok(Page { count: usize::try_from(list.entry_count).unwrap_or(0), items });
    };
    // Values are sealed: a search opens them all.
    let rows = store::list_entries::list(&mut tx, scope, id, i64::MAX, 0).await?;
    let mut found = Vec::new();
    for row in rows {
        let content = content(engine, &row)?;
        let texts = [Some(&content.value), content.display_label.as_ref(), content.comment.as_ref()];
        if texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&search)) {
            found.push(row);
        }
    }
    let count = found.len();
    let page: Vec<EntryRow> = found.into_iter().skip(offset as usize).take(limit as usize).collect();
    Ok(Page { count, items: opened_all(engine, &mut tx, scope, page).await? })
}

pub(super) fn content(engine: &Engine, row: &EntryRow) -> Result<Content, store::Error> {
    let json = engine.keyring.open(&place(row.id), &row.sealed)?;
    serde_json::from_slice(&json)
        .map_err(|_| store::Error::Corrupt { table: "list_entries", id: row.id.to_string() })
}

async fn opened_all(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    rows: Vec<EntryRow>,
) -> Result<Vec<Entry>, store::Error> {
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        entries.push(opened(engine, tx, scope, row).await?);
    }
    Ok(entries)
}

/// An entry with the number of the session it came from, while that is there.
pub(super) async fn opened(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    row: EntryRow,
) -> Result<Entry, store::Error> {
    let content = content(engine, &row)?;
    let session = match row.reference_session_id {
        Some(id) => store::sessions::find(tx, scope, id).await?,
        None => None,
    };
    Ok(Entry {
        id: row.id,
        list_id: row.list_id,
        content,
        added_by: row.added_by,
        reference_session_id: row.reference_session_id,
        reference_session_number: session.map(|session| session.number),
        reference_object_uuid: row.reference_object_uuid,
        created_at: row.created_at,
    })
}
