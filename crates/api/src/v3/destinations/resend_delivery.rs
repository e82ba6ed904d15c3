//! `POST /v3/webhook/destinations/{uuid}/deliveries/{delivery_uuid}/resend/`, ours.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, destinations};
use model::id::{DeliveryId, DestinationId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathIds;
use crate::problem::Problem;

/// What was queued.
#[derive(Serialize, ToSchema)]
pub(super) struct ResentView {
    /// The same as before.
    event_id: Uuid,
    #[schema(example = "queued")]
    status: &'static str,
}

/// Deliver an event again
///
/// The same `event_id` with a fresh timestamp and signature, to the same destination. A row of its own appears in the log.
#[utoipa::path(
    post, path = "/v3/webhook/destinations/{uuid}/deliveries/{delivery_uuid}/resend/", tag = "webhooks",
    security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The destination."), ("delivery_uuid" = Uuid, Path, description = "The attempt.")),
    responses((status = 202, description = "Queued.", body = ResentView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn resend_delivery(
    PathIds(destination, id): PathIds<DestinationId, DeliveryId>,
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
) -> Result<(StatusCode, Json<ResentView>), Problem> {
    let event = destinations::resend(&engine, &caller.scope, destination, id).await?;
    Ok((StatusCode::ACCEPTED, Json(ResentView { event_id: event.0, status: "queued" })))
}
