//! The delivery log: one row per attempt to tell a destination of an event.

use jiff::Timestamp;
use model::id::{ApplicationId, DeliveryId, DestinationId, EventId, SessionId};
use uuid::Uuid;

use crate::column::{IdText, MaybeIdText, MaybeMillis, Millis, millis, text};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, application_id, destination_id, event_id, session_id, webhook_type, attempt, request_url, sealed_request, \
         response_status, response_time_ms, status, created_at, cause, replay_id"
    };
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0005_events.sql and 0013_webhooks.sql")]
pub struct DeliveryRow {
    #[sqlx(try_from = "IdText")]
    pub id: DeliveryId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    #[sqlx(try_from = "IdText")]
    pub destination_id: DestinationId,
    #[sqlx(try_from = "IdText")]
    pub event_id: EventId,
    #[sqlx(try_from = "MaybeIdText")]
    pub session_id: Option<SessionId>,
    pub webhook_type: String,
    /// From 1, rising.
    pub attempt: i64,
    pub request_url: String,
    /// Headers and body, sealed as the event was.
    pub sealed_request: Vec<u8>,
    pub response_status: Option<i64>,
    pub response_time_ms: Option<i64>,
    pub status: String,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    /// Why it was sent: `resend`, `replay` or `test`; nothing for the event itself.
    pub cause: Option<String>,
    #[sqlx(try_from = "MaybeIdText")]
    pub replay_id: Option<Uuid>,
}

/// How a destination fares.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DeliverySummary {
    /// Attempts.
    pub total: i64,
    /// Attempts whose status is `failed`.
    pub failed: i64,
    /// Quickest answer, milliseconds.
    pub min_response_time_ms: Option<i64>,
    /// Mean of the answers, milliseconds, rounded down.
    pub avg_response_time_ms: Option<i64>,
    /// Slowest answer, milliseconds.
    pub max_response_time_ms: Option<i64>,
    /// The latest attempt.
    #[sqlx(try_from = "MaybeMillis")]
    pub last_delivery_at: Option<Timestamp>,
}

/// Logs an attempt.
pub async fn insert(tx: &mut Tx, row: &DeliveryRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO deliveries (", columns!(), ")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(row.destination_id.to_string())
        .bind(row.event_id.to_string())
        .bind(text(row.session_id))
        .bind(&row.webhook_type)
        .bind(row.attempt)
        .bind(&row.request_url)
        .bind(&row.sealed_request)
        .bind(row.response_status)
        .bind(row.response_time_ms)
        .bind(&row.status)
        .bind(row.created_at.as_millisecond())
        .bind(&row.cause)
        .bind(text(row.replay_id))
        .execute(c).await.map(drop))?;
    Ok(())
}

/// One attempt of one destination.
pub async fn find(
    tx: &mut Tx,
    scope: &Scope,
    destination_id: DestinationId,
    id: DeliveryId,
) -> Result<Option<DeliveryRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM deliveries WHERE application_id = $1 AND destination_id = $2 AND id = $3"))
        .bind(scope.application_id().to_string())
        .bind(destination_id.to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// Which attempts are asked for; what is absent does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "columns, described in migrations/0005_events.sql and 0013_webhooks.sql")]
pub struct Filter {
    pub status: Option<String>,
    pub webhook_type: Option<String>,
    pub session_id: Option<SessionId>,
    pub event_id: Option<EventId>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Not after.
    pub until: Option<Timestamp>,
}

macro_rules! filtered {
    ($select:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM deliveries
             WHERE application_id = $1 AND destination_id = $2
                 AND (CAST($3 AS TEXT) IS NULL OR status = $3) AND (CAST($4 AS TEXT) IS NULL OR webhook_type = $4)
                 AND (CAST($5 AS TEXT) IS NULL OR session_id = $5) AND (CAST($6 AS TEXT) IS NULL OR event_id = $6)
                 AND (CAST($7 AS BIGINT) IS NULL OR created_at >= $7) AND (CAST($8 AS BIGINT) IS NULL OR created_at <= $8) ",
            $rest
        )
    };
}

macro_rules! bind_filter {
    ($query:expr, $scope:expr, $destination:expr, $filter:expr) => {
        $query
            .bind($scope.application_id().to_string())
            .bind($destination.to_string())
            .bind(&$filter.status)
            .bind(&$filter.webhook_type)
            .bind(text($filter.session_id))
            .bind(text($filter.event_id))
            .bind(millis($filter.since))
            .bind(millis($filter.until))
    };
}

/// A destination's attempts that fit, newest first.
pub async fn list(
    tx: &mut Tx,
    scope: &Scope,
    destination_id: DestinationId,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<Vec<DeliveryRow>, Error> {
    let sql = filtered!(
        "id, application_id, destination_id, event_id, session_id, webhook_type, attempt, request_url, sealed_request,
         response_status, response_time_ms, status, created_at, cause, replay_id",
        "ORDER BY id DESC LIMIT $9 OFFSET $10"
    );
    Ok(on!(tx, c => bind_filter!(sqlx::query_as(sql), scope, destination_id, filter)
        .bind(limit)
        .bind(offset)
        .fetch_all(c).await)?)
}

/// How many of a destination's attempts fit.
pub async fn count(
    tx: &mut Tx,
    scope: &Scope,
    destination_id: DestinationId,
    filter: &Filter,
) -> Result<i64, Error> {
    let sql = filtered!("COUNT(*)", "");
    Ok(on!(tx, c => bind_filter!(sqlx::query_scalar(sql), scope, destination_id, filter).fetch_one(c).await)?)
}

/// Attempts to tell one destination of one event, oldest first.
pub async fn list_for_event(
    tx: &mut Tx,
    scope: &Scope,
    event_id: EventId,
    destination_id: DestinationId,
) -> Result<Vec<DeliveryRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM deliveries
         WHERE application_id = $1 AND event_id = $2 AND destination_id = $3
         ORDER BY attempt, id"))
        .bind(scope.application_id().to_string())
        .bind(event_id.to_string())
        .bind(destination_id.to_string())
        .fetch_all(c).await)?)
}

/// The number of the next attempt to tell one destination of one event: 1 for the first.
pub async fn next_attempt(
    tx: &mut Tx,
    scope: &Scope,
    event_id: EventId,
    destination_id: DestinationId,
) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT COALESCE(MAX(attempt), 0) + 1 FROM deliveries
         WHERE application_id = $1 AND event_id = $2 AND destination_id = $3")
        .bind(scope.application_id().to_string())
        .bind(event_id.to_string())
        .bind(destination_id.to_string())
        .fetch_one(c).await)?)
}

/// How a destination fares; zeros and nothing if it was never tried. Samples do not count.
pub async fn summarize(
    tx: &mut Tx,
    scope: &Scope,
    destination_id: DestinationId,
) -> Result<DeliverySummary, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT COUNT(*) AS total,
                COUNT(CASE WHEN status = 'failed' THEN 1 END) AS failed,
                MIN(response_time_ms) AS min_response_time_ms,
                CAST(SUM(response_time_ms) AS BIGINT) / COUNT(response_time_ms) AS avg_response_time_ms,
                MAX(response_time_ms) AS max_response_time_ms,
                MAX(created_at) AS last_delivery_at
         FROM deliveries WHERE application_id = $1 AND destination_id = $2 AND (cause IS NULL OR cause <> 'test')")
        .bind(scope.application_id().to_string())
        .bind(destination_id.to_string())
        .fetch_one(c).await)?)
}
