//! `POST /programmatic/resend-otp/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::body::{Body, Fields, Read, values};
use crate::openapi::{BodyRefusals, RateRefusals};
use crate::problem::Problem;

/// Who needs another code.
#[derive(ToSchema)]
pub(super) struct ResendOtp {
    #[schema(format = "email", example = "developer@yourapp.com")]
    email: String,
}

impl Read for ResendOtp {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { email: fields.required("email", values::email)? })
    }
}

/// The same whether or not there is such an account.
#[derive(Serialize, ToSchema)]
pub(super) struct ResentView {
    message: &'static str,
}

/// Mail another code
#[utoipa::path(
    post, path = "/programmatic/resend-otp/", tag = "accounts", request_body = ResendOtp,
    responses((status = 200, description = "Mailed, if the address waits for one.", body = ResentView), BodyRefusals, RateRefusals)
)]
pub(super) async fn resend_otp(
    State(engine): State<Engine>,
    Body(ResendOtp { email }): Body<ResendOtp>,
) -> Result<Json<ResentView>, Problem> {
    accounts::resend_code(&engine, &email).await?;
    Ok(Json(ResentView { message: "If the email is waiting for verification, a new code has been sent." }))
}
