//! `PATCH /v3/questionnaires/{uuid}/`

use axum::Json;
use axum::extract::State;
use engine::{Engine, questionnaires};
use model::id::QuestionnaireId;

use super::change_questionnaire::{QuestionnaireFields, UpdateQuestionnaire};
use super::view::QuestionnaireView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::PathId;
use crate::problem::Problem;

/// Change a questionnaire version
///
/// Every field is optional; `form_elements` replaces the list. Without a `status`, a published version changes in place
/// and a draft is published; `published` on a published version makes the next one, whose id is answered; `draft` keeps a
/// draft. Sessions keep the questions they began with.
#[utoipa::path(
    patch, path = "/v3/questionnaires/{uuid}/", tag = "questionnaires", security(("api_key" = [])),
    request_body = QuestionnaireFields,
    params(("uuid" = Uuid, Path, description = "The version's id.")),
    responses((status = 200, description = "The resulting version.", body = QuestionnaireView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_questionnaire(
    PathId(id): PathId<QuestionnaireId>,
    caller: Caller<may::WriteQuestionnaires>,
    State(engine): State<Engine>,
    Body(UpdateQuestionnaire(changes)): Body<UpdateQuestionnaire>,
) -> Result<Json<QuestionnaireView>, Problem> {
    Ok(Json(questionnaires::update(&engine, &caller.scope, id, changes).await?.into()))
}
