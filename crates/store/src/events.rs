//! What happened, in order. The same transaction that changes a session adds the event.

use jiff::Timestamp;
use model::id::{ApplicationId, EventId, SessionId};
use uuid::Uuid;

use crate::column::{IdText, MaybeIdText, Millis, text};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, application_id, session_id, subject_id, sequence, kind, sealed, created_at"
    };
}

/// One committed change that subscribers hear of.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0005_events.sql")]
pub struct EventRow {
    #[sqlx(try_from = "IdText")]
    pub id: EventId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    #[sqlx(try_from = "MaybeIdText")]
    pub session_id: Option<SessionId>,
    /// The user or business that an event without a session is about.
    #[sqlx(try_from = "MaybeIdText")]
    pub subject_id: Option<Uuid>,
    /// From [`next_sequence`] or [`next_sequence_of_subject`].
    pub sequence: i64,
    pub kind: String,
    /// The payload, sealed with the session's key, or with [`crate::Keyring::seal`] if there is no session.
    pub sealed: Vec<u8>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// The place in a session's order that its next event takes: 1 for the first.
///
/// Call it after the session was saved in the same transaction: that guard keeps two writers from taking the same place.
pub async fn next_sequence(tx: &mut Tx, session_id: SessionId) -> Result<i64, Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COALESCE(MAX(sequence), 0) + 1 FROM events WHERE session_id = $1")
        .bind(session_id.to_string())
        .fetch_one(c).await)?,
    )
}

/// The place in a user's or business's order that its next event takes. Two writers at once may take the same: it is for
/// receivers to tell old from new, and the caller's guard on the row keeps writers apart.
pub async fn next_sequence_of_subject(tx: &mut Tx, subject_id: Uuid) -> Result<i64, Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COALESCE(MAX(sequence), 0) + 1 FROM events WHERE subject_id = $1")
        .bind(subject_id.to_string())
        .fetch_one(c).await)?,
    )
}

/// Empties every event about this user or business and every log entry of them: nothing of them opens again.
pub async fn erase_subject(tx: &mut Tx, scope: &Scope, subject_id: Uuid) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE deliveries SET sealed_request = $3 WHERE event_id IN
             (SELECT id FROM events WHERE application_id = $1 AND subject_id = $2)")
        .bind(scope.application_id().to_string())
        .bind(subject_id.to_string())
        .bind(Vec::<u8>::new())
        .execute(c).await.map(drop))?;
    on!(tx, c => sqlx::query("UPDATE events SET sealed = $3 WHERE application_id = $1 AND subject_id = $2")
        .bind(scope.application_id().to_string())
        .bind(subject_id.to_string())
        .bind(Vec::<u8>::new())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Adds an event.
pub async fn insert(tx: &mut Tx, row: &EventRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!("INSERT INTO events (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(text(row.session_id))
        .bind(text(row.subject_id))
        .bind(row.sequence)
        .bind(&row.kind)
        .bind(&row.sealed)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The event with this id.
pub async fn find(tx: &mut Tx, scope: &Scope, id: EventId) -> Result<Option<EventRow>, Error> {
    Ok(
        on!(tx, c => sqlx::query_as(concat!("SELECT ", columns!(), " FROM events WHERE application_id = $1 AND id = $2"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?,
    )
}

/// Which events a replay is of: all of one session or of every one, of these kinds, between two moments, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "said above")]
pub struct Range {
    pub session_id: Option<SessionId>,
    pub kinds: Vec<String>,
    pub since: Option<Timestamp>,
    pub until: Timestamp,
}

/// Samples have neither a session nor a subject, and never happened.
macro_rules! in_range {
    () => {
        "application_id = $1 AND (session_id IS NOT NULL OR subject_id IS NOT NULL)
         AND (CAST($2 AS TEXT) IS NULL OR session_id = $2) AND created_at >= $3 AND created_at <= $4
         AND $5 LIKE '%\"' || kind || '\"%'"
    };
}

/// How many events there are in a range.
pub async fn count_range(tx: &mut Tx, scope: &Scope, range: &Range) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(concat!("SELECT COUNT(*) FROM events WHERE ", in_range!()))
        .bind(scope.application_id().to_string())
        .bind(text(range.session_id))
        .bind(range.since.map_or(0, Timestamp::as_millisecond))
        .bind(range.until.as_millisecond())
        .bind(quoted(&range.kinds))
        .fetch_one(c).await)?)
}

/// The next events of a range after this one, oldest first.
pub async fn list_range(
    tx: &mut Tx,
    scope: &Scope,
    range: &Range,
    after: Option<(Timestamp, EventId)>,
    limit: i64,
) -> Result<Vec<EventRow>, Error> {
    let (at, id) = after.map_or((-1, String::new()), |(at, id)| (at.as_millisecond(), id.to_string()));
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM events
         WHERE ", in_range!(), " AND (created_at > $6 OR (created_at = $6 AND id > $7))
         ORDER BY created_at, id LIMIT $8"))
        .bind(scope.application_id().to_string())
        .bind(text(range.session_id))
        .bind(range.since.map_or(0, Timestamp::as_millisecond))
        .bind(range.until.as_millisecond())
        .bind(quoted(&range.kinds))
        .bind(at)
        .bind(id)
        .bind(limit)
        .fetch_all(c).await)?)
}

/// Each in quotation marks, for a search of one text in another; kinds are our own words.
fn quoted(kinds: &[String]) -> String {
    kinds.iter().flat_map(|kind| ["\"", kind, "\""]).collect()
}

/// A session's events in their order.
pub async fn list(tx: &mut Tx, scope: &Scope, session_id: SessionId) -> Result<Vec<EventRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM events WHERE application_id = $1 AND session_id = $2 ORDER BY sequence"))
        .bind(scope.application_id().to_string())
        .bind(session_id.to_string())
        .fetch_all(c).await)?)
}
