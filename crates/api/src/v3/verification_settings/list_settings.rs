//! `GET …/verification-settings/`

use axum::Json;
use axum::extract::State;
use engine::{Engine, workflows};

use crate::caller::{Console, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};
use crate::v3::workflows::view::WorkflowRowView;

/// List workflows in the console
///
/// Every version of the application's workflows, newest first.
#[utoipa::path(
    get, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/", tag = "verification settings",
    security(("bearer" = [])),
    params(Slice, ("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications.")),
    responses((status = 200, description = "One page.", body = PageView<WorkflowRowView>), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_settings(
    console: Console<may::ReadWorkflows>,
    slice: Slice,
    State(engine): State<Engine>,
) -> Result<Json<PageView<WorkflowRowView>>, Problem> {
    let (limit, offset) = (slice.limit as usize, slice.offset as usize);
    let page = workflows::list(&engine, &console.scope, limit, offset).await?;
    let (organization, application) = (console.scope.organization_id(), console.scope.application_id());
    let path = format!("/v3/organization/{organization}/application/{application}/verification-settings/");
    Ok(Json(PageView::of(&engine, &path, slice, page, WorkflowRowView::from)))
}
