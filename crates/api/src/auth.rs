//! Tokens after the login: refresh, end, introspection, the older client's token, and the second factor (core API §1).
//! Served under `/auth/v2`.

use engine::Engine;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

mod client_form;
mod confirm_second_factor;
mod create_token;
mod disable_second_factor;
mod enrol_second_factor;
mod introspect;
mod log_out;
mod refresh_token;
mod renew_recovery_codes;
mod revoke_token;
mod second_factor_code;
mod verify_second_factor;

pub(crate) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new()
        .routes(routes!(create_token::create_token))
        .routes(routes!(refresh_token::refresh_token))
        .routes(routes!(revoke_token::revoke_token))
        .routes(routes!(log_out::log_out))
        .routes(routes!(introspect::introspect))
        .routes(routes!(verify_second_factor::verify_second_factor))
        .routes(routes!(enrol_second_factor::enrol_second_factor))
        .routes(routes!(confirm_second_factor::confirm_second_factor))
        .routes(routes!(renew_recovery_codes::renew_recovery_codes))
        .routes(routes!(disable_second_factor::disable_second_factor))
}
