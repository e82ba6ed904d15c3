//! A note that changes nothing.

use model::id::SessionId;
use model::status::SessionStatus;
use serde_json::json;
use store::{Actor, Scope};

use super::{Activity, Author, Entry, Review};
use crate::sessions::{ReadRefused, Record};
use crate::{Engine, audit};

/// What is noted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// A status that it speaks of; the session keeps its own.
    pub status: Option<SessionStatus>,
    /// The note itself.
    pub comment: Option<String>,
}

/// Adds a note to a session's trail. Nobody is told and the session stays as it is. A program's note carries no author,
/// as the contract has it; a person's carries theirs.
pub async fn add(engine: &Engine, scope: &Scope, id: SessionId, note: Note) -> Result<Review, ReadRefused> {
    let mut tx = engine.store.begin().await?;
    let mut record = Record::load(engine, &mut tx, scope, id).await?;
    let author = match scope.actor() {
        Actor::Account(_) => Author::of(engine, &mut tx, scope).await?,
        _ => Author::unknown(),
    };
    let entry = Entry {
        new_status: note.status,
        comment: note.comment,
        ..Entry::about(record.session.status(), author)
    };
    record.note(engine, &mut tx, Activity::StatusUpdated, entry).await?;
    audit::note(engine, &mut tx, scope, "session.review_added", id, json!({ "status": note.status })).await?;
    tx.commit().await?;
    record.reviews.pop().ok_or(ReadRefused::NotFound)
}
