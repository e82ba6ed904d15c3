//! Requests to deliver again what happened before, and how far they have come.

use jiff::Timestamp;
use model::id::{ApplicationId, DestinationId, EventId, SessionId};
use uuid::Uuid;

use crate::column::{IdText, MaybeIdText, MaybeMillis, Millis, millis, text};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, application_id, destination_id, session_id, kinds, since, until, cursor_at, cursor_id, status, total, \
         queued, skipped, created_at, finished_at"
    };
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0013_webhooks.sql")]
pub struct ReplayRow {
    #[sqlx(try_from = "IdText")]
    pub id: Uuid,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    #[sqlx(try_from = "IdText")]
    pub destination_id: DestinationId,
    #[sqlx(try_from = "MaybeIdText")]
    pub session_id: Option<SessionId>,
    pub kinds: String,
    #[sqlx(try_from = "MaybeMillis")]
    pub since: Option<Timestamp>,
    #[sqlx(try_from = "Millis")]
    pub until: Timestamp,
    #[sqlx(try_from = "MaybeMillis")]
    pub cursor_at: Option<Timestamp>,
    #[sqlx(try_from = "MaybeIdText")]
    pub cursor_id: Option<EventId>,
    pub status: String,
    pub total: i64,
    pub queued: i64,
    pub skipped: i64,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "MaybeMillis")]
    pub finished_at: Option<Timestamp>,
}

/// How the events of a replay have fared, by their latest attempt or any before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Fared {
    /// Events that were tried.
    pub tried: i64,
    /// Of these, those that arrived.
    pub delivered: i64,
}

/// Adds a request.
pub async fn insert(tx: &mut Tx, row: &ReplayRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO webhook_replays (", columns!(), ")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(row.destination_id.to_string())
        .bind(text(row.session_id))
        .bind(&row.kinds)
        .bind(millis(row.since))
        .bind(row.until.as_millisecond())
        .bind(millis(row.cursor_at))
        .bind(text(row.cursor_id))
        .bind(&row.status)
        .bind(row.total)
        .bind(row.queued)
        .bind(row.skipped)
        .bind(row.created_at.as_millisecond())
        .bind(millis(row.finished_at))
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The request with this id.
pub async fn find(tx: &mut Tx, scope: &Scope, id: Uuid) -> Result<Option<ReplayRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM webhook_replays WHERE application_id = $1 AND id = $2"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// Writes how far it has come.
pub async fn save(tx: &mut Tx, row: &ReplayRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(
        "UPDATE webhook_replays
         SET cursor_at = $2, cursor_id = $3, status = $4, queued = $5, skipped = $6, finished_at = $7
         WHERE id = $1")
        .bind(row.id.to_string())
        .bind(millis(row.cursor_at))
        .bind(text(row.cursor_id))
        .bind(&row.status)
        .bind(row.queued)
        .bind(row.skipped)
        .bind(millis(row.finished_at))
        .execute(c).await.map(drop))?;
    Ok(())
}

/// How its deliveries have fared so far.
pub async fn fared(tx: &mut Tx, scope: &Scope, id: Uuid) -> Result<Fared, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT COUNT(DISTINCT event_id) AS tried,
                COUNT(DISTINCT CASE WHEN status = 'delivered' THEN event_id END) AS delivered
         FROM deliveries WHERE application_id = $1 AND replay_id = $2")
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_one(c).await)?)
}
