//! `POST /auth/v2/token/` (core API §1.4).

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use serde::Serialize;
use utoipa::ToSchema;

use super::client_form::{ClientFields, ClientForm};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// A client's token.
#[derive(Serialize, ToSchema)]
pub(super) struct ClientTokenView {
    access_token: String,
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds.
    #[schema(example = 86400)]
    expires_in: i64,
}

/// Get a client's token
///
/// For integrations older than API keys: `grant_type=client_credentials` with the application's `client_id`, and its API
/// key as `client_secret`. The token goes into `Authorization: Bearer` where others send `x-api-key`; it is good for a
/// day, and ends when the key is rotated.
#[utoipa::path(
    post, path = "/auth/v2/token/", tag = "accounts",
    request_body(content((ClientFields = "application/x-www-form-urlencoded"), (ClientFields = "application/json"))),
    responses((status = 200, description = "The token.", body = ClientTokenView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn create_token(
    State(engine): State<Engine>,
    form: ClientForm,
) -> Result<Json<ClientTokenView>, Problem> {
    if form.required("grant_type")? != "client_credentials" {
        return Err(Problem::field("grant_type", "Only client_credentials is supported."));
    }
    let (id, secret) = form.client()?;
    let access_token = accounts::client_token(&engine, id, secret).await?;
    Ok(Json(ClientTokenView { access_token, token_type: "Bearer", expires_in: accounts::TOKEN_SECONDS }))
}
