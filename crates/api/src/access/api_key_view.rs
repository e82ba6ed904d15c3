//! A named key on the wire.

use engine::access::{ApiKey, KEY_RESOURCES};
use engine::decision::instant;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// A named key, without the key itself.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub(super) struct ApiKeyView {
    uuid: Uuid,
    name: String,
    /// The last four characters of the key.
    #[schema(example = "x7Qa")]
    hint: String,
    /// `none`, `read` or `write` for each resource.
    #[schema(value_type = Object, example = json!({"sessions": "read", "webhooks": "none"}))]
    scopes: Map<String, Value>,
    /// Sessions of these workflows only; `null` is no limit.
    workflow_ids: Option<Vec<Uuid>>,
    /// Approved sessions only.
    approved_sessions_only: bool,
    /// Whether links to pictures, videos and reports are shown.
    media_access: bool,
    /// Requests from these addresses only; `null` is no limit.
    #[schema(example = json!(["203.0.113.0/24"]))]
    allowed_ips: Option<Vec<String>>,
    expires_at: Option<String>,
    revoked_at: Option<String>,
    /// The account that made it.
    created_by: Option<Uuid>,
    created_at: String,
}

/// A new key; `api_key` is shown this once.
#[derive(Serialize, ToSchema)]
#[schema(as = NewApiKey)]
pub(super) struct NewApiKeyView {
    /// 43 characters; for `x-api-key`.
    pub(super) api_key: String,
    #[serde(flatten)]
    pub(super) key: ApiKeyView,
}

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        let level = |resource: &str| key.scopes.get(resource).map_or("none", String::as_str);
        let scopes = KEY_RESOURCES.iter().map(|name| ((*name).to_owned(), Value::from(level(name))));
        Self {
            uuid: key.id,
            name: key.name,
            hint: key.hint,
            scopes: scopes.collect(),
            workflow_ids: key.workflow_ids.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            approved_sessions_only: key.approved_only,
            media_access: key.media_access,
            allowed_ips: key.allowed_networks.map(|list| list.iter().map(ToString::to_string).collect()),
            expires_at: key.expires_at.map(instant),
            revoked_at: key.revoked_at.map(instant),
            created_by: key.created_by,
            created_at: instant(key.created_at),
        }
    }
}
