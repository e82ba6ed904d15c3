//! `POST /auth/v2/2fa/disable/`.

use axum::extract::State;
use axum::http::StatusCode;
use engine::{Engine, accounts};
use utoipa::ToSchema;

use super::second_factor_code::otp;
use crate::body::{Body, Fields, Read, values};
use crate::caller::Bearer;
use crate::openapi::{BodyRefusals, KeyRefusals, RateRefusals};
use crate::problem::Problem;

/// Both factors: a token that was stolen cannot take the second one away.
#[derive(ToSchema)]
pub(super) struct DisableSecondFactor {
    #[schema(format = "password", example = "MyStr0ng!Pass")]
    password: String,
    /// Six digits of the authenticator, or a recovery code.
    #[schema(example = "123456")]
    otp_token: String,
}

impl Read for DisableSecondFactor {
    fn read(fields: &mut Fields) -> Option<Self> {
        let password = fields.required("password", values::verbatim(256));
        let otp_token = fields.required("otp_token", otp);
        Some(Self { password: password?, otp_token: otp_token? })
    }
}

/// Stop using a second factor
#[utoipa::path(
    post, path = "/auth/v2/2fa/disable/", tag = "accounts", security(("bearer" = [])), request_body = DisableSecondFactor,
    responses((status = 204, description = "Logins ask for the password alone."), BodyRefusals, KeyRefusals, RateRefusals)
)]
pub(super) async fn disable_second_factor(
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
    Body(DisableSecondFactor { password, otp_token }): Body<DisableSecondFactor>,
) -> Result<StatusCode, Problem> {
    accounts::disable(&engine, &operator, password, &otp_token).await?;
    Ok(StatusCode::NO_CONTENT)
}
