//! `GET /v3/businesses/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind};

use super::view::BusinessRowView;
use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};

/// List businesses
///
/// The latest session first; those without a session come last.
#[utoipa::path(
    get, path = "/v3/businesses/", tag = "businesses", security(("api_key" = [])), params(Slice),
    responses((status = 200, description = "One page.", body = PageView<BusinessRowView>), KeyRefusals)
)]
pub(super) async fn list_businesses(
    caller: Caller<may::ListBusinesses>,
    State(engine): State<Engine>,
    slice: Slice,
) -> Result<Json<PageView<BusinessRowView>>, Problem> {
    let page = entities::list(&engine, &caller.scope, Kind::Business, slice.limit, slice.offset).await?;
    Ok(Json(PageView::of(&engine, "/v3/businesses/", slice, page, BusinessRowView::from)))
}
