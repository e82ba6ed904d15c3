//! `PATCH /v3/webhook/destinations/{uuid}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, destinations};
use model::id::DestinationId;

use super::change_destination::{DestinationFields, UpdateDestination};
use super::view::DestinationView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Change a webhook destination
///
/// Every field is optional; `subscribed_events` replaces the list. The secret stays.
#[utoipa::path(
    patch, path = "/v3/webhook/destinations/{uuid}/", tag = "webhooks", security(("api_key" = [])),
    request_body = DestinationFields, params(("uuid" = Uuid, Path, description = "The destination.")),
    responses((status = 200, description = "The destination.", body = DestinationView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_destination(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
    Body(UpdateDestination(changes)): Body<UpdateDestination>,
) -> Result<Json<DestinationView>, Problem> {
    Ok(Json(destinations::update(&engine, &caller.scope, id, changes).await?.into()))
}
