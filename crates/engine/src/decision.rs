//! The decision object that API and webhook share (features §1.2), and the links to its media.

use jiff::{SignedDuration, Timestamp};
use model::feature::Feature;
use model::id::SessionId;
use serde_json::{Map, Value, json};
use store::{Mode, Scope};

use crate::Engine;
use crate::reviews::Review;
use crate::sessions::Record;

mod expanded;
mod media;

pub(crate) use expanded::expanded;
pub use media::{Media, MediaLife, MediaRefused, link_media, open_media};

/// The decision as it stands. Media are still `media:{blob}`, see [`link_media`].
pub fn view(engine: &Engine, record: &Record) -> Value {
    let reports = record.session.reports_in_order();
    let mut features: Vec<Feature> =
        record.session.graph.features_in_order().into_iter().map(|(_, feature, _)| feature).collect();
    features.extend(reports.iter().map(|report| report.feature));
    let personal = &record.personal;
    let mut view = Map::new();
    let mut put = |name: &str, value: Value| view.insert(name.to_owned(), value);
    put("session_id", json!(record.row.id));
    put("session_kind", json!(record.row.kind));
    put("session_number", json!(record.row.number));
    let service = record.service();
    put("session_url", json!(record.hosted_url(engine)));
    put("status", json!(record.session.status()));
    put("environment", json!(environment(&record.scope)));
    put("workflow_id", json!(service.is_none().then_some(record.row.workflow_id)));
    put("workflow_version", json!(service.is_none().then_some(record.row.workflow_version)));
    put("features", json!(model::decision::feature_names(&features)));
    put("vendor_data", json!(personal.vendor_data));
    put("metadata", json!(personal.metadata));
    put("expected_details", json!(personal.expected_details));
    put("contact_details", contact_details(record));
    put("callback", json!(record.callback()));
    view.extend(model::decision::arrays(&reports, record.session.graph.is_business()));
    view.insert("reviews".to_owned(), record.reviews.iter().map(Review::in_decision).collect());
    view.insert("created_at".to_owned(), json!(instant(record.row.created_at)));
    view.insert("expires_at".to_owned(), json!(record.session.expires_at().map(instant)));
    Value::Object(view)
}

/// `null` unless an e-mail address or a phone number was given (features §1.2).
fn contact_details(record: &Record) -> Value {
    match &record.personal.contact_details {
        Some(given) if given.contains_key("email") || given.contains_key("phone") => json!({
            "email": given.get("email"),
            "email_lang": given.get("email_lang").cloned().unwrap_or_else(|| json!("en")),
            "send_notification_emails": given.get("send_notification_emails").cloned().unwrap_or(json!(false)),
            "phone": given.get("phone"),
        }),
        _ => Value::Null,
    }
}

/// `live` or `sandbox`.
pub fn environment(scope: &Scope) -> &'static str {
    match scope.mode() {
        Mode::Live => "live",
        Mode::Sandbox => "sandbox",
    }
}

/// ISO 8601 in UTC with microseconds, as the contract writes instants.
pub fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

/// How long a link of this life is good.
fn life(kind: MediaLife) -> SignedDuration {
    match kind {
        MediaLife::Read => SignedDuration::from_mins(60),
        MediaLife::Webhook => SignedDuration::from_hours(4),
    }
}

/// Where a session's blob is fetched, without the signature.
fn media_path(scope: &Scope, session: SessionId, blob: &str) -> String {
    format!("/media/{}/{session}/{blob}", scope.application_id())
}
