//! `GET /v3/session/imports/{import_id}/errors/`.

use axum::Json;
use axum::extract::State;
use engine::sessions::ReadRefused;
use engine::{Engine, imports};
use model::id::ImportId;

use super::view::RefusedRowView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};
use crate::v3::page::{PageView, Slice};

/// List the rows that an import refused
///
/// In the file's order, with what each said, so that a corrected file can be made of them.
#[utoipa::path(
    get, path = "/v3/session/imports/{import_id}/errors/", tag = "sessions", security(("api_key" = [])),
    params(("import_id" = Uuid, Path, description = "The import."), Slice),
    responses((status = 200, description = "One page.", body = PageView<RefusedRowView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_import_errors(
    PathId(id): PathId<ImportId>,
    caller: Caller<may::ReadSessions>,
    slice: Slice,
    State(engine): State<Engine>,
) -> Result<Json<PageView<RefusedRowView>>, Problem> {
    let (limit, offset) = (i64::from(slice.limit), i64::from(slice.offset));
    let page = match imports::errors(&engine, &caller.scope, id, limit, offset).await {
        Ok(page) => page,
        Err(ReadRefused::NotFound) => return Err(Problem::new(Code::NotFound)),
        Err(ReadRefused::Store(error)) => return Err(Problem::server_error(&error)),
    };
    let path = format!("/v3/session/imports/{id}/errors/");
    Ok(Json(PageView::of(&engine, &path, slice, page, RefusedRowView::from)))
}
