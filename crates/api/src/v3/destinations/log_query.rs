//! Which deliveries of the log are asked for.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::destinations::{EVENTS, Filter};
use jiff::Timestamp;
use serde_json::{Map, json};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::problem::Problem;
use crate::v3::page::Slice;

const STATUSES: [&str; 2] = ["delivered", "failed"];

/// The log's query, read and judged.
pub(super) struct LogQuery {
    pub(super) filter: Filter,
    pub(super) slice: Slice,
    /// What was sent beside `limit` and `offset`, for the links to other pages.
    pub(super) sent: Vec<(String, String)>,
}

/// The filters as the document shows them.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "documentation")]
pub(super) struct LogFilters {
    /// `delivered` or `failed`.
    status: Option<String>,
    /// An event's exact name.
    webhook_type: Option<String>,
    /// Only deliveries about this session.
    #[param(format = "uuid")]
    session_id: Option<String>,
    /// Every attempt at this event.
    #[param(format = "uuid")]
    event_id: Option<String>,
    /// Not before this moment, ISO 8601.
    #[param(format = "date-time")]
    created_after: Option<String>,
    /// Not after this moment, ISO 8601.
    #[param(format = "date-time")]
    created_before: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for LogQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        let (paging, sent): (Vec<_>, Vec<_>) =
            pairs.partition(|(name, _)| name == "limit" || name == "offset");
        let filter = read(&sent)?;
        Ok(Self { filter, slice: Slice::of(&paging), sent })
    }
}

fn read(sent: &[(String, String)]) -> Result<Filter, Problem> {
    let (mut filter, mut errors) = (Filter::default(), Map::new());
    for (name, text) in sent.iter().filter(|(_, text)| !text.is_empty()) {
        let problem = match name.as_str() {
            "status" => take(&mut filter.status, choice(text, &STATUSES)),
            "webhook_type" => take(&mut filter.webhook_type, choice(text, &EVENTS)),
            "session_id" => take(&mut filter.session_id, uuid(text).map(Into::into)),
            "event_id" => take(&mut filter.event_id, uuid(text).map(Into::into)),
            "created_after" => take(&mut filter.since, instant(text)),
            "created_before" => take(&mut filter.until, instant(text)),
            _ => None,
        };
        if let Some(problem) = problem {
            errors.insert(name.clone(), json!([problem]));
        }
    }
    if errors.is_empty() { Ok(filter) } else { Err(Problem::fields(errors)) }
}

/// Keeps the value, or gives back what is wrong with it.
fn take<T>(place: &mut Option<T>, read: Result<T, String>) -> Option<String> {
    match read {
        Ok(value) => {
            *place = Some(value);
            None
        }
        Err(problem) => Some(problem),
    }
}

fn choice(text: &str, options: &[&str]) -> Result<String, String> {
    let refusal = || {
        let shown: String = text.chars().take(100).collect();
        format!("Select a valid choice. {shown} is not one of the available choices.")
    };
    options.contains(&text).then(|| text.to_owned()).ok_or_else(refusal)
}

fn uuid(text: &str) -> Result<Uuid, String> {
    Uuid::try_parse(text).map_err(|_| "Enter a valid UUID.".to_owned())
}

/// In the URL a plus sign is a blank; the blank of an offset is put back.
fn instant(text: &str) -> Result<Timestamp, String> {
    text.replace(' ', "+").parse().map_err(|_| "Enter a valid date/time.".to_owned())
}
