//! `POST /auth/v2/introspect/` (core API §1.1, RFC 7662).

use axum::Json;
use axum::extract::State;
use engine::{Engine, accounts};
use serde_json::Value;

use super::client_form::{ClientFields, ClientForm};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

/// Ask what a token is good for
///
/// As an application, by `Authorization: Basic` with its `client_id` and API key. Tokens of members of its organisation
/// and its own are described, with `org_permissions`; every other is `{"active": false}`.
#[utoipa::path(
    post, path = "/auth/v2/introspect/", tag = "accounts", security(("basic" = [])),
    request_body(content((ClientFields = "application/x-www-form-urlencoded"), (ClientFields = "application/json"))),
    responses((status = 200, description = "What the token is good for.", body = Object, example = json!({"active": false})), BodyRefusals, KeyRefusals)
)]
pub(super) async fn introspect(
    State(engine): State<Engine>,
    form: ClientForm,
) -> Result<Json<Value>, Problem> {
    let (id, secret) = form.client()?;
    let asking = accounts::authenticate_client(&engine, id, secret).await?;
    let described = accounts::introspect(&engine, &asking, form.required("token")?).await;
    described.map(Json).map_err(|error| Problem::server_error(&error))
}
