//! `POST /programmatic/verify-email/` (core API §1.3).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::accounts::{self, Verified};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::ApplicationView;
use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::openapi::BodyRefusals;
use crate::problem::Problem;

/// The code that arrived.
#[derive(ToSchema)]
pub(super) struct VerifyEmail {
    #[schema(format = "email", example = "developer@yourapp.com")]
    email: String,
    /// Six characters.
    #[schema(min_length = 6, max_length = 6, example = "A3K9F2")]
    code: String,
}

impl Read for VerifyEmail {
    fn read(fields: &mut Fields) -> Option<Self> {
        let email = fields.required("email", values::email);
        let code = fields.required("code", six_characters);
        Some(Self { email: email?, code: code? })
    }
}

fn six_characters(value: &Value) -> Parsed<String> {
    let code = values::text(6)(value)?;
    if code.chars().count() < 6 { wrong("Ensure this field has at least 6 characters.") } else { Ok(code) }
}

/// Everything needed to begin.
#[derive(Serialize, ToSchema)]
pub(super) struct VerifiedView {
    /// For the account's own routes, as `Authorization: Bearer`.
    access_token: String,
    refresh_token: String,
    /// Seconds.
    #[schema(example = 86400)]
    expires_in: i64,
    organization: NamedView,
    application: ApplicationView,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrganizationName)]
pub(super) struct NamedView {
    uuid: Uuid,
    name: String,
}

impl From<Verified> for VerifiedView {
    fn from(verified: Verified) -> Self {
        Self {
            access_token: verified.tokens.access,
            refresh_token: verified.tokens.refresh,
            expires_in: accounts::TOKEN_SECONDS,
            organization: NamedView { uuid: verified.organization.id.0, name: verified.organization.name },
            application: verified.application.into(),
        }
    }
}

/// Confirm the address
///
/// Makes an organisation and a live application with a KYC workflow; `application.api_key` is what every verification
/// call needs as `x-api-key`. It does not expire.
#[utoipa::path(
    post, path = "/programmatic/verify-email/", tag = "accounts", request_body = VerifyEmail,
    responses((status = 200, description = "Confirmed.", body = VerifiedView), BodyRefusals)
)]
pub(super) async fn verify_email(
    State(engine): State<Engine>,
    Body(VerifyEmail { email, code }): Body<VerifyEmail>,
) -> Result<Json<VerifiedView>, Problem> {
    Ok(Json(accounts::verify_email(&engine, &email, &code).await?.into()))
}
