//! `POST /auth/v2/2fa/confirm/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};

use super::second_factor_code::{RecoveryCodesView, SecondFactorCode};
use crate::body::Body;
use crate::caller::Bearer;
use crate::openapi::{BodyRefusals, KeyRefusals, RateRefusals};
use crate::problem::Problem;

/// Confirm the second factor
///
/// From now on every login asks for a code. Gives ten recovery codes, this once.
#[utoipa::path(
    post, path = "/auth/v2/2fa/confirm/", tag = "accounts", security(("bearer" = [])), request_body = SecondFactorCode,
    responses((status = 200, description = "The recovery codes.", body = RecoveryCodesView), BodyRefusals, KeyRefusals, RateRefusals)
)]
pub(super) async fn confirm_second_factor(
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
    Body(SecondFactorCode { otp_token }): Body<SecondFactorCode>,
) -> Result<Json<RecoveryCodesView>, Problem> {
    let recovery_codes = accounts::confirm(&engine, &operator, &otp_token).await?;
    Ok(Json(RecoveryCodesView { recovery_codes }))
}
