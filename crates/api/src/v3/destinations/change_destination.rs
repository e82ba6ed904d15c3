//! The fields of a create and of a patch.

use engine::destinations::{Changes, NewDestination, RetryProfile, VERSIONS};
use utoipa::ToSchema;

use crate::body::{Fields, Read, values};

static VERSION_WORDS: &[&str] = &VERSIONS;
static PROFILE_WORDS: &[&str] = &[RetryProfile::Compatible.name(), RetryProfile::Persistent.name()];

/// A new destination.
pub(super) struct CreateDestination(pub(super) NewDestination);

/// A change of a destination; what is absent stays.
pub(super) struct UpdateDestination(pub(super) Changes);

impl Read for CreateDestination {
    fn read(fields: &mut Fields) -> Option<Self> {
        let label = fields.required("label", values::text(255));
        let url = fields.required("url", values::text(2048));
        let changes = changes(fields);
        let (label, url, changes) = (label?, url?, changes?);
        Some(Self(NewDestination {
            label,
            url,
            enabled: changes.enabled.unwrap_or(true),
            webhook_version: changes.webhook_version.unwrap_or_else(|| "v3".to_owned()),
            retry_profile: changes.retry_profile.unwrap_or_default(),
            subscribed_events: changes.subscribed_events,
        }))
    }
}

impl Read for UpdateDestination {
    fn read(fields: &mut Fields) -> Option<Self> {
        let label = fields.given("label", values::text(255));
        let url = fields.given("url", values::text(2048));
        let changes = changes(fields);
        Some(Self(Changes { label: label?, url: url?, ..changes? }))
    }
}

fn changes(fields: &mut Fields) -> Option<Changes> {
    let enabled = fields.given("enabled", values::boolean);
    let webhook_version = fields.given("webhook_version", values::choice(VERSION_WORDS));
    let retry_profile = fields.given("retry_profile", values::choice(PROFILE_WORDS));
    let subscribed_events = fields.given("subscribed_events", values::list(values::text(100)));
    Some(Changes {
        label: None,
        url: None,
        enabled: enabled?,
        webhook_version: webhook_version?.map(str::to_owned),
        retry_profile: retry_profile?.and_then(RetryProfile::of_name),
        subscribed_events: subscribed_events?,
    })
}

/// A destination as documented.
#[derive(ToSchema)]
#[schema(as = Destination, example = json!({
    "label": "Production",
    "url": "https://yourapp.com/webhooks/bonafide",
    "webhook_version": "v3",
    "subscribed_events": ["status.updated"]
}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct DestinationFields {
    /// The name people see.
    #[schema(max_length = 255)]
    pub(super) label: String,
    /// An https address, once per application. Private and metadata addresses are refused here, and again when a name
    /// resolves to one.
    #[schema(format = "uri")]
    pub(super) url: String,
    /// Whether events go there; true unless given.
    pub(super) enabled: Option<bool>,
    /// `v1`, `v2` or `v3`; the payload is that of `v3`, which is what you get unless given.
    pub(super) webhook_version: Option<String>,
    /// Ours. `compatible`, which is what you get unless given: two retries, about 1 and 4 minutes after 5xx, 404 or no
    /// answer. `persistent`: nine over a little more than three days, after everything but 2xx and 410.
    #[schema(pattern = "^(compatible|persistent)$")]
    pub(super) retry_profile: Option<String>,
    /// Exact names, no wildcard: `status.updated`, `data.updated`, `user.status.updated`, `user.data.updated`,
    /// `business.status.updated`, `business.data.updated`, `activity.created`, `transaction.created`,
    /// `transaction.status.updated`. Without it nothing is delivered; an empty list is refused.
    pub(super) subscribed_events: Option<Vec<String>>,
}
