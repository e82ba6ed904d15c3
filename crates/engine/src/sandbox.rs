//! The sandbox: reports come from a scenario, the lifecycle around them is the real one.

use model::feature::Feature;
use model::id::SessionId;
use model::report::Report;
use model::session::{Choice, Event, Phase, State, Verdict};
use model::status::SessionStatus;
use model::workflow::{Config, NodeId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::jobs::Job;
use store::{Mode, Scope};

use crate::jobs::JobError;
use crate::sessions::{ChangeRefused, Record};
use crate::{Engine, audit, jobs, questionnaires};

mod arm;
mod faults;
mod reports;
mod scenario;
mod script;

pub use arm::{ArmRefused, arm, opens};
pub(crate) use faults::Conduct;
pub use faults::{Fault, FaultKind};
pub use scenario::Scenario;
pub use script::Script;

/// What a completion job has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CompleteSandbox {
    session_id: SessionId,
}

/// Parallel completions of one session take turns this often.
const TURNS: u32 = 20;

/// Why a sandbox session is not completed.
#[derive(Debug, thiserror::Error)]
pub enum CompleteRefused {
    /// Only sandbox applications may.
    #[error("only sandbox applications may do this")]
    LiveApplication,
    /// The session or its place in the lifecycle.
    #[error(transparent)]
    Session(#[from] ChangeRefused),
}

impl From<store::Error> for CompleteRefused {
    fn from(error: store::Error) -> Self {
        Self::Session(error.into())
    }
}

/// Walks the steps that remain with the scenario's inputs, through the same door as a person would, in one
/// transaction (decisions: finishing a sandbox session without a browser). A session that has ended stays as it is.
pub async fn complete(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
) -> Result<SessionStatus, CompleteRefused> {
    if scope.mode() == Mode::Live {
        return Err(CompleteRefused::LiveApplication);
    }
    take_turns(engine, scope, id, Pace::AsChecksTake).await
}

/// Whether a slow check holds up the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    AsChecksTake,
    AtOnce,
}

async fn take_turns(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    pace: Pace,
) -> Result<SessionStatus, CompleteRefused> {
    for _ in 0..TURNS {
        match walk(engine, scope, id, pace).await {
            // Another request moved the session at the same moment: go on from there.
            Err(CompleteRefused::Session(ChangeRefused::Store(store::Error::Stale))) => {}
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

async fn walk(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    pace: Pace,
) -> Result<SessionStatus, CompleteRefused> {
    let mut tx = engine.store.begin().await?;
    let mut record = Record::load(engine, &mut tx, scope, id).await?;
    let slowness = slowness(&record).filter(|_| pace == Pace::AsChecksTake);
    while let Some(event) = next_event(engine, &record) {
        if let (Some(delay), Event::Reported { .. }) = (slowness, &event) {
            let job = CompleteSandbox { session_id: id };
            jobs::enqueue_completion(engine, &mut tx, scope, &job, engine.now() + delay).await?;
            break;
        }
        let mut step = record.session.clone().apply(event, engine.now()).map_err(ChangeRefused::from)?;
        // The scenario's report follows in this loop; a job would find it done.
        step.effects.retain(|effect| !matches!(effect, model::session::Effect::RunCheck { .. }));
        record = record.save(engine, &mut tx, step).await?;
    }
    let details = json!({ "status": record.session.status() });
    audit::note(engine, &mut tx, scope, "session.sandbox_completed", id, details).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(record.session.status())
}

/// What a person, or the check, would do next; nothing once the session has ended.
fn next_event(engine: &Engine, record: &Record) -> Option<Event> {
    let progress = match &record.session.state {
        State::NotStarted { .. } | State::Resubmitted { .. } => return Some(Event::Opened),
        State::InProgress(progress) => progress,
        _ => return None,
    };
    let node = progress.node.clone();
    Some(if progress.phase == Phase::Checking {
        let report = report(engine, record, &node).of_attempt(progress.attempt);
        Event::Reported { report, verdict: Verdict::Final }
    } else if progress.consented_at.is_none() {
        Event::Consented
    } else if progress.choice.is_none() {
        Event::Chosen(node, Choice { country: "UTO".to_owned(), document_type: "P".to_owned() })
    } else {
        Event::EvidenceComplete(node)
    })
}

/// What the session plays: what it was created or armed with, else what its e-mail address asks for.
pub(crate) fn script(record: &Record) -> Script {
    if record.scope.mode() == Mode::Live {
        return Script::default();
    }
    let mut script = record.personal.sandbox_scenario.as_deref().and_then(Script::parse).unwrap_or_default();
    if script.scenario.is_none() {
        script.scenario = contact(record, "email").and_then(Scenario::of_magic_email);
    }
    script
}

fn contact<'record>(record: &'record Record, key: &str) -> Option<&'record str> {
    record.personal.contact_details.as_ref()?.get(key)?.as_str().filter(|text| !text.is_empty())
}

/// The scenario's report for a node. Every field is invented; media are absent.
pub(crate) fn report(engine: &Engine, record: &Record, node: &NodeId) -> Report {
    let script = script(record);
    let nodes = record.session.graph.features_in_order();
    let feature = record.session.graph.config(node).map_or(Feature::Ocr, |(feature, _)| feature);
    if let Some(fault) = script.fault(FaultKind::CheckUnavailable)
        && nodes.get(fault.victim(nodes.len())).is_some_and(|(id, _, _)| *id == node)
    {
        return Report::not_run(node.clone(), feature, "the provider did not answer (sandbox fault)");
    }
    let workflow: Vec<Feature> = nodes.iter().map(|(_, feature, _)| *feature).collect();
    let failing = script.scenario.filter(|scenario| match scenario.failing(&workflow) {
        Some(failing) => failing == feature,
        // The workflow has no check that fails so: the first one stands in.
        None => nodes.first().is_some_and(|(id, _, _)| *id == node),
    });
    let config = record.config(node);
    // The integrator's own questions, answered.
    let form = (feature == Feature::Questionnaire)
        .then(|| questionnaires::sample(node, &config, record.personal.questionnaires.get(&node.0)));
    let case = reports::Case {
        node,
        feature,
        config: &config,
        now: engine.now(),
        failing,
        workflow: &workflow,
        email: contact(record, "email"),
        phone: contact(record, "phone"),
    };
    reports::simulate(&case, form)
}

/// An invented report for a call without a session, approved.
pub(crate) fn standalone(engine: &Engine, node: &NodeId, feature: Feature) -> Report {
    let (config, now) = (Config::new(), engine.now());
    let (failing, email, phone) = (None, None, None);
    let case =
        reports::Case { node, feature, config: &config, now, failing, workflow: &[feature], email, phone };
    reports::simulate(&case, None)
}

/// Media that the person really sent, in the place that the scenario left empty.
pub(crate) fn keep_media(report: &mut Report, seen: &Report) {
    for name in ["front_image", "back_image"] {
        if let Some(media) = seen.fields.get(name).filter(|media| !media.is_null()) {
            report.fields.insert(name.to_owned(), media.clone());
        }
    }
}

/// How long the session's checks shall take.
pub(crate) fn slowness(record: &Record) -> Option<jiff::SignedDuration> {
    script(record).fault(FaultKind::SlowProvider).map(Fault::delay)
}

/// Goes on with a completion whose checks were slow.
pub(crate) async fn complete_later(engine: &Engine, job: &Job) -> Result<(), JobError> {
    let wanted: CompleteSandbox = serde_json::from_str(&job.payload).map_err(JobError::payload)?;
    let scope = job.scope.ok_or(JobError::NoTenant)?;
    // Any other refusal: it has ended or was erased meanwhile.
    let walked = take_turns(engine, &scope, wanted.session_id, Pace::AtOnce).await;
    if let Err(CompleteRefused::Session(ChangeRefused::Store(error))) = walked {
        return Err(error.into());
    }
    let mut tx = engine.store.begin().await?;
    store::jobs::complete(&mut tx, job).await?;
    Ok(tx.commit().await?)
}
