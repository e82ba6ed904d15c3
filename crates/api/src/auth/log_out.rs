//! `POST /auth/v2/logout/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, accounts};

use crate::caller::Bearer;
use crate::openapi::KeyRefusals;
use crate::problem::Problem;

/// Log out
///
/// The login's tokens open nothing from now on.
#[utoipa::path(
    post, path = "/auth/v2/logout/", tag = "accounts", security(("bearer" = [])),
    responses((status = 204, description = "Logged out."), KeyRefusals)
)]
pub(super) async fn log_out(
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
) -> Result<StatusCode, Problem> {
    let ended = accounts::log_out(&engine, &operator).await;
    ended.map(|()| StatusCode::NO_CONTENT).map_err(|error| Problem::server_error(&error))
}
