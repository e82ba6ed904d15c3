//! `GET /v3/lists/{uuid}/entries/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, lists};
use model::id::ListId;

use super::query::EntriesQuery;
use super::view::EntryView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;
use crate::v3::page::PageView;

/// List what is on a list
///
/// Newest first.
#[utoipa::path(
    get, path = "/v3/lists/{uuid}/entries/", tag = "lists", security(("api_key" = [])),
    params(
        ("uuid" = Uuid, Path, description = "The list."),
        ("search" = Option<String>, Query, description = "In values, labels and comments, in any letter case."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 500, description = "How many at most; 25 unless said."),
        ("offset" = Option<u32>, Query, description = "How many to skip."),
    ),
    responses((status = 200, description = "One page.", body = PageView<EntryView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_entries(
    PathId(id): PathId<ListId>,
    caller: Caller<may::ReadLists>,
    State(engine): State<Engine>,
    EntriesQuery { slice, search }: EntriesQuery,
) -> Result<Json<PageView<EntryView>>, Problem> {
    let wanted = (slice.limit, slice.offset);
    let page = lists::entries(&engine, &caller.scope, id, search.as_deref(), wanted).await?;
    let filters: Vec<_> = search.map(|search| ("search".to_owned(), search)).into_iter().collect();
    let (path, count) = (format!("/v3/lists/{id}/entries/"), page.count);
    let view = PageView::of(&engine, &path, slice, page, EntryView::from);
    Ok(Json(view.filtered(&engine, &path, slice, &filters, count)))
}
