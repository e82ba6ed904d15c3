//! Businesses: the companies that business sessions are about (core API §10.1).

use engine::Engine;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

mod change_business;
mod create_business;
mod delete_businesses;
mod get_business;
mod list_businesses;
mod update_business;
mod update_business_status;
mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(list_businesses::list_businesses))
        .routes(routes!(create_business::create_business))
        .routes(routes!(delete_businesses::delete_businesses))
        .routes(routes!(get_business::get_business, update_business::update_business))
        .routes(routes!(update_business_status::update_business_status))
}
