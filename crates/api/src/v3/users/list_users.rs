//! `GET /v3/users/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::entities::{self, Kind};

use super::view::UserRowView;
use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};

/// List users
///
/// The latest session first; those without a session come last.
#[utoipa::path(
    get, path = "/v3/users/", tag = "users", security(("api_key" = [])), params(Slice),
    responses((status = 200, description = "One page.", body = PageView<UserRowView>), KeyRefusals)
)]
pub(super) async fn list_users(
    caller: Caller<may::ListUsers>,
    State(engine): State<Engine>,
    slice: Slice,
) -> Result<Json<PageView<UserRowView>>, Problem> {
    let page = entities::list(&engine, &caller.scope, Kind::User, slice.limit, slice.offset).await?;
    Ok(Json(PageView::of(&engine, "/v3/users/", slice, page, UserRowView::from)))
}
