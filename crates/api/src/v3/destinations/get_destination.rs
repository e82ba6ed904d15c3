//! `GET /v3/webhook/destinations/{uuid}/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, destinations};
use model::id::DestinationId;

use super::view::DestinationView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Read a webhook destination
#[utoipa::path(
    get, path = "/v3/webhook/destinations/{uuid}/", tag = "webhooks", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The destination.")),
    responses((status = 200, description = "The destination with its secret.", body = DestinationView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_destination(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::ReadWebhooks>,
    State(engine): State<Engine>,
) -> Result<Json<DestinationView>, Problem> {
    Ok(Json(destinations::get(&engine, &caller.scope, id).await?.into()))
}
