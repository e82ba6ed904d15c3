//! `POST /auth/v2/2fa/verify/` (core API §1.2).

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use utoipa::ToSchema;

use super::second_factor_code::otp;
use crate::accounts::log_in::TokensView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::Peer;
use crate::openapi::{BodyRefusals, RateRefusals};
use crate::problem::Problem;

/// The second half of a login.
#[derive(ToSchema)]
pub(super) struct VerifySecondFactor {
    /// From the login's answer.
    temp_token: String,
    /// Six digits of the authenticator, or a recovery code.
    #[schema(example = "123456")]
    otp_token: String,
}

impl Read for VerifySecondFactor {
    fn read(fields: &mut Fields) -> Option<Self> {
        let temp_token = fields.required("temp_token", values::text(4096));
        let otp_token = fields.required("otp_token", otp);
        Some(Self { temp_token: temp_token?, otp_token: otp_token? })
    }
}

/// Finish a login with the second factor
///
/// A wrong, old or used code is answered with the bare list `["Invalid OTP token."]`. After five wrong ones none is looked
/// at for 15 minutes.
#[utoipa::path(
    post, path = "/auth/v2/2fa/verify/", tag = "accounts", request_body = VerifySecondFactor,
    responses((status = 200, description = "Logged in.", body = TokensView), BodyRefusals, RateRefusals)
)]
pub(super) async fn verify_second_factor(
    State(engine): State<Engine>,
    Peer(peer): Peer,
    Body(VerifySecondFactor { temp_token, otp_token }): Body<VerifySecondFactor>,
) -> Result<Json<TokensView>, Problem> {
    Ok(Json(accounts::verify(&engine, &temp_token, &otp_token, peer).await?.into()))
}
