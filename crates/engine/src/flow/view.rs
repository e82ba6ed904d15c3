//! The session as the hosted page shows it.

use model::feature::Feature;
use model::id::SessionId;
use model::session::{Phase, Progress, State};
use model::status::SessionStatus;
use model::warning::{Risk, Warning};
use store::Tx;

use super::choice::Allowed;
use super::{FlowRefused, uploads};
use crate::checks::id_verification;
use crate::contact::steps::{self, ContactState};
use crate::decision::environment;
use crate::sessions::Record;
use crate::{Engine, questionnaires};

/// Seconds that the page shows the result before it goes to the callback (core API §10.4).
const REDIRECT_AFTER_SECONDS: u32 = 3;

/// Everything that the page needs.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "named as on the page")]
pub struct FlowView {
    pub session_id: SessionId,
    pub status: SessionStatus,
    pub environment: &'static str,
    pub language: Option<String>,
    pub application_name: String,
    pub consent_given: bool,
    pub privacy_url: Option<String>,
    pub redirect_url: Option<String>,
    pub redirect_after_seconds: u32,
    pub steps: Vec<StepSummary>,
    pub step: Option<FlowStep>,
    pub result: Option<FlowResult>,
}

/// One step in the progress line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepSummary {
    /// Its node.
    pub node_id: String,
    /// What it verifies.
    pub feature: Feature,
    /// Whether it is behind, at hand or ahead.
    pub state: StepState,
}

/// Where a step lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum StepState {
    Done,
    Current,
    Todo,
}

/// What the page asks for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum StepPhase {
    Choose,
    Capture,
    Checking,
    Retry,
    Form,
    Contact,
    Code,
}

/// The step at hand.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "named as on the page")]
pub struct FlowStep {
    pub node_id: String,
    pub feature: Feature,
    pub phase: StepPhase,
    pub attempts_left: u32,
    pub document_types: Vec<String>,
    pub countries: Option<Vec<String>>,
    pub country: Option<String>,
    pub document_type: Option<String>,
    pub sides: Vec<String>,
    pub uploaded: Vec<String>,
    pub capture_methods: Vec<String>,
    pub contact: Option<ContactState>,
    pub risks: Vec<Risk>,
    pub form: Option<serde_json::Value>,
}

/// How an ended session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowResult {
    /// The session's status.
    pub status: SessionStatus,
    /// What decided it, as far as the person is told.
    pub risks: Vec<Risk>,
}

pub(super) async fn of(engine: &Engine, tx: &mut Tx, record: &Record) -> Result<FlowView, FlowRefused> {
    let application = store::applications::find(tx, &record.scope).await?;
    let uploaded = uploads::uploaded(tx, record).await?;
    let status = record.session.status();
    let progress = match &record.session.state {
        State::InProgress(progress) => Some(progress),
        _ => None,
    };
    let ended = !status.is_unfinished();
    let mut step = progress.and_then(|progress| step(record, progress, uploaded));
    if let Some(step) = &mut step {
        steps::fill(engine, tx, record, step).await?;
    }
    Ok(FlowView {
        session_id: record.row.id,
        status,
        environment: environment(&record.scope),
        language: record.personal.language.clone(),
        application_name: application.map(|row| row.name).unwrap_or_default(),
        consent_given: progress.is_some_and(|progress| progress.consented_at.is_some()),
        privacy_url: None,
        redirect_url: record
            .callback()
            .filter(|_| ended && goes_back(record))
            .and_then(|callback| redirect(engine, record, callback)),
        redirect_after_seconds: REDIRECT_AFTER_SECONDS,
        steps: summaries(record, progress),
        step,
        result: ended.then(|| FlowResult { status, risks: deciding_risks(record) }),
    })
}

fn goes_back(record: &Record) -> bool {
    let personal = &record.personal;
    personal.devices.goes_back(personal.callback_method, record.device.as_deref())
}

/// The callback with `verificationSessionId` and `status` appended (founding guide, step 3).
fn redirect(_engine: &Engine, record: &Record, callback: &str) -> Option<String> {
    let mut url = url::Url::parse(callback).ok()?;
    url.query_pairs_mut()
        .append_pair("verificationSessionId", &record.row.id.to_string())
        .append_pair("status", record.session.status().as_str());
    Some(url.into())
}

fn summaries(record: &Record, progress: Option<&Progress>) -> Vec<StepSummary> {
    let person = |feature: Feature| feature.needs_person() && record.session.collectable.contains(&feature);
    let features = record.session.graph.features_in_order();
    let shown = features.into_iter().filter(|(_, feature, _)| person(*feature));
    shown
        .map(|(node, feature, _)| {
            let current = progress.is_some_and(|progress| progress.node == *node);
            let done = record.session.reports.get(node).is_some_and(model::report::Report::is_final);
            let state = match (current, done) {
                (true, _) => StepState::Current,
                (false, true) => StepState::Done,
                (false, false) => StepState::Todo,
            };
            StepSummary { node_id: node.0.clone(), feature, state }
        })
        .collect()
}

fn step(record: &Record, progress: &Progress, uploaded: Vec<String>) -> Option<FlowStep> {
    let (feature, config) = record.session.graph.config(&progress.node)?;
    let allowed = Allowed::of(config, record.personal.expected_details.as_ref());
    let (phase, risks) = match (&progress.phase, &progress.choice) {
        (Phase::Checking, _) => (StepPhase::Checking, Vec::new()),
        // The integrator's program names them; the page waits for that.
        _ if feature == Feature::KybKeyPeople => (StepPhase::Checking, Vec::new()),
        // With the first new picture the step is a capture again: the page then asks for the other side.
        (Phase::Retrying { risks }, Some(_)) if uploaded.is_empty() => (StepPhase::Retry, risks.clone()),
        _ if feature == Feature::Questionnaire => (StepPhase::Form, Vec::new()),
        (_, Some(_)) => (StepPhase::Capture, Vec::new()),
        (_, None) => (StepPhase::Choose, Vec::new()),
    };
    let sides = progress.choice.as_ref().map(model::session::Choice::sides).unwrap_or_default();
    Some(FlowStep {
        node_id: progress.node.0.clone(),
        feature,
        phase,
        attempts_left: (id_verification::attempts(config) + 1).saturating_sub(progress.tries),
        document_types: allowed.types,
        countries: allowed.countries,
        country: progress.choice.as_ref().map(|choice| choice.country.clone()),
        document_type: progress.choice.as_ref().map(|choice| choice.document_type.clone()),
        sides: sides.iter().map(|side| (*side).to_owned()).collect(),
        uploaded,
        capture_methods: capture_methods(config),
        contact: None,
        risks,
        form: record.personal.questionnaires.get(&progress.node.0).map(questionnaires::form),
    })
}

/// The workflow's choice, or both (features §2.3: empty means the default).
fn capture_methods(config: &model::workflow::Config) -> Vec<String> {
    let chosen: Vec<String> = config
        .get("image_capture_methods_allowed")
        .and_then(|methods| methods.as_array())
        .map(|methods| methods.iter().filter_map(|method| method.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    if chosen.is_empty() { vec!["CAMERA_SCAN".to_owned(), "UPLOAD".to_owned()] } else { chosen }
}

/// What the person may know: the warnings that declined or sent the session to review.
fn deciding_risks(record: &Record) -> Vec<Risk> {
    let warnings = record.session.reports.values().flat_map(|report| &report.warnings);
    let decided = |warning: &&Warning| warning.action != model::warning::Action::NoAction;
    warnings.filter(decided).map(|warning| warning.risk).collect()
}
