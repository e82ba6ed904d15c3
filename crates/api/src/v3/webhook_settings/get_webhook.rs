//! `GET /v3/webhook/`.

use axum::Json;
use axum::extract::State;
use engine::{Engine, webhook_settings};

use super::WebhookView;
use crate::caller::{Caller, may};
use crate::openapi::KeyRefusals;
use crate::problem::Problem;

/// Read the webhook configuration
///
/// The older form with one address. The address is a destination too, subscribed to `status.updated` and `data.updated`.
#[utoipa::path(
    get, path = "/v3/webhook/", tag = "webhooks", security(("api_key" = [])),
    responses((status = 200, description = "The configuration with its secret.", body = WebhookView), KeyRefusals)
)]
pub(super) async fn get_webhook(
    caller: Caller<may::ReadWebhooks>,
    State(engine): State<Engine>,
) -> Result<Json<WebhookView>, Problem> {
    let settings = webhook_settings::get(&engine, &caller.scope).await;
    Ok(Json(settings.map_err(|error| Problem::server_error(&error))?.into()))
}
