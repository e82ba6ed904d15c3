//! `GET /v3/questionnaires/{uuid}/`

use axum::Json;
use axum::extract::State;
use engine::{Engine, questionnaires};
use model::id::QuestionnaireId;

use super::view::QuestionnaireView;
use crate::caller::{Caller, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Read a questionnaire version
#[utoipa::path(
    get, path = "/v3/questionnaires/{uuid}/", tag = "questionnaires", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The version's id.")),
    responses((status = 200, description = "The version.", body = QuestionnaireView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_questionnaire(
    PathId(id): PathId<QuestionnaireId>,
    caller: Caller<may::ReadQuestionnaires>,
    State(engine): State<Engine>,
) -> Result<Json<QuestionnaireView>, Problem> {
    Ok(Json(questionnaires::get(&engine, &caller.scope, id).await?.into()))
}
