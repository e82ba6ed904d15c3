//! `POST /programmatic/login/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::body::{Body, Fields, Read, values};
use crate::openapi::{BodyRefusals, RateRefusals};
use crate::problem::Problem;

/// Who logs in.
#[derive(ToSchema)]
pub(super) struct LogIn {
    #[schema(format = "email", example = "developer@yourapp.com")]
    email: String,
    #[schema(format = "password", example = "MyStr0ng!Pass")]
    password: String,
}

impl Read for LogIn {
    fn read(fields: &mut Fields) -> Option<Self> {
        let email = fields.required("email", values::email);
        let password = fields.required("password", values::verbatim(256));
        Some(Self { email: email?, password: password? })
    }
}

/// Tokens of the account.
#[derive(Serialize, ToSchema)]
pub(super) struct LoggedInView {
    access_token: String,
    refresh_token: String,
    /// Seconds.
    #[schema(example = 86400)]
    expires_in: i64,
    message: &'static str,
}

/// Log in
///
/// Five failures in a row lock the account for 15 minutes, ten for an hour, twenty for a day.
#[utoipa::path(
    post, path = "/programmatic/login/", tag = "accounts", request_body = LogIn,
    responses((status = 200, description = "Logged in.", body = LoggedInView), BodyRefusals, RateRefusals)
)]
pub(super) async fn log_in(
    State(engine): State<Engine>,
    Body(LogIn { email, password }): Body<LogIn>,
) -> Result<Json<LoggedInView>, Problem> {
    let tokens = accounts::log_in(&engine, &email, password).await?;
    Ok(Json(LoggedInView {
        access_token: tokens.access,
        refresh_token: tokens.refresh,
        expires_in: accounts::TOKEN_SECONDS,
        message: "Login successful",
    }))
}
