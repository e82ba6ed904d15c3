//! `GET /v3/lists/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, lists};

use super::query::ListsQuery;
use super::view::ListView;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;
use crate::v3::page::PageView;

/// List lists
///
/// The application's own and the ten system block lists.
#[utoipa::path(
    get, path = "/v3/lists/", tag = "lists", security(("api_key" = [])),
    params(
        ("list_type" = Option<String>, Query, description = "`blocklist`, `allowlist` or `custom`."),
        ("entry_type" = Option<String>, Query, description = "What is on them."),
        ("ordering" = Option<String>, Query, description = "`created_at`, `entry_count` or `last_entry_added_at`; with `-` the other way round. `-created_at` unless said."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 500, description = "How many at most; 25 unless said."),
        ("offset" = Option<u32>, Query, description = "How many to skip."),
    ),
    responses((status = 200, description = "One page.", body = PageView<ListView>), BodyRefusals, KeyRefusals)
)]
pub(super) async fn list_lists(
    caller: Caller<may::ReadLists>,
    State(engine): State<Engine>,
    query: ListsQuery,
) -> Result<Json<PageView<ListView>>, Problem> {
    let slice = query.slice;
    let page = lists::list(&engine, &caller.scope, &query.wanted(), (slice.limit, slice.offset)).await?;
    let (path, count) = ("/v3/lists/", page.count);
    let view = PageView::of(&engine, path, slice, page, ListView::from);
    Ok(Json(view.filtered(&engine, path, slice, &query.filters(), count)))
}
