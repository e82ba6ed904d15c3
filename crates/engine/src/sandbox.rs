//! The sandbox: reports come from a scenario, the lifecycle around them is the real one.

use document::mrz;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::feature::Feature;
use model::id::SessionId;
use model::reading::LineReading;
use model::report::Report;
use model::session::{Choice, Event, Phase, State, Verdict};
use model::status::SessionStatus;
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value, json};
use store::{Mode, Scope};

use crate::checks::id_verification::{self, Evidence, Side};
use crate::sessions::{ChangeRefused, Record};
use crate::{Engine, questionnaires};

/// What a sandbox session plays (core API §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// Everything passes.
    Approve,
    /// The document has expired.
    DeclineDocumentExpired,
}

impl Scenario {
    /// The scenarios of this version.
    pub const ALL: [Self; 2] = [Self::Approve, Self::DeclineDocumentExpired];

    /// The contract's name.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::DeclineDocumentExpired => "decline_document_expired",
        }
    }

    /// The scenario of this name.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.slug() == slug)
    }
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
    for _ in 0..TURNS {
        match walk(engine, scope, id).await {
            // Another request moved the session at the same moment: go on from there.
            Err(CompleteRefused::Session(ChangeRefused::Store(store::Error::Stale))) => {}
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

async fn walk(engine: &Engine, scope: &Scope, id: SessionId) -> Result<SessionStatus, CompleteRefused> {
    let mut tx = engine.store.begin().await?;
    let mut record = Record::load(engine, &mut tx, scope, id).await?;
    while let Some(event) = next_event(engine, &record) {
        let mut step = record.session.clone().apply(event, engine.now()).map_err(ChangeRefused::from)?;
        // The scenario's report follows in this loop; a job would find it done.
        step.effects.retain(|effect| !matches!(effect, model::session::Effect::RunCheck { .. }));
        record = record.save(engine, &mut tx, step).await?;
    }
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

/// The scenario's report for a node. Every field is invented; media are absent.
pub(crate) fn report(engine: &Engine, record: &Record, node: &NodeId) -> Report {
    let slug = record.personal.sandbox_scenario.as_deref();
    let scenario = slug.and_then(Scenario::of_slug).unwrap_or(Scenario::Approve);
    let feature = record.session.graph.config(node).map_or(Feature::Ocr, |(feature, _)| feature);
    let today = engine.now().to_zoned(TimeZone::UTC).date();
    let config = record.config(node);
    match feature {
        Feature::Ocr => document(node, &config, scenario, today),
        Feature::Questionnaire => {
            questionnaires::sample(node, &config, record.personal.questionnaires.get(&node.0))
        }
        other => Report::judged(node.clone(), other, fields(other), Vec::new()),
    }
}

/// A made-up passport, read and judged by the real check. What the integrator expects is not compared: the scenario
/// decides.
fn document(node: &NodeId, config: &Config, scenario: Scenario, today: Date) -> Report {
    let expired = scenario == Scenario::DeclineDocumentExpired;
    let passport = mrz::Record {
        document_code: "P".to_owned(),
        issuing_state: "UTO".to_owned(),
        nationality: "UTO".to_owned(),
        document_number: "X00000000".to_owned(),
        surname: "Sample".to_owned(),
        given_names: "Alex".to_owned(),
        birth_date: today.saturating_sub(34.years()).into(),
        expiry_date: if expired { today.saturating_sub(1.month()) } else { today.saturating_add(5.years()) },
        sex: mrz::Sex::Unspecified,
        optional_data: String::new(),
        optional_data_2: String::new(),
    };
    let lines = mrz::compose(mrz::Format::Td3, &passport).expect("the made-up passport can be written");
    let lines: Vec<LineReading> = lines.iter().map(|line| LineReading::certain(line)).collect();
    let reading = Some(mrz::resolve(&lines, today));
    let choice = Some(&Choice { country: "UTO".to_owned(), document_type: "P".to_owned() });
    let sides = [Side { side: "front".to_owned(), picture: None, reading }];
    let evidence = Evidence { node_id: node, config, choice, sides: &sides, expected: None, today };
    id_verification::judge(&evidence)
}

/// The few fields that integrators branch on.
fn fields(feature: Feature) -> Map<String, Value> {
    let fields = match feature {
        Feature::Liveness => json!({"method": "PASSIVE", "score": 95.4}),
        Feature::AgeEstimation => json!({"method": "PASSIVE", "score": 95.4, "age_estimation": 34.0}),
        Feature::FaceMatch => json!({"score": 96.1}),
        Feature::Nfc => json!({"chip_data": null, "certificate_summary": null}),
        Feature::PhoneVerification => json!({"full_number": "+15550101000", "is_virtual": false}),
        Feature::EmailVerification => json!({"email": "alex.sample@example.com"}),
        Feature::Aml => json!({"total_hits": 0, "hits": [], "score": 0}),
        _ => json!({}),
    };
    fields.as_object().cloned().unwrap_or_default()
}
