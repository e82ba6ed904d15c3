//! `POST /v3/webhook/destinations/{uuid}/replays/` and how far one has come, ours.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Engine;
use engine::decision::instant;
use engine::webhooks::{self, NewReplay, Replay};
use jiff::Timestamp;
use model::id::{DestinationId, SessionId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::{PathId, PathIds};
use crate::problem::Problem;

/// What is to be delivered again; at least a session or a beginning.
#[derive(ToSchema)]
#[schema(as = ReplayEvents, example = json!({"from": "2026-06-01T00:00:00Z", "webhook_types": ["status.updated"]}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct ReplayFields {
    /// Only events of this session.
    session_id: Option<Uuid>,
    /// Only these; those that the destination subscribes to unless said.
    webhook_types: Option<Vec<String>>,
    /// Not before this moment.
    #[schema(format = "date-time")]
    from: Option<String>,
    /// Not after this moment; now unless said.
    #[schema(format = "date-time")]
    to: Option<String>,
}

/// The same, read.
pub(super) struct Wanted(NewReplay);

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let session = fields.optional("session_id", values::uuid);
        let kinds = fields.optional("webhook_types", values::list(values::text(100)));
        let (since, until) = (fields.optional("from", moment), fields.optional("to", moment));
        let wanted =
            NewReplay { session_id: session?.map(SessionId), kinds: kinds?, since: since?, until: until? };
        if wanted.session_id.is_none() && wanted.since.is_none() {
            return fields.reject("from", "Say from when, or of which session_id.");
        }
        Some(Self(wanted))
    }
}

fn moment(value: &Value) -> Parsed<Timestamp> {
    match value.as_str().map(str::parse) {
        Some(Ok(moment)) => Ok(moment),
        _ => wrong("Datetime has wrong format. Use ISO 8601 with an offset."),
    }
}

/// A replay and how far it has come.
#[derive(Serialize, ToSchema)]
#[schema(as = Replay)]
pub(super) struct ReplayView {
    uuid: Uuid,
    /// `queued`, `running` or `completed`: whether all of its deliveries are queued.
    status: String,
    session_id: Option<Uuid>,
    webhook_types: Value,
    from: Option<String>,
    to: String,
    /// Events in the range when it was asked for.
    total: i64,
    /// Of these, how many are queued.
    queued: i64,
    /// Of these, how many were erased with their session.
    skipped: i64,
    /// Of those queued, how many arrived.
    delivered: i64,
    /// Of those queued, how many were tried and have not arrived.
    failed: i64,
    created_at: String,
    finished_at: Option<String>,
}

impl From<Replay> for ReplayView {
    fn from(Replay { row, fared }: Replay) -> Self {
        Self {
            uuid: row.id,
            status: row.status,
            session_id: row.session_id.map(|id| id.0),
            webhook_types: serde_json::from_str(&row.kinds).unwrap_or_default(),
            from: row.since.map(instant),
            to: instant(row.until),
            total: row.total,
            queued: row.queued,
            skipped: row.skipped,
            delivered: fared.delivered,
            failed: fared.tried - fared.delivered,
            created_at: instant(row.created_at),
            finished_at: row.finished_at.map(instant),
        }
    }
}

/// Replay events
///
/// Delivers again what happened before, also to a destination that was not there then: the same `event_id`, a fresh
/// timestamp and signature, a session's events in their order, beside and not before what happens meanwhile. Events of
/// sessions that were deleted are skipped.
#[utoipa::path(
    post, path = "/v3/webhook/destinations/{uuid}/replays/", tag = "webhooks", security(("api_key" = [])),
    request_body = ReplayFields, params(("uuid" = Uuid, Path, description = "The destination.")),
    responses((status = 202, description = "Begun.", body = ReplayView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn replay_events(
    PathId(id): PathId<DestinationId>,
    caller: Caller<may::WriteWebhooks>,
    State(engine): State<Engine>,
    Body(Wanted(wanted)): Body<Wanted>,
) -> Result<(StatusCode, Json<ReplayView>), Problem> {
    let replay = webhooks::replay(&engine, &caller.scope, id, wanted).await.map_err(named_as_here)?;
    Ok((StatusCode::ACCEPTED, Json(replay.into())))
}

/// The list of events has another name in this request.
fn named_as_here(refused: engine::destinations::Refused) -> Problem {
    use engine::destinations::Refused::{NoEvents, UnknownEvents};
    match refused {
        UnknownEvents(names) => {
            Problem::field("webhook_types", format!("Unsupported webhook events: {}", names.join(", ")))
        }
        NoEvents => Problem::field("webhook_types", "This list may not be empty."),
        other => other.into(),
    }
}

/// Read a replay
#[utoipa::path(
    get, path = "/v3/webhook/destinations/{uuid}/replays/{replay_uuid}/", tag = "webhooks", security(("api_key" = [])),
    params(("uuid" = Uuid, Path, description = "The destination."), ("replay_uuid" = Uuid, Path, description = "The replay.")),
    responses((status = 200, description = "How far it has come.", body = ReplayView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_replay(
    PathIds(destination, id): PathIds<DestinationId, Uuid>,
    caller: Caller<may::ReadWebhooks>,
    State(engine): State<Engine>,
) -> Result<Json<ReplayView>, Problem> {
    Ok(Json(webhooks::get_replay(&engine, &caller.scope, destination, id).await?.into()))
}
