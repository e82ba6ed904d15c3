//! `GET /v3/webhook/destinations/{uuid}/deliveries/{delivery_uuid}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, destinations};
use model::id::{DeliveryId, DestinationId};

use super::view::DeliveryView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathIds;
use crate::problem::Problem;

/// Read one delivery
///
/// With the headers and the body that were sent.
#[utoipa::path(
    get, path = "/v3/webhook/destinations/{uuid}/deliveries/{delivery_uuid}/", tag = "webhooks",
    security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The destination."), ("delivery_uuid" = Uuid, Path, description = "The attempt.")),
    responses((status = 200, description = "The attempt.", body = DeliveryView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_delivery(
    PathIds(destination, id): PathIds<DestinationId, DeliveryId>,
    caller: Caller<may::ReadWebhooks>,
    State(engine): State<Engine>,
) -> Result<Json<DeliveryView>, Problem> {
    Ok(Json(destinations::get_delivery(&engine, &caller.scope, destination, id).await?.into()))
}
