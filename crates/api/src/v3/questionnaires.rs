//! Questionnaires (core API §5.8).

use engine::Engine;
use engine::questionnaires::Refused;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, Problem};

mod change_questionnaire;
mod create_questionnaire;
mod delete_questionnaire;
mod get_questionnaire;
mod list_questionnaires;
mod update_questionnaire;
mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_questionnaires::list_questionnaires, create_questionnaire::create_questionnaire))
        .routes(routes!(
            get_questionnaire::get_questionnaire,
            update_questionnaire::update_questionnaire,
            delete_questionnaire::delete_questionnaire
        ))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::new(Code::NotFound),
            Refused::Invalid { field, errors } => {
                Self::fields(serde_json::Map::from_iter([(field.to_owned(), errors)]))
            }
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}
