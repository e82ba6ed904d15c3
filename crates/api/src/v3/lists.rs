//! Lists that let in or keep out (core API §10.2).

use engine::Engine;
use engine::lists::Refused;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{Code, Problem};

mod change_list;
mod create_entry;
mod create_list;
mod delete_entry;
mod delete_list;
mod get_list;
mod list_entries;
mod list_lists;
mod query;
mod update_list;
mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_lists::list_lists, create_list::create_list))
        .routes(routes!(get_list::get_list, update_list::update_list, delete_list::delete_list))
        .routes(routes!(list_entries::list_entries, create_entry::create_entry))
        .routes(routes!(delete_entry::delete_entry))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::new(Code::NotFound),
            Refused::System => Self::detail(Code::Invalid, "System lists cannot be modified or deleted."),
            Refused::NameTaken => Self::field("name", "A list with this name already exists."),
            Refused::Invalid { field, reason } => Self::field(field, reason),
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}
