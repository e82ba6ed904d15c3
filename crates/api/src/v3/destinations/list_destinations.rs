//! `GET /v3/webhook/destinations/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, destinations};

use super::view::DestinationRowView;
use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;
use crate::problem::Problem;

/// List webhook destinations
///
/// All of the application's, oldest first, without their secrets.
#[utoipa::path(
    get, path = "/v3/webhook/destinations/", tag = "webhooks", security(("api_key" = [])),
    responses((status = 200, description = "The destinations.", body = Vec<DestinationRowView>), KeyRefusals)
)]
pub(super) async fn list_destinations(
    caller: Caller<may::ReadWebhooks>,
    State(engine): State<Engine>,
) -> Result<Json<Vec<DestinationRowView>>, Problem> {
    let destinations = destinations::list(&engine, &caller.scope).await?;
    Ok(Json(destinations.into_iter().map(DestinationRowView::from).collect()))
}
