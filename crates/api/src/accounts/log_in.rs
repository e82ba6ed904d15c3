//! `POST /programmatic/login/`.

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::accounts::{self, LoggedIn, Tokens};
use serde::Serialize;
use utoipa::ToSchema;

use crate::body::{Body, Fields, Read, values};
use crate::caller::Peer;
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

/// Tokens of the account, or the question for its second factor.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum LoggedInView {
    /// Tokens.
    Tokens(TokensView),
    /// The question.
    Challenge(ChallengeView),
}

/// Tokens of the account.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokensView {
    access_token: String,
    refresh_token: String,
    /// Seconds.
    #[schema(example = 86400)]
    expires_in: i64,
    #[schema(example = "Login successful")]
    message: &'static str,
}

/// The password was right; a code is to come at `/auth/v2/2fa/verify/`.
#[derive(Serialize, ToSchema)]
pub(super) struct ChallengeView {
    #[serde(rename = "2fa_required")]
    second_factor_required: bool,
    /// Good for 300 seconds.
    temp_token: String,
    has_authenticator: bool,
    has_passkeys: bool,
}

impl From<Tokens> for TokensView {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access,
            refresh_token: tokens.refresh,
            expires_in: accounts::TOKEN_SECONDS,
            message: "Login successful",
        }
    }
}

impl From<Tokens> for LoggedInView {
    fn from(tokens: Tokens) -> Self {
        Self::Tokens(tokens.into())
    }
}

/// Log in
///
/// Accounts with a second factor get no tokens yet, but `2fa_required` and a `temp_token` for `/auth/v2/2fa/verify/`.
/// Five failures in a row lock the address for 15 minutes, ten for an hour, twenty for a day.
#[utoipa::path(
    post, path = "/programmatic/login/", tag = "accounts", request_body = LogIn,
    responses((status = 200, description = "Logged in.", body = LoggedInView), BodyRefusals, RateRefusals)
)]
pub(super) async fn log_in(
    State(engine): State<Engine>,
    Peer(peer): Peer,
    Body(LogIn { email, password }): Body<LogIn>,
) -> Result<Json<LoggedInView>, Problem> {
    Ok(Json(match accounts::log_in(&engine, &email, password, peer).await? {
        LoggedIn::Tokens(tokens) => tokens.into(),
        LoggedIn::SecondFactor(temp_token) => LoggedInView::Challenge(ChallengeView {
            second_factor_required: true,
            temp_token,
            has_authenticator: true,
            has_passkeys: false,
        }),
    }))
}
