//! `DELETE /v3/questionnaires/{uuid}/`

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, questionnaires};
use model::id::QuestionnaireId;

use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Delete a questionnaire version
///
/// Sessions that began with it go on and keep their answers. New sessions of a workflow that asks it go to review.
#[utoipa::path(
    delete, path = "/v3/questionnaires/{uuid}/", tag = "questionnaires", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The version's id.")),
    responses((status = 204, description = "Deleted."), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn delete_questionnaire(
    PathId(id): PathId<QuestionnaireId>,
    caller: Caller<may::WriteQuestionnaires>,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    questionnaires::delete(&engine, &caller.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
