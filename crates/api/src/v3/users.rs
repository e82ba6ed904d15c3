//! Users: whom sessions are about, over all of their sessions (core API §10.1).

use engine::Engine;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

mod change_user;
mod create_user;
mod delete_users;
mod get_user;
mod list_users;
mod update_user;
mod update_user_status;
mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_users::list_users))
        .routes(routes!(create_user::create_user))
        .routes(routes!(delete_users::delete_users))
        .routes(routes!(get_user::get_user, update_user::update_user))
        .routes(routes!(update_user_status::update_user_status))
}
