//! `GET /v3/workflows/` (core API §5.1).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::workflows;

use super::view::WorkflowRowView;
use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};

/// List workflows
///
/// Every version of the application's workflows, newest first.
#[utoipa::path(
    get, path = "/v3/workflows/", tag = "workflows", security(("api_key" = [])), params(Slice),
    responses((status = 200, description = "One page.", body = PageView<WorkflowRowView>), KeyRefusals)
)]
pub(super) async fn list_workflows(
    caller: Caller<may::ReadWorkflows>,
    slice: Slice,
    State(engine): State<Engine>,
) -> Result<Json<PageView<WorkflowRowView>>, Problem> {
    let page = workflows::list(&engine, &caller.scope, slice.limit as usize, slice.offset as usize).await?;
    Ok(Json(PageView::of(&engine, "/v3/workflows/", slice, page, WorkflowRowView::from)))
}
