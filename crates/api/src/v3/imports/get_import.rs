//! `GET /v3/session/imports/{import_id}/`.

use axum::Json;
use axum::extract::State;
use engine::sessions::ReadRefused;
use engine::{Engine, imports};
use model::id::ImportId;

use super::view::ImportView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// Read an import's progress
///
/// Ask until `status` is `COMPLETED` or `FAILED`. Rows that were refused are listed by the errors route.
#[utoipa::path(
    get, path = "/v3/session/imports/{import_id}/", tag = "sessions", security(("api_key" = [])),
    params(("import_id" = Uuid, Path, description = "The import.")),
    responses((status = 200, description = "How far it is.", body = ImportView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_import(
    PathId(id): PathId<ImportId>,
    caller: Caller<may::ReadSessions>,
    State(engine): State<Engine>,
) -> Result<Json<ImportView>, Problem> {
    match imports::get(&engine, &caller.scope, id).await {
        Ok(import) => Ok(Json(import.into())),
        Err(ReadRefused::NotFound) => Err(Problem::new(Code::NotFound)),
        Err(ReadRefused::Store(error)) => Err(Problem::server_error(&error)),
    }
}
