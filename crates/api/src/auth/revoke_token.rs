//! `POST /auth/v2/token/revoke/` (RFC 7009).

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, accounts};

use super::client_form::{ClientFields, ClientForm};
use crate::openapi::BodyRefusals;
use crate::problem::Problem;

/// End the login of a token
///
/// Access or refresh; both tokens of the login open nothing from now on. Whoever has the token may end it, and a text
/// that is no token is answered alike.
#[utoipa::path(
    post, path = "/auth/v2/token/revoke/", tag = "accounts",
    request_body(content((ClientFields = "application/x-www-form-urlencoded"), (ClientFields = "application/json"))),
    responses((status = 200, description = "Ended."), BodyRefusals)
)]
pub(super) async fn revoke_token(
    State(engine): State<Engine>,
    form: ClientForm,
) -> Result<StatusCode, Problem> {
    let ended = accounts::revoke(&engine, form.required("token")?).await;
    ended.map(|()| StatusCode::OK).map_err(|error| Problem::server_error(&error))
}
