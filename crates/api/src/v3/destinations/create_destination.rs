//! `POST /v3/webhook/destinations/`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, destinations};

use super::change_destination::{CreateDestination, DestinationFields};
use super::view::DestinationView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// Create a webhook destination
///
/// The answer holds `secret_shared_key`, with which you verify the signatures of what arrives.
#[utoipa::path(
    post, path = "/v3/webhook/destinations/", tag = "webhooks", security(("api_key" = [])),
    request_body = DestinationFields,
    responses((status = 201, description = "The destination.", body = DestinationView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_destination(
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
    Body(CreateDestination(new)): Body<CreateDestination>,
) -> Result<(StatusCode, Json<DestinationView>), Problem> {
    let destination = destinations::create(&engine, &caller.scope, new).await?;
    Ok((StatusCode::CREATED, Json(destination.into())))
}
