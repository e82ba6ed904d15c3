//! `GET /v3/webhook/destinations/{uuid}/deliveries/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, destinations};
use model::id::DestinationId;

use super::log_query::{LogFilters, LogQuery};
use super::view::DeliveryRowView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals, QueryRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};

/// List a destination's deliveries
///
/// One row per attempt, newest first, filtered; all filters have to fit together.
#[utoipa::path(
    get, path = "/v3/webhook/destinations/{uuid}/deliveries/", tag = "webhooks", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The destination."), Slice, LogFilters),
    responses(
        (status = 200, description = "One page.", body = PageView<DeliveryRowView>),
        QueryRefusals, ObjectRefusals, KeyRefusals
    )
)]
pub(super) async fn list_deliveries(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::ReadWebhooks>,
    query: LogQuery,
    State(engine): State<Engine>,
) -> Result<Json<PageView<DeliveryRowView>>, Problem> {
    let LogQuery { filter, slice, sent } = query;
    let (limit, offset) = (i64::from(slice.limit), i64::from(slice.offset));
    let page = destinations::list_deliveries(&engine, &caller.scope, id, &filter, limit, offset).await?;
    let path = format!("/v3/webhook/destinations/{id}/deliveries/");
    let count = page.count;
    let view = PageView::of(&engine, &path, slice, page, DeliveryRowView::from);
    Ok(Json(view.filtered(&engine, &path, slice, &sent, count)))
}
