//! Imports of verifications that were made elsewhere (`OpenAPI`, `/v3/session/imports/`).

use engine::Engine;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

mod create_import;
mod get_import;
mod list_import_errors;
mod template;
mod view;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(create_import::create_import))
        .routes(routes!(template::download_template))
        .routes(routes!(get_import::get_import))
        .routes(routes!(list_import_errors::list_import_errors))
}

/// What the contract can import.
const TYPES: &[&str] = &["user_verification", "business_verification", "status_rules", "transactions"];
