//! `POST /v3/questionnaires/`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, questionnaires};

use super::change_questionnaire::{CreateQuestionnaire, QuestionnaireFields};
use super::view::QuestionnaireView;
use crate::body::Body;
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// Create a questionnaire
///
/// A form that a workflow's `QUESTIONNAIRE` step asks a person to fill in; published at once unless `status` is `draft`.
/// Every text is given in each of the `languages`.
#[utoipa::path(
    post, path = "/v3/questionnaires/", tag = "questionnaires", security(("api_key" = [])),
    request_body = QuestionnaireFields,
    responses((status = 201, description = "The first version.", body = QuestionnaireView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_questionnaire(
    caller: Caller<may::WriteQuestionnaires>,
    State(engine): State<Engine>,
    Body(CreateQuestionnaire(changes)): Body<CreateQuestionnaire>,
) -> Result<(StatusCode, Json<QuestionnaireView>), Problem> {
    let questionnaire = questionnaires::create(&engine, &caller.scope, changes).await?;
    Ok((StatusCode::CREATED, Json(questionnaire.into())))
}
