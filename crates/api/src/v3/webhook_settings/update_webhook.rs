//! `PATCH /v3/webhook/`.

use axum::Json;
use axum::extract::State;
use engine::destinations::VERSIONS;
use engine::webhook_settings::{CAPTURE_METHODS, Changes};
use engine::{Engine, webhook_settings};
use utoipa::ToSchema;

use super::WebhookView;
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals};
use crate::problem::Problem;

static VERSION_WORDS: &[&str] = &VERSIONS;
static CAPTURE_WORDS: &[&str] = &CAPTURE_METHODS;

/// A change of the configuration; what is absent stays.
#[derive(ToSchema)]
#[schema(as = UpdateWebhookConfiguration, example = json!({
    "webhook_url": "https://yourapp.com/webhooks/bonafide", "data_retention_months": 24
}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct WebhookFields {
    /// An https address; null or empty for none.
    #[schema(format = "uri")]
    webhook_url: Option<String>,
    /// `v1`, `v2` or `v3`.
    webhook_version: Option<String>,
    /// True makes a new secret; the old one dies at once.
    rotate_secret_key: Option<bool>,
    /// `mobile`, `desktop` or `both`.
    capture_method: Option<String>,
    /// 1 to 120, or null for ever.
    #[schema(minimum = 1, maximum = 120)]
    data_retention_months: Option<i64>,
    /// Origins to which a web callback may lead, such as `https://app.example.com`; an empty list lets it lead anywhere.
    allowed_domains: Option<Vec<String>>,
}

/// The same, read.
pub(super) struct Wanted(Changes);

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let sent = |fields: &Fields, name: &str| fields.names().any(|sent| sent == name);
        let with_url = sent(fields, "webhook_url");
        let url = fields.optional("webhook_url", values::opaque(2048));
        let version = fields.given("webhook_version", values::choice(VERSION_WORDS));
        let rotate = fields.optional("rotate_secret_key", values::boolean);
        let capture = fields.given("capture_method", values::choice(CAPTURE_WORDS));
        let with_months = sent(fields, "data_retention_months");
        let months = fields.optional("data_retention_months", values::integer(1, 120));
        let domains = fields.optional("allowed_domains", values::list(values::text(255)));
        Some(Self(Changes {
            webhook_url: url.map(|url| with_url.then_some(url.filter(|url| !url.trim().is_empty())))?,
            webhook_version: version?.map(str::to_owned),
            rotate_secret_key: rotate?.unwrap_or(false),
            capture_method: capture?.map(str::to_owned),
            data_retention_months: months.map(|months| with_months.then_some(months))?,
            allowed_domains: domains?,
        }))
    }
}

/// Change the webhook configuration
///
/// `allowed_domains` and `data_retention_months` take effect at once: creates with a callback elsewhere are refused, and
/// sessions that are too old are erased within a minute, existing ones too.
#[utoipa::path(
    patch, path = "/v3/webhook/", tag = "webhooks", security(("api_key" = [])),
    request_body = WebhookFields,
    responses((status = 200, description = "The configuration.", body = WebhookView), BodyRefusals, KeyRefusals)
)]
pub(super) async fn update_webhook(
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
    Body(Wanted(changes)): Body<Wanted>,
) -> Result<Json<WebhookView>, Problem> {
    Ok(Json(webhook_settings::change(&engine, &caller.scope, changes).await?.into()))
}
