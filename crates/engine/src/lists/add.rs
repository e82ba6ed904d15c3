//! Putting a value on a list.

use model::id::{ListEntryId, ListId, SessionId};
use serde_json::{Map, Value, json};
use store::list_entries::EntryRow;
use store::lists::ListRow;
use store::{Scope, Tx};

use super::value::normalised;
use super::{Content, Entry, EntryType, Refused, read, reference, system, value_hash};
use crate::entities::{self, Kind};
use crate::{Engine, audit};

/// What is to be put on a list: a value, or the one that a session holds.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "core API §10.2")]
pub struct NewEntry {
    pub value: Option<String>,
    pub reference_session_id: Option<SessionId>,
    pub reference_object_uuid: Option<String>,
    pub display_label: Option<String>,
    pub comment: Option<String>,
    pub metadata: Map<String, Value>,
}

/// Puts it there. On the system list of users or businesses it also blocks the entity.
pub async fn add_entry(
    engine: &Engine,
    scope: &Scope,
    list: ListId,
    new: NewEntry,
) -> Result<Entry, Refused> {
    let mut tx = engine.store.begin().await?;
    let list = store::lists::find(&mut tx, scope, list).await?.ok_or(Refused::NotFound)?;
    let entry = add(engine, &mut tx, scope, &list, new).await?;
    let entry = entry.ok_or_else(|| Refused::invalid("value", "This value is already on the list."))?;
    tx.commit().await?;
    engine.nudge();
    Ok(entry)
}

/// Puts it there, within a transaction. Nothing if it is there already.
pub(super) async fn add(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    list: &ListRow,
    new: NewEntry,
) -> Result<Option<Entry>, Refused> {
    let kind = kind(list)?;
    let (given, value) = value(engine, tx, scope, kind, &new).await?;
    // The entity first: whoever changes both takes them in this order.
    if let Some(entity) = entity(list, kind) {
        entities::block(engine, tx, scope, entity, &given).await?;
    }
    let id = ListEntryId(engine.uuid());
    let content = Content {
        value: value.clone(),
        given,
        display_label: new.display_label,
        comment: new.comment,
        metadata: new.metadata,
    };
    let row = EntryRow {
        id,
        application_id: scope.application_id(),
        list_id: list.id,
        value_hash: value_hash(engine, scope, kind, &value),
        sealed: system::sealed(engine, id, &content),
        added_by: "api".to_owned(),
        reference_session_id: new.reference_session_id,
        reference_object_uuid: new.reference_object_uuid,
        created_at: engine.now(),
    };
    if !store::list_entries::insert(tx, &row).await? {
        return Ok(None);
    }
    let details = json!({"list_id": list.id, "entry_type": kind.as_str()});
    audit::note(engine, tx, scope, "list_entry.created", id, details).await?;
    Ok(Some(read::opened(engine, tx, scope, row).await?))
}

/// The value as it was given or found, and its one spelling.
async fn value(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: EntryType,
    new: &NewEntry,
) -> Result<(String, String), Refused> {
    if kind == EntryType::Face {
        let reason = "Faces cannot be put on a list in this version.";
        return Err(Refused::invalid("value", reason));
    }
    let spelled = |given: String| match normalised(kind, &given) {
        Ok(value) => Ok((given, value)),
        Err(reason) => Err(Refused::invalid("value", reason)),
    };
    let Some(session) = new.reference_session_id else {
        let given = new.value.clone();
        return spelled(given.ok_or_else(|| Refused::invalid("value", "This field is required."))?);
    };
    let found = reference::value_of(engine, tx, scope, session, kind).await?;
    let (found, spelling) = spelled(found)?;
    if let Some(given) = &new.value
        && normalised(kind, given).as_deref() != Ok(spelling.as_str())
    {
        return Err(Refused::invalid("value", "The value does not occur in the session."));
    }
    Ok((found, spelling))
}

pub(super) fn kind(list: &ListRow) -> Result<EntryType, store::Error> {
    EntryType::of_name(&list.entry_type)
        .ok_or_else(|| store::Error::Corrupt { table: "lists", id: list.id.to_string() })
}

/// The kind of entity that stands or falls with this list's entries.
pub(super) fn entity(list: &ListRow, kind: EntryType) -> Option<Kind> {
    match kind {
        EntryType::User if list.is_system => Some(Kind::User),
        EntryType::Business if list.is_system => Some(Kind::Business),
        _ => None,
    }
}
