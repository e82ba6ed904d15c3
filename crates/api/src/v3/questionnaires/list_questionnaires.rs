//! `GET /v3/questionnaires/`

use axum::Json;
use axum::extract::State;
use engine::{Engine, questionnaires};

use super::view::QuestionnaireRowView;
use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};

/// List questionnaires
///
/// Every version of the application's questionnaires, newest first.
#[utoipa::path(
    get, path = "/v3/questionnaires/", tag = "questionnaires", security(("api_key" = [])), params(Slice),
    responses((status = 200, description = "One page.", body = PageView<QuestionnaireRowView>), KeyRefusals)
)]
pub(super) async fn list_questionnaires(
    caller: Caller<may::ReadQuestionnaires>,
    slice: Slice,
    State(engine): State<Engine>,
) -> Result<Json<PageView<QuestionnaireRowView>>, Problem> {
    let (limit, offset) = (i64::from(slice.limit), i64::from(slice.offset));
    let page = questionnaires::list(&engine, &caller.scope, limit, offset).await?;
    Ok(Json(PageView::of(&engine, "/v3/questionnaires/", slice, page, QuestionnaireRowView::from)))
}
