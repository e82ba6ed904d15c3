//! What an organisation has paid in advance (core API §9).

use engine::Engine;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

mod get_balance;
mod top_up;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new().routes(routes!(get_balance::get_balance)).routes(routes!(top_up::top_up))
}
