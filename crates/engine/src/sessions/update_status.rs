//! The decision of a reviewer, or of the integrator's program in a reviewer's place (core API §3.7).

use jiff::{SignedDuration, Timestamp};
use model::feature::Feature;
use model::id::SessionId;
use model::session::{Event, Refused, State};
use model::status::SessionStatus;
use serde_json::{Value, json};
use store::{Scope, Tx};

use super::resubmission::{self, StepChoice};
use super::{ChangeRefused, Record};
use crate::flow::Devices;
use crate::reviews::{Activity, Addressee, Author, Entry};
use crate::{Engine, audit, checks, jobs};

/// Parallel changes of one session take turns this often.
const TURNS: u32 = 20;
/// Steps that redo themselves may be asked for again after this (core API §3.7).
const REDO_PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusUpdate {
    /// `Approved`, `Declined` or `Resubmitted`.
    pub status: SessionStatus,
    /// For `Resubmitted`: the steps to redo; without any, those that were tried and not passed.
    pub steps: Vec<StepChoice>,
    /// Why.
    pub comment: Option<String>,
    /// Who is mailed about it.
    pub notify: Option<Addressee>,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum StatusRefused {
    /// There is no such session, or it was erased.
    #[error("no such session")]
    NotFound,
    /// Nothing is decided about sessions in this status.
    #[error("a session that is {0} cannot be decided")]
    NotReviewable(SessionStatus),
    /// It is asked for again already.
    #[error("the new status is the same as the current status")]
    SameStatus,
    /// These follow from the sessions of a business's parties.
    #[error("some features cannot be resubmitted")]
    NotResubmittable(Vec<Feature>),
    /// The workflow has no such step, or several.
    #[error("the workflow has no one step {0}")]
    UnknownStep(String),
    /// Nothing was named and nothing is open.
    #[error("there is no step to do again")]
    NothingToRedo,
    /// Steps that redo themselves were just redone; so many seconds until they may be again.
    #[error("redone a moment ago; wait {0} s")]
    TooSoon(u64),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<ChangeRefused> for StatusRefused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotFound => Self::NotFound,
            ChangeRefused::Lifecycle(Refused::SameStatus) => Self::SameStatus,
            ChangeRefused::Lifecycle(Refused::NothingToRedo) => Self::NothingToRedo,
            // Somebody moved it between the look and the change: look again.
            ChangeRefused::Lifecycle(_) => Self::Store(store::Error::Stale),
            ChangeRefused::Store(error) => Self::Store(error),
        }
    }
}

/// Whether anything may be decided about this session now. The contract says so before it looks at the request.
pub async fn is_reviewable(engine: &Engine, scope: &Scope, id: SessionId) -> Result<(), StatusRefused> {
    let mut tx = engine.store.read().await?;
    let row = store::sessions::find(&mut tx, scope, id).await?.ok_or(StatusRefused::NotFound)?;
    match row.status.parse::<SessionStatus>() {
        Ok(status) if !status.is_reviewable() => Err(StatusRefused::NotReviewable(status)),
        _ => Ok(()),
    }
}

/// Decides. Repeating `Approved` or `Declined` changes nothing and tells nobody; asking again for steps that need
/// nobody runs them before this returns.
pub async fn update_status(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    wanted: &StatusUpdate,
) -> Result<(), StatusRefused> {
    for _ in 0..TURNS {
        match Box::pin(attempt(engine, scope, id, wanted)).await {
            Err(StatusRefused::Store(store::Error::Stale)) => {}
            Ok(true) => return Ok(Box::pin(checks::run_at_once(engine, scope, id)).await?),
            done => return done.map(drop),
        }
    }
    Err(store::Error::Stale.into())
}

/// Says whether the steps to redo run by themselves.
async fn attempt(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    wanted: &StatusUpdate,
) -> Result<bool, StatusRefused> {
    let mut tx = engine.store.begin().await?;
    let mut record = Record::load(engine, &mut tx, scope, id).await?;
    let before = record.session.status();
    if !before.is_reviewable() {
        return Err(StatusRefused::NotReviewable(before));
    }
    if before == wanted.status && before != SessionStatus::Resubmitted {
        return Ok(false);
    }
    let again = wanted.status == SessionStatus::Resubmitted;
    let nodes = if again { resubmission::nodes(&record, &wanted.steps)? } else { Vec::new() };
    let event = Event::Reviewed { status: wanted.status, nodes };
    let step = record.session.clone().apply(event, engine.now()).map_err(ChangeRefused::from)?;
    let by_itself = step.next.redoes_itself();
    if by_itself {
        must_not_be_too_soon(&record, engine.now())?;
    }
    let mut entry = entry(engine, &mut tx, scope, before, wanted).await?;
    let mut forgotten = Vec::new();
    if let State::Resubmitted { nodes, .. } = &step.next.state {
        record.personal.resubmission = resubmission::reasons(&record, nodes, wanted.comment.as_deref());
        forgotten = resubmission::media(&record, nodes);
        record.personal.devices = Devices::default();
        entry.metadata = Some(json!({
            "nodes_to_resubmit": resubmission::named(&record, nodes), "runs_by_itself": by_itself,
        }));
    }
    let review = record.note(engine, &mut tx, Activity::StatusUpdated, entry).await?;
    let mut record = record.save(engine, &mut tx, step).await?;
    if by_itself {
        record = record.apply(engine, &mut tx, Event::Opened).await?;
    } else if wanted.notify.is_some() {
        jobs::enqueue_asked_notice(engine, &mut tx, &record, wanted.status, review).await?;
    }
    resubmission::forget_rows(&mut tx, &record, &forgotten).await?;
    let details = json!({ "from": before, "to": wanted.status });
    audit::note(engine, &mut tx, scope, "session.status_updated", id, details).await?;
    tx.commit().await?;
    engine.nudge();
    resubmission::forget_objects(engine, id, &forgotten).await;
    Ok(by_itself)
}

async fn entry(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    before: SessionStatus,
    wanted: &StatusUpdate,
) -> Result<Entry, store::Error> {
    let author = Author::of(engine, tx, scope).await?;
    Ok(Entry {
        new_status: Some(wanted.status),
        previous_status: Some(before),
        comment: wanted.comment.clone(),
        previous_value: Some(json!({ "status": before })),
        new_value: Some(json!({ "status": wanted.status })),
        changed_fields: vec!["status".to_owned()],
        notify: wanted.notify.clone(),
        ..Entry::about(wanted.status, author)
    })
}

fn must_not_be_too_soon(record: &Record, now: Timestamp) -> Result<(), StatusRefused> {
    let by_itself = |metadata: &Value| metadata["runs_by_itself"] == true;
    let last = record.reviews.iter().rfind(|review| review.entry.metadata.as_ref().is_some_and(by_itself));
    let Some(wait) = last.map(|review| review.created_at + REDO_PAUSE - now) else { return Ok(()) };
    let millis = wait.total(jiff::Unit::Millisecond).unwrap_or(0.0);
    if millis <= 0.0 {
        return Ok(());
    }
    Err(StatusRefused::TooSoon((millis / 1000.0).ceil() as u64))
}
