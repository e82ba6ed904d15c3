//! `POST /auth/v2/token/refresh/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::body::{Body, Fields, Read, values};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// The refresh token of a login.
#[derive(ToSchema)]
pub(super) struct RefreshToken {
    refresh_token: String,
}

impl Read for RefreshToken {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { refresh_token: fields.required("refresh_token", values::text(4096))? })
    }
}

/// A fresh pair of tokens.
#[derive(Serialize, ToSchema)]
pub(super) struct RefreshedView {
    access_token: String,
    /// The old one does not work any more.
    refresh_token: String,
    /// Seconds.
    #[schema(example = 86400)]
    expires_in: i64,
}

/// Refresh tokens
///
/// A refresh token works once, for 30 days. One that comes back was copied: it ends the login.
#[utoipa::path(
    post, path = "/auth/v2/token/refresh/", tag = "accounts", request_body = RefreshToken,
    responses((status = 200, description = "The tokens.", body = RefreshedView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn refresh_token(
    State(engine): State<Engine>,
    Body(RefreshToken { refresh_token }): Body<RefreshToken>,
) -> Result<Json<RefreshedView>, Problem> {
    let tokens = accounts::refresh(&engine, &refresh_token).await?;
    Ok(Json(RefreshedView {
        access_token: tokens.access,
        refresh_token: tokens.refresh,
        expires_in: accounts::TOKEN_SECONDS,
    }))
}
