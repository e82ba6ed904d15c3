//! The older single webhook configuration (core API §6.1, last rows).

use engine::Engine;
use engine::webhook_settings::{Refused, Settings};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::destinations::capitalized;
use crate::problem::Problem;

mod get_webhook;
mod update_webhook;

pub(super) fn routes() -> OpenApiRouter<Engine> {
    OpenApiRouter::new().routes(routes!(get_webhook::get_webhook, update_webhook::update_webhook))
}

/// The application's webhook configuration.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookConfiguration)]
pub(super) struct WebhookView {
    /// Where session events go; null if nowhere.
    #[schema(format = "uri")]
    webhook_url: Option<String>,
    /// `v1`, `v2` or `v3`; the payload is that of `v3`.
    webhook_version: String,
    /// The key of all signatures, 43 characters.
    secret_shared_key: String,
    /// `mobile`, `desktop` or `both`.
    capture_method: String,
    /// Sessions older than this are erased, existing ones too; null keeps them.
    data_retention_months: Option<i64>,
    /// Origins to which a web callback may lead; empty means any.
    allowed_domains: Vec<String>,
}

impl From<Settings> for WebhookView {
    fn from(settings: Settings) -> Self {
        Self {
            webhook_url: settings.webhook_url,
            webhook_version: settings.webhook_version,
            secret_shared_key: settings.secret,
            capture_method: settings.capture_method,
            data_retention_months: settings.data_retention_months,
            allowed_domains: settings.allowed_domains,
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unreachable(reason) => Self::field("webhook_url", capitalized(&reason.to_string())),
            Refused::NoOrigin(text) => Self::field(
                "allowed_domains",
                format!("\"{text}\" is not an origin such as https://app.example.com."),
            ),
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}
