//! `POST /auth/v2/2fa/enroll/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::Bearer;
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// The secret, shown this once.
#[derive(Serialize, ToSchema)]
pub(super) struct EnrolmentView {
    /// For typing, base32.
    #[schema(example = "JBSWY3DPEHPK3PXP")]
    secret: String,
    /// For the QR code of an authenticator application.
    #[schema(
        example = "otpauth://totp/Bonafide:developer%40yourapp.com?secret=JBSWY3DPEHPK3PXP&issuer=Bonafide&algorithm=SHA1&digits=6&period=30"
    )]
    otpauth_uri: String,
}

/// Begin to use a second factor
///
/// It counts once its first code came to `/auth/v2/2fa/confirm/`.
#[utoipa::path(
    post, path = "/auth/v2/2fa/enroll/", tag = "accounts", security(("bearer" = [])),
    responses((status = 200, description = "The secret.", body = EnrolmentView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn enrol_second_factor(
    Bearer(operator): Bearer,
    State(engine): State<Engine>,
) -> Result<Json<EnrolmentView>, Problem> {
    let enrolment = accounts::enrol(&engine, &operator).await?;
    Ok(Json(EnrolmentView { secret: enrolment.secret, otpauth_uri: enrolment.uri }))
}
