//! `GET /v3/audit/{organization_id}/audit-logs/` (core API §10.5).

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use engine::Engine;
use engine::audit::{self, Entry, Filter};
use engine::decision::instant;
use engine::workflows::Page;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::id::ApplicationId;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::caller::{Operator, may};
use crate::openapi::{KeyRefusals, ObjectRefusals, QueryRefusals};
use crate::problem::Problem;
use crate::v3::page::{PageView, Slice};

/// Which entries are wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document's shape; the query is read into the engine's filter")]
pub(super) struct AuditQuery {
    /// How many at most; 50 unless said.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// How many to skip.
    offset: Option<u32>,
    application_id: Option<Uuid>,
    /// `api_key`, `account`, `person` or `system`.
    actor_type: Option<String>,
    actor_id: Option<Uuid>,
    /// Such as `session.status_updated`.
    action: Option<String>,
    /// The id of what changed.
    object_id: Option<String>,
    /// A date or an instant, that one included.
    date_from: Option<String>,
    /// A date, that day included, or an instant, that one not included.
    date_to: Option<String>,
}

/// A reading of the query: what is wanted, and the pairs that links repeat.
pub(super) struct Wanted {
    slice: Slice,
    filter: Filter,
    pairs: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let mut pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let slice = Slice::of(&pairs);
        pairs.retain(|(name, value)| !value.is_empty() && name != "limit" && name != "offset");
        let mut filter = Filter::default();
        for (name, value) in &pairs {
            let text = || Some(value.chars().filter(|c| *c != '\0').take(200).collect());
            match name.as_str() {
                "application_id" => filter.application_id = Some(ApplicationId(id(name, value)?)),
                "actor_type" => filter.actor_kind = text(),
                "actor_id" => filter.actor_id = Some(id(name, value)?),
                "action" => filter.action = text(),
                "object_id" => filter.object = text(),
                "date_from" => filter.from = Some(moment(name, value, false)?),
                "date_to" => filter.until = Some(moment(name, value, true)?),
                _ => {}
            }
        }
        Ok(Self { slice, filter, pairs })
    }
}

fn id(name: &str, value: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(value).map_err(|_| Problem::field(name, "Must be a valid UUID."))
}

/// An instant, or where a day begins or, for the end of a range, ends.
fn moment(name: &str, value: &str, end: bool) -> Result<Timestamp, Problem> {
    if let Ok(instant) = value.parse() {
        return Ok(instant);
    }
    let day = value.parse::<Date>().ok().and_then(|day| if end { day.tomorrow().ok() } else { Some(day) });
    let start = day.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    start.map(|start| start.timestamp()).ok_or_else(|| Problem::field(name, "Enter a valid date."))
}

/// One change.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(super) struct EntryView {
    uuid: Uuid,
    /// Counts the organisation's entries without a gap.
    number: i64,
    application_id: Option<Uuid>,
    actor: ActorView,
    #[schema(example = "session.status_updated")]
    action: String,
    /// The id of what changed.
    object_id: String,
    /// Facts such as the new status; nothing personal.
    #[schema(value_type = Object)]
    details: Value,
    /// The network address it came from, if it is known.
    ip_address: Option<String>,
    created_at: String,
}

/// On whose word.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditActor)]
pub(crate) struct ActorView {
    /// `api_key`, `account`, `person` or `system`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// `null` for the application's own key.
    pub(crate) id: Option<Uuid>,
    /// The key's name, or the account's address.
    pub(crate) name: Option<String>,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            uuid: entry.id,
            number: entry.number,
            application_id: entry.application.map(|id| id.0),
            actor: ActorView { kind: entry.actor_kind, id: entry.actor_id, name: entry.actor_name },
            action: entry.action,
            object_id: entry.object,
            details: entry.details,
            ip_address: entry.source,
            created_at: instant(entry.created_at),
        }
    }
}

/// Read the record of changes
///
/// Who changed what in the organisation, newest first.
#[utoipa::path(
    get, path = "/v3/audit/{organization_id}/audit-logs/", tag = "access", security(("bearer" = [])),
    params(("organization_id" = Uuid, Path, description = "One of your own."), AuditQuery),
    responses((status = 200, description = "One page.", body = PageView<EntryView>), QueryRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn list_audit_logs(
    operator: Operator<may::ReadAuditLogs>,
    Wanted { slice, filter, pairs }: Wanted,
    State(engine): State<Engine>,
) -> Result<Json<PageView<EntryView>>, Problem> {
    let part = (i64::from(slice.limit), i64::from(slice.offset));
    let listed = audit::list(&engine, &operator.member, &filter, part).await;
    let (entries, count) = listed.map_err(|error| Problem::server_error(&error))?;
    let count = usize::try_from(count).unwrap_or(0);
    let path = format!("/v3/audit/{}/audit-logs/", operator.member.organization());
    let page = PageView::of(&engine, &path, slice, Page { count, items: entries }, EntryView::from);
    Ok(Json(page.filtered(&engine, &path, slice, &pairs, count)))
}
