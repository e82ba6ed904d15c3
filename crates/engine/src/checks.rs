//! Checks: from evidence to a report. One module per feature; what cannot run says so.

use model::report::Report;
use model::session::{Event, Verdict};
use model::workflow::NodeId;
use store::jobs::Job;
use store::{Mode, Tx};

pub(crate) use answer_files::keep_file;

use crate::jobs::{JobError, RUN_CHECK, RunCheck};
use crate::sessions::{ChangeRefused, Record};
use crate::{Engine, lists, sandbox};

mod answer_files;
mod at_once;
pub(crate) mod business;
mod document_pictures;
pub mod id_verification;
pub(crate) mod letter;
pub(crate) mod look;
pub(crate) mod media;
pub mod proof_of_address;

pub(crate) use at_once::run_at_once;

/// Judges the evidence of one attempt and hands the report to the session. The pictures are judged outside any
/// transaction; the report and the end of the job are one.
pub(crate) async fn run(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let wanted: RunCheck = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    let mut tx = engine.store.read().await?;
    let loaded = Record::load(engine, &mut tx, &scope, wanted.session_id).await;
    drop(tx);
    if let Ok(record) = &loaded
        && job.attempts == 1
        && let Some(delay) = sandbox::slowness(record)
    {
        let mut tx = engine.store.begin().await?;
        store::jobs::retry_at(&mut tx, job, engine.now() + delay, "a slow provider (sandbox fault)").await?;
        return Ok(tx.commit().await?);
    }
    let outcome = match loaded {
        Ok(record) => Some(judge(engine, &record, &wanted.node, wanted.attempt).await?),
        Err(ChangeRefused::Store(error)) => return Err(error.into()),
        // Erased meanwhile: nothing is left to judge.
        Err(_) => None,
    };
    let mut tx = engine.store.begin().await?;
    if let Some((mut report, mut verdict)) = outcome {
        if scope.mode() == Mode::Live && report.feature == model::feature::Feature::Ocr {
            verdict = Box::pin(compare(engine, &mut tx, &scope, &wanted, &mut report, verdict)).await?;
        }
        if scope.mode() == Mode::Live && Box::pin(lists::screen(engine, &mut tx, &scope, &mut report)).await?
        {
            verdict = Verdict::Final;
        }
        let changed = match Record::load(engine, &mut tx, &scope, wanted.session_id).await {
            Ok(record) => record.apply(engine, &mut tx, Event::Reported { report, verdict }).await.map(drop),
            Err(refused) => Err(refused),
        };
        match changed {
            // Decided, abandoned or erased while the check ran: its word comes too late.
            Ok(()) | Err(ChangeRefused::Lifecycle(_) | ChangeRefused::NotFound) => {}
            Err(ChangeRefused::Store(error)) => return Err(error.into()),
        }
    }
    store::jobs::complete(&mut tx, job).await?;
    tx.commit().await?;
    engine.nudge();
    document_pictures::forget_originals(engine, &wanted).await;
    Ok(())
}

/// Looks for the same document in other sessions. What that declines, another picture does not mend.
async fn compare(
    engine: &Engine,
    tx: &mut Tx,
    scope: &store::Scope,
    wanted: &RunCheck,
    report: &mut Report,
    verdict: Verdict,
) -> Result<Verdict, JobError> {
    let Ok(record) = Record::load(engine, tx, scope, wanted.session_id).await else { return Ok(verdict) };
    let config = record.config(&wanted.node);
    let vendor = record.row.vendor_hash.as_deref();
    let whose = id_verification::others::Whose { session: wanted.session_id, vendor, config: &config };
    let before = report.status;
    id_verification::others::compare(engine, tx, scope, &whose, report).await?;
    Ok(if report.status == before { verdict } else { Verdict::Final })
}

/// A check that will not be tried again says that it did not run; the session goes to review instead of waiting for
/// its timer.
pub(crate) async fn give_up(engine: &Engine, tx: &mut Tx, job: &Job) -> Result<(), store::Error> {
    let (RUN_CHECK, Some(scope)) = (job.kind.as_str(), job.scope) else { return Ok(()) };
    let Ok(wanted) = serde_json::from_str::<RunCheck>(&job.payload) else { return Ok(()) };
    let Ok(record) = Record::load(engine, tx, &scope, wanted.session_id).await else { return Ok(()) };
    let Some((feature, _)) = record.session.graph.config(&wanted.node) else { return Ok(()) };
    let report =
        Report::not_run(wanted.node, feature, "the check could not be finished").of_attempt(wanted.attempt);
    match record.apply(engine, tx, Event::Reported { report, verdict: Verdict::Final }).await {
        Err(ChangeRefused::Store(error)) => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The report of one node: simulated in the sandbox, real in live.
async fn judge(
    engine: &Engine,
    record: &Record,
    node: &NodeId,
    attempt: u32,
) -> Result<(Report, Verdict), JobError> {
    let Some((feature, _)) = record.session.graph.config(node) else {
        return Err(ChangeRefused::NotFound.into());
    };
    let (report, verdict) = match (record.scope.mode(), feature) {
        (Mode::Sandbox, model::feature::Feature::Ocr) => {
            let mut report = sandbox::report(engine, record, node);
            // What the person sent is kept as in live; what it shows decides nothing.
            let (seen, _) = document_pictures::judge(engine, record, node, attempt).await?;
            sandbox::keep_media(&mut report, &seen);
            (report, Verdict::Final)
        }
        (Mode::Sandbox, _) => (sandbox::report(engine, record, node), Verdict::Final),
        (Mode::Live, model::feature::Feature::Ocr) => {
            document_pictures::judge(engine, record, node, attempt).await?
        }
        // Answers are judged when they are given; a job comes here only where there is no form to give them on.
        (Mode::Live, model::feature::Feature::Questionnaire) => {
            let reason = "the questionnaire is gone or inactive";
            (Report::not_run(node.clone(), model::feature::Feature::Questionnaire, reason), Verdict::Final)
        }
        (Mode::Live, feature) if feature.is_business() => {
            (business::report(record, node, feature), Verdict::Final)
        }
        (Mode::Live, feature) => {
            let reason = format!("{feature} is not available in this version of Bonafide");
            (Report::not_run(node.clone(), feature, reason), Verdict::Final)
        }
    };
    Ok((report.of_attempt(attempt), verdict))
}

impl From<ChangeRefused> for JobError {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::Store(error) => Self::Store(error),
            ChangeRefused::NotFound | ChangeRefused::Lifecycle(_) => Self::Store(store::Error::Stale),
        }
    }
}
