//! `DELETE /v3/webhook/destinations/{uuid}/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, destinations};
use model::id::DestinationId;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Delete a webhook destination
///
/// Nothing more goes there; its log stays.
#[utoipa::path(
    delete, path = "/v3/webhook/destinations/{uuid}/", tag = "webhooks", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The destination.")),
    responses((status = 204, description = "Gone."), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn delete_destination(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    destinations::delete(&engine, &caller.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
