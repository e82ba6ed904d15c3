//! Destinations and deliveries on the wire (core API §6.1).

use engine::decision::instant;
use engine::destinations::{Delivery, DeliverySummary, Destination, Request};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A destination with its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = DestinationRecord)]
pub(super) struct DestinationView {
    uuid: Uuid,
    label: String,
    #[schema(format = "uri")]
    url: String,
    enabled: bool,
    webhook_version: String,
    /// The key of all signatures, 43 characters.
    secret_shared_key: String,
    /// Absent where it would be empty: the contract's list has at least one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    subscribed_events: Vec<String>,
    /// Ours: `compatible` or `persistent`.
    retry_profile: &'static str,
    /// Ours: until when the secret before the last rotation also verifies; null outside a rotation.
    previous_secret_expires_at: Option<String>,
    created_at: String,
    updated_at: String,
    summary: SummaryView,
}

/// How a destination fares.
#[derive(Serialize, ToSchema)]
#[schema(as = DestinationSummary)]
pub(super) struct SummaryView {
    total_deliveries: i64,
    failed_deliveries: i64,
    error_rate_percentage: i64,
    min_response_time_ms: Option<i64>,
    avg_response_time_ms: Option<i64>,
    max_response_time_ms: Option<i64>,
    last_delivery_at: Option<String>,
}

/// A destination in the list: no secret.
#[derive(Serialize, ToSchema)]
#[schema(as = DestinationRow)]
pub(super) struct DestinationRowView {
    uuid: Uuid,
    label: String,
    #[schema(format = "uri")]
    url: String,
    enabled: bool,
    webhook_version: String,
    /// Absent where it would be empty: the contract's list has at least one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    subscribed_events: Vec<String>,
    subscribed_events_count: usize,
    deliveries_count: i64,
    failed_deliveries_count: i64,
    average_response_time_ms: Option<i64>,
    error_rate_percentage: i64,
    last_delivery_at: Option<String>,
    created_at: String,
    updated_at: String,
}

impl From<Destination> for DestinationView {
    fn from(destination: Destination) -> Self {
        Self {
            uuid: destination.id.0,
            label: destination.label,
            url: destination.url,
            enabled: destination.enabled,
            webhook_version: destination.webhook_version,
            secret_shared_key: destination.secret,
            subscribed_events: destination.subscribed_events,
            retry_profile: destination.retry_profile.name(),
            previous_secret_expires_at: destination.previous_secret_until.map(instant),
            created_at: instant(destination.created_at),
            updated_at: instant(destination.updated_at),
            summary: destination.summary.into(),
        }
    }
}

impl From<DeliverySummary> for SummaryView {
    fn from(summary: DeliverySummary) -> Self {
        Self {
            total_deliveries: summary.total,
            failed_deliveries: summary.failed,
            error_rate_percentage: error_rate(&summary),
            min_response_time_ms: summary.min_response_time_ms,
            avg_response_time_ms: summary.avg_response_time_ms,
            max_response_time_ms: summary.max_response_time_ms,
            last_delivery_at: summary.last_delivery_at.map(instant),
        }
    }
}

impl From<Destination> for DestinationRowView {
    fn from(destination: Destination) -> Self {
        let summary = destination.summary;
        Self {
            uuid: destination.id.0,
            label: destination.label,
            url: destination.url,
            enabled: destination.enabled,
            webhook_version: destination.webhook_version,
            subscribed_events_count: destination.subscribed_events.len(),
            subscribed_events: destination.subscribed_events,
            deliveries_count: summary.total,
            failed_deliveries_count: summary.failed,
            average_response_time_ms: summary.avg_response_time_ms,
            error_rate_percentage: error_rate(&summary),
            last_delivery_at: summary.last_delivery_at.map(instant),
            created_at: instant(destination.created_at),
            updated_at: instant(destination.updated_at),
        }
    }
}

/// Rounded to whole percents; 0 without deliveries.
fn error_rate(summary: &DeliverySummary) -> i64 {
    (summary.failed * 100 + summary.total / 2).checked_div(summary.total).unwrap_or(0)
}

/// One attempt to deliver.
#[derive(Serialize, ToSchema)]
#[schema(as = DeliveryRow)]
pub(super) struct DeliveryRowView {
    uuid: Uuid,
    /// The same over retries, resends and destinations.
    event_id: Uuid,
    session_id: Option<Uuid>,
    webhook_type: String,
    /// From 1, rising with each attempt at the same event.
    attempt: i64,
    request_url: String,
    response_status: Option<i64>,
    response_time_ms: Option<i64>,
    /// `delivered` or `failed`.
    status: String,
    /// Why it was sent: `event`, `resend`, `replay` or `test`.
    cause: String,
    created_at: String,
}

/// One attempt with what was sent.
#[derive(Serialize, ToSchema)]
#[schema(as = DeliveryRecord)]
pub(super) struct DeliveryView {
    #[serde(flatten)]
    row: DeliveryRowView,
    /// JSON text; null once the session was deleted.
    request_header: Option<String>,
    /// JSON text, byte for byte what was signed; null once the session was deleted.
    request_body: Option<String>,
    /// What the receiver answered, at most 20,000 bytes; null once the session was deleted.
    response_body: Option<String>,
    /// Why it was not delivered; null if it was, and once the session was deleted.
    error: Option<String>,
}

impl From<Delivery> for DeliveryRowView {
    fn from(delivery: Delivery) -> Self {
        Self {
            uuid: delivery.id.0,
            event_id: delivery.event_id.0,
            session_id: delivery.session_id.map(|id| id.0),
            webhook_type: delivery.webhook_type,
            attempt: delivery.attempt,
            request_url: delivery.request_url,
            response_status: delivery.response_status,
            response_time_ms: delivery.response_time_ms,
            status: delivery.status,
            cause: delivery.cause,
            created_at: instant(delivery.created_at),
        }
    }
}

impl From<(Delivery, Option<Request>)> for DeliveryView {
    fn from((delivery, request): (Delivery, Option<Request>)) -> Self {
        let row = delivery.into();
        match request {
            Some(sent) => Self {
                row,
                request_header: Some(sent.headers.to_string()),
                request_body: Some(sent.body),
                response_body: Some(sent.response_body),
                error: sent.error,
            },
            None => Self { row, request_header: None, request_body: None, response_body: None, error: None },
        }
    }
}
