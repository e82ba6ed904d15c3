//! Delivering again what happened before: a session, some kinds, a span of time, page by page in a job.

use jiff::Timestamp;
use model::id::{DestinationId, SessionId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::events::{EventRow, Range};
use store::jobs::{Job, NO_LANE};
use store::replays::{Fared, ReplayRow};
use store::{Scope, Tx};
use uuid::Uuid;

use super::sealed::Seal;
use super::{Cause, DeliverWebhook, order_of};
use crate::destinations::{Refused, known_events, subscriptions};
use crate::jobs::{self, JobError};
use crate::{Engine, audit};

pub(crate) const KIND: &str = "replay_webhooks";

/// Events of one page: one transaction.
const PAGE: i64 = 200;

const QUEUED: &str = "queued";
const RUNNING: &str = "running";
const COMPLETED: &str = "completed";

/// What is to be delivered again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewReplay {
    /// Only of this session.
    pub session_id: Option<SessionId>,
    /// Only of these kinds; those that the destination subscribes to if nothing is said.
    pub kinds: Option<Vec<String>>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Not after; now if nothing is said.
    pub until: Option<Timestamp>,
}

/// A replay and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// What was asked, and how many of its events are queued.
    pub row: ReplayRow,
    /// How those fared.
    pub fared: Fared,
}

#[derive(Serialize, Deserialize)]
struct ReplayWebhooks {
    replay_id: Uuid,
}

/// Starts a replay to one destination, which need not have been there when the events happened. Each keeps its
/// `event_id` and gets a fresh timestamp and signature. They queue apart from what happens meanwhile.
pub async fn replay(
    engine: &Engine,
    scope: &Scope,
    destination: DestinationId,
    wanted: NewReplay,
) -> Result<Replay, Refused> {
    let mut tx = engine.store.begin().await?;
    let row = store::destinations::find(&mut tx, scope, destination).await?.ok_or(Refused::NotFound)?;
    let kinds = match wanted.kinds {
        Some(kinds) => known_events(kinds)?,
        None => subscriptions(&row)?,
    };
    if kinds.is_empty() {
        return Err(Refused::NothingSubscribed);
    }
    let (now, id) = (engine.now(), engine.uuid());
    let until = wanted.until.unwrap_or(now).min(now);
    let range = Range { session_id: wanted.session_id, kinds, since: wanted.since, until };
    let row = ReplayRow {
        id,
        application_id: scope.application_id(),
        destination_id: destination,
        session_id: range.session_id,
        kinds: json!(range.kinds).to_string(),
        since: range.since,
        until,
        cursor_at: None,
        cursor_id: None,
        status: QUEUED.to_owned(),
        total: store::events::count_range(&mut tx, scope, &range).await?,
        queued: 0,
        skipped: 0,
        created_at: now,
        finished_at: None,
    };
    store::replays::insert(&mut tx, &row).await?;
    enqueue(engine, &mut tx, scope, id).await?;
    let details = json!({"replay": id, "events": row.total});
    audit::note(engine, &mut tx, scope, "destination.replayed", destination, details).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(Replay { row, fared: Fared { tried: 0, delivered: 0 } })
}

/// How far a replay has come.
pub async fn get_replay(
    engine: &Engine,
    scope: &Scope,
    destination: DestinationId,
    id: Uuid,
) -> Result<Replay, Refused> {
    let mut tx = engine.store.read().await?;
    let row = store::replays::find(&mut tx, scope, id).await?;
    let row = row.filter(|row| row.destination_id == destination).ok_or(Refused::DeliveryNotFound)?;
    let fared = store::replays::fared(&mut tx, scope, id).await?;
    Ok(Replay { row, fared })
}

async fn enqueue(engine: &Engine, tx: &mut Tx, scope: &Scope, id: Uuid) -> Result<(), store::Error> {
    let job = ReplayWebhooks { replay_id: id };
    jobs::enqueue(engine, tx, scope, KIND, &job, NO_LANE, engine.now()).await
}

/// Queues one page of deliveries and leaves the next to a job of its own.
pub(crate) async fn run(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let wanted: ReplayWebhooks = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let mut tx = engine.store.begin().await?;
    store::jobs::complete(&mut tx, job).await?;
    if let Some(mut row) = store::replays::find(&mut tx, &scope, wanted.replay_id).await? {
        let more = queue_page(engine, &mut tx, &scope, &mut row).await?;
        if more {
            enqueue(engine, &mut tx, &scope, row.id).await?;
        }
        store::replays::save(&mut tx, &row).await?;
    }
    tx.commit().await?;
    engine.nudge();
    Ok(())
}

async fn queue_page(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    row: &mut ReplayRow,
) -> Result<bool, store::Error> {
    let kinds = serde_json::from_str(&row.kinds)
        .map_err(|_| store::Error::Corrupt { table: "webhook_replays", id: row.id.to_string() })?;
    let range = Range { session_id: row.session_id, kinds, since: row.since, until: row.until };
    let after = row.cursor_at.zip(row.cursor_id);
    let events = store::events::list_range(tx, scope, &range, after, PAGE).await?;
    for event in &events {
        if queue(engine, tx, scope, row, event).await? {
            row.queued += 1;
        } else {
            row.skipped += 1;
        }
        (row.cursor_at, row.cursor_id) = (Some(event.created_at), Some(event.id));
    }
    let more = i64::try_from(events.len()).is_ok_and(|found| found == PAGE);
    if more { RUNNING } else { COMPLETED }.clone_into(&mut row.status);
    row.finished_at = (!more).then(|| engine.now());
    Ok(more)
}

/// False if the event was erased with its session or subject.
async fn queue(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    replay: &ReplayRow,
    event: &EventRow,
) -> Result<bool, store::Error> {
    if event.sealed.is_empty() || Seal::of(engine, tx, event.session_id).await?.is_none() {
        return Ok(false);
    }
    let job = DeliverWebhook {
        cause: Some(Cause::Replay),
        replay_id: Some(replay.id),
        ..DeliverWebhook::first(event, replay.destination_id)
    };
    jobs::enqueue_delivery(engine, tx, scope, &job, order_of(event).as_deref(), event.sequence).await?;
    Ok(true)
}
