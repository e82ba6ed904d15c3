//! The decision of a reviewer, or of the integrator's program in a reviewer's place (core API §3.7).

use jiff::{SignedDuration, Timestamp};
use model::feature::Feature;
use model::id::{BlobId, SessionId};
use model::session::{Event, Refused, State};
use model::status::SessionStatus;
use serde_json::{Value, json};
use store::{Scope, Tx};
use uuid::Uuid;

use super::resubmission::{self, StepChoice};
use super::{ChangeRefused, Record};
use crate::approvals::{self, Consent, Note, Operation, Wish};
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
    /// A declined session is to be approved, and somebody else must approve that: the request that waits for them.
    #[error("request {0} waits for a second person")]
    NeedsApproval(Uuid),
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
    let record = Record::load(engine, &mut tx, scope, id).await?;
    if wanted.status == SessionStatus::Approved && is_declined(&record) {
        let note = Note { comment: wanted.comment.clone(), notify: wanted.notify.clone() };
        let wish = Wish {
            note: Some((&record.key, note)),
            ..Wish::of(Operation::ApproveSession, &id, &record.row.version)
        };
        if let Some(request) = approvals::ask(engine, &mut tx, scope, &wish).await? {
            tx.commit().await?;
            return Err(StatusRefused::NeedsApproval(request));
        }
    }
    let Some(decided) = decide(engine, &mut tx, record, wanted, None).await? else { return Ok(false) };
    tx.commit().await?;
    engine.nudge();
    resubmission::forget_objects(engine, id, &decided.forgotten).await;
    Ok(decided.by_itself)
}

/// Whether the session stands declined, or did when steps were asked for again that nobody has done since.
fn is_declined(record: &Record) -> bool {
    use SessionStatus::{Abandoned, Declined, Resubmitted};
    let entries = record.reviews.iter().rev().map(|review| &review.entry);
    let mut asked_again = entries
        .filter(|entry| entry.previous_status.is_some())
        .take_while(|entry| entry.new_status == Some(Resubmitted));
    match record.session.status() {
        Declined => true,
        Resubmitted | Abandoned => asked_again.any(|entry| entry.previous_status == Some(Declined)),
        _ => false,
    }
}

/// What was decided.
pub(crate) struct Decided {
    /// Whether the steps to redo run by themselves.
    by_itself: bool,
    /// What is forgotten of them.
    forgotten: Vec<BlobId>,
}

/// Decides within the caller's transaction. Nothing if the session stands so already.
pub(crate) async fn decide(
    engine: &Engine,
    tx: &mut Tx,
    mut record: Record,
    wanted: &StatusUpdate,
    consent: Option<&Consent>,
) -> Result<Option<Decided>, StatusRefused> {
    let (scope, id, before) = (record.scope, record.row.id, record.session.status());
    if !before.is_reviewable() {
        return Err(StatusRefused::NotReviewable(before));
    }
    if before == wanted.status && before != SessionStatus::Resubmitted {
        return Ok(None);
    }
    let again = wanted.status == SessionStatus::Resubmitted;
    let nodes = if again { resubmission::nodes(&record, &wanted.steps)? } else { Vec::new() };
    let event = Event::Reviewed { status: wanted.status, nodes };
    let step = record.session.clone().apply(event, engine.now()).map_err(ChangeRefused::from)?;
    let by_itself = step.next.redoes_itself();
    if by_itself {
        must_not_be_too_soon(&record, engine.now())?;
    }
    let mut entry = entry(engine, tx, &scope, before, wanted).await?;
    let mut forgotten = Vec::new();
    if let State::Resubmitted { nodes, .. } = &step.next.state {
        record.personal.resubmission = resubmission::reasons(&record, nodes, wanted.comment.as_deref());
        forgotten = resubmission::media(&record, nodes);
        record.personal.devices = Devices::default();
        entry.metadata = Some(json!({
            "nodes_to_resubmit": resubmission::named(&record, nodes), "runs_by_itself": by_itself,
        }));
    } else if let Some(consent) = consent {
        entry.metadata = Some(json!({ "approval_id": consent.approval }));
    }
    let review = record.note(engine, tx, Activity::StatusUpdated, entry).await?;
    let mut record = record.save(engine, tx, step).await?;
    if by_itself {
        record = record.apply(engine, tx, Event::Opened).await?;
    } else if wanted.notify.is_some() {
        jobs::enqueue_asked_notice(engine, tx, &record, wanted.status, review).await?;
    }
    resubmission::forget_rows(tx, &record, &forgotten).await?;
    let details = approvals::noted(json!({ "from": before, "to": wanted.status }), consent);
    audit::note(engine, tx, &scope, "session.status_updated", id, details).await?;
    Ok(Some(Decided { by_itself, forgotten }))
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
