//! Mails about a decision: the news itself, or the link and the reasons for doing steps again (core API §3.2, §3.7).

use model::id::{ReviewId, SessionId};
use model::session::State;
use model::status::SessionStatus;
use model::workflow::NodeId;
use outbound::mail::{AskedAgain, DecisionNotice, Mail, ResubmissionRequest};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Tx;
use store::jobs::{Job, NO_LANE};

use super::{JobError, enqueue, invite};
use crate::Engine;
use crate::reviews::Addressee;
use crate::sessions::{ChangeRefused, Record};

pub(super) const SEND_NOTICE: &str = "send_notice";

/// What a notice has to know. The address is personal: it is looked up when the mail is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SendNotice {
    session_id: SessionId,
    status: SessionStatus,
    /// Whoever was named with this change; without it, the person of the contact details.
    review: Option<ReviewId>,
}

/// Leaves a mail to the person, if the integrator asked for notifications when they made the session.
pub(crate) async fn enqueue_notice(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    status: SessionStatus,
) -> Result<(), store::Error> {
    use SessionStatus::{Approved, Declined, InReview, Resubmitted};
    let news = matches!(status, Approved | Declined | InReview | Resubmitted);
    if !news || invite::recipient(record).is_none() {
        return Ok(());
    }
    leave(engine, tx, record, SendNotice { session_id: record.row.id, status, review: None }).await
}

/// Leaves the mail that was asked for with one change, unless its addressee hears of it anyway.
pub(crate) async fn enqueue_asked_notice(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    status: SessionStatus,
    review: ReviewId,
) -> Result<(), store::Error> {
    let asked = addressee(record, Some(review));
    let hears = invite::recipient(record);
    if asked.is_some_and(|asked| hears.is_some_and(|hears| hears.eq_ignore_ascii_case(&asked.address))) {
        return Ok(());
    }
    leave(engine, tx, record, SendNotice { session_id: record.row.id, status, review: Some(review) }).await
}

async fn leave(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    notice: SendNotice,
) -> Result<(), store::Error> {
    enqueue(engine, tx, &record.scope, SEND_NOTICE, &notice, NO_LANE, engine.now()).await
}

fn addressee(record: &Record, review: Option<ReviewId>) -> Option<Addressee> {
    if let Some(id) = review {
        return record.reviews.iter().find(|review| review.id == id)?.entry.notify.clone();
    }
    let details = record.personal.contact_details.as_ref()?;
    let language = details.get("email_lang").and_then(Value::as_str).unwrap_or("en");
    Some(Addressee { address: invite::recipient(record)?.to_owned(), language: language.to_owned() })
}

/// Sends it, then settles the job. A crash in between sends it again: better twice than never.
pub(super) async fn send(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let wanted: SendNotice = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let mut tx = engine.store.read().await?;
    let loaded = Record::load(engine, &mut tx, &scope, wanted.session_id).await;
    let application =
        store::applications::find(&mut tx, &scope).await?.map(|row| row.name).unwrap_or_default();
    drop(tx);
    match loaded {
        Ok(record) => deliver(engine, &record, &wanted, &application).await?,
        Err(ChangeRefused::Store(error)) => return Err(error.into()),
        // Erased before it was sent.
        Err(_) => {}
    }
    let mut tx = engine.store.begin().await?;
    store::jobs::complete(&mut tx, job).await?;
    tx.commit().await?;
    Ok(())
}

async fn deliver(
    engine: &Engine,
    record: &Record,
    wanted: &SendNotice,
    application: &str,
) -> Result<(), JobError> {
    // What does not hold any more is no news.
    if record.session.status() != wanted.status {
        return Ok(());
    }
    let Some(addressee) = addressee(record, wanted.review) else { return Ok(()) };
    match engine.mailer.send(&mail(engine, record, application, &addressee), engine.now()).await {
        // A mailbox that will never take it is the integrator's to mend, not a job to repeat.
        Err(unsent) if unsent.is_final() => tracing::warn!(%unsent, "a notice was refused"),
        sent => sent?,
    }
    Ok(())
}

fn mail(engine: &Engine, record: &Record, application: &str, addressee: &Addressee) -> Mail {
    let Addressee { address, language } = addressee;
    match &record.session.state {
        State::Resubmitted { nodes, .. } => {
            let steps: Vec<_> = nodes.iter().filter_map(|node| asked_again(record, node)).collect();
            ResubmissionRequest { application, url: &record.url(engine), steps: &steps }
                .mail(address, language)
        }
        state => DecisionNotice { application, status: state.status().as_str() }.mail(address, language),
    }
}

fn asked_again<'record>(record: &'record Record, node: &NodeId) -> Option<AskedAgain<'record>> {
    let (feature, _) = record.session.graph.config(node)?;
    let reason = record.personal.resubmission.get(&node.0)?;
    Some(AskedAgain {
        feature: feature.workflow_name(),
        risks: reason.risks.iter().map(|risk| risk.code()).collect(),
        comment: reason.comment.as_deref(),
    })
}
