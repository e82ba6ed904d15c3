//! `GET /v3/webhook/destinations/{uuid}/deliveries/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, destinations};
use model::id::DestinationId;

use super::view::DeliveryRowView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};

/// List a destination's deliveries
///
/// One row per attempt, newest first.
#[utoipa::path(
    get, path = "/v3/webhook/destinations/{uuid}/deliveries/", tag = "webhooks", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The destination."), Slice),
    responses((status = 200, description = "One page.", body = PageView<DeliveryRowView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_deliveries(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::ReadWebhooks>,
    slice: Slice,
    State(engine): State<Engine>,
) -> Result<Json<PageView<DeliveryRowView>>, Problem> {
    let (limit, offset) = (i64::from(slice.limit), i64::from(slice.offset));
    let page = destinations::list_deliveries(&engine, &caller.scope, id, limit, offset).await?;
    let path = format!("/v3/webhook/destinations/{id}/deliveries/");
    Ok(Json(PageView::of(&engine, &path, slice, page, DeliveryRowView::from)))
}
