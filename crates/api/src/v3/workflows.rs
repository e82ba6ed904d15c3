//! Workflows from a `features` array (core API §5.1–5.5).

use engine::Engine;
use engine::workflows::Refused;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, Problem};

pub(super) mod change_workflow;
mod create_workflow;
mod delete_workflow;
mod get_workflow;
mod list_workflows;
mod update_workflow;
pub(super) mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_workflows::list_workflows, create_workflow::create_workflow))
        .routes(routes!(
            get_workflow::get_workflow,
            update_workflow::update_workflow,
            delete_workflow::delete_workflow
        ))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::new(Code::NotFound),
            Refused::Invalid { field, errors } => {
                Self::fields(serde_json::Map::from_iter([(field.to_owned(), errors)]))
            }
            Refused::TooMany => Self::detail(Code::Invalid, "An application may have at most 50 workflows."),
            Refused::NotEditable => {
                Self::detail(Code::Invalid, "A published version cannot be edited. Create a draft first.")
            }
            Refused::NotDeletable => Self::detail(
                Code::Invalid,
                "Only drafts can be deleted. Archive a published workflow instead.",
            ),
            Refused::Busy => Self::new(Code::Busy),
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}
