//! `GET /v3/sessions/` (core API §3.5).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::sessions;
use engine::workflows::Page;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, QueryRefusals};
use crate::problem::Problem;
use crate::v3::page::PageView;

mod query;
mod view;

use query::ListQuery;
use view::SessionRowView;

/// List sessions
///
/// Newest first, filtered; all filters have to fit together, and of a comma-separated list any value. Personal data lies
/// encrypted, so it is found by whole values and whole words in any letter case and without accents, not by parts of
/// words. With `session_kind=all` a page of persons' sessions is followed by one of businesses'.
#[utoipa::path(
    get, path = "/v3/sessions/", tag = "sessions", security(("api_key" = [])),
    params(ListQuery),
    responses((status = 200, description = "One page.", body = PageView<SessionRowView>), QueryRefusals, KeyRefusals)
)]
pub(super) async fn list_sessions(
    caller: Caller<may::ListSessions>,
    mut query: ListQuery,
    State(engine): State<Engine>,
) -> Result<Json<PageView<SessionRowView>>, Problem> {
    query.wanted.within(&caller.reach);
    let listing = sessions::list(&engine, &caller.scope, &query.wanted).await;
    let listing = listing.map_err(|error| Problem::server_error(&error))?;
    let page = Page { count: listing.count, items: listing.rows };
    let view = PageView::of(&engine, "/v3/sessions/", query.slice, page, SessionRowView::from);
    Ok(Json(view.filtered(&engine, "/v3/sessions/", query.slice, &query.filters, listing.paged)))
}
