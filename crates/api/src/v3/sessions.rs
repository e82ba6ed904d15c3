//! Sessions: created, read, and in the sandbox completed by API.

use engine::Engine;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

mod arm_sandbox_session;
mod complete_sandbox_session;
mod corrections;
mod create_session;
mod delete_session;
mod delete_sessions;
mod expected_details;
mod generate_pdf;
mod get_decision;
mod get_session;
mod import_shared_session;
mod list_sessions;
mod reviews;
mod share_session;
mod update_data;
mod update_feature;
mod update_poa_data;
mod update_status;

pub(super) use arm_sandbox_session::session_token;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(create_session::create_session))
        .routes(routes!(get_session::get_session))
        .routes(routes!(get_decision::get_decision))
        .routes(routes!(list_sessions::list_sessions))
        .routes(routes!(generate_pdf::generate_pdf))
        .routes(routes!(delete_session::delete_session))
        .routes(routes!(share_session::share_session))
        .routes(routes!(import_shared_session::import_shared_session))
        .routes(routes!(delete_sessions::delete_sessions))
        .routes(routes!(arm_sandbox_session::arm_sandbox_session))
        .routes(routes!(complete_sandbox_session::complete_sandbox_session))
        .routes(routes!(update_status::update_status))
        .routes(routes!(update_feature::update_feature))
        .routes(routes!(update_data::update_data))
        .routes(routes!(update_poa_data::update_poa_data))
        .routes(routes!(reviews::list_reviews, reviews::add_review))
}
