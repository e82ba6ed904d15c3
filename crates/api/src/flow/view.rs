//! The session as the page receives it.

use engine::contact::steps::{CodeState, ContactState};
use engine::flow::{FlowResult, FlowStep, FlowView, StepPhase, StepState, StepSummary};
use model::warning::Risk;
use serde::Serialize;
use uuid::Uuid;

/// The answer of nearly every call.
#[derive(Serialize)]
pub(super) struct FlowBody {
    session_id: Uuid,
    status: &'static str,
    environment: &'static str,
    language: Option<String>,
    application_name: String,
    consent_given: bool,
    privacy_url: Option<String>,
    redirect_url: Option<String>,
    redirect_after_seconds: u32,
    steps: Vec<SummaryBody>,
    step: Option<StepBody>,
    result: Option<ResultBody>,
}

#[derive(Serialize)]
struct SummaryBody {
    node_id: String,
    feature: &'static str,
    state: &'static str,
}

#[derive(Serialize)]
struct StepBody {
    node_id: String,
    feature: &'static str,
    state: &'static str,
    attempts_left: u32,
    document_types: Vec<String>,
    countries: Option<Vec<String>>,
    country: Option<String>,
    document_type: Option<String>,
    sides: Vec<String>,
    uploaded: Vec<String>,
    capture_methods: Vec<String>,
    contact: Option<ContactBody>,
    warnings: Vec<WarningBody>,
    /// The questions of a questionnaire's step.
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct ContactBody {
    kind: &'static str,
    value: Option<String>,
    fixed: bool,
    countries: Option<Vec<String>>,
    corporate_only: bool,
    code: Option<CodeBody>,
}

#[derive(Serialize)]
struct CodeBody {
    sent_to: String,
    channel: String,
    size: usize,
    alphanumeric: bool,
    expires_in: i64,
    resend_in: i64,
    sends_left: i64,
    checks_left: i64,
}

#[derive(Serialize)]
struct ResultBody {
    status: &'static str,
    warnings: Vec<WarningBody>,
}

#[derive(Serialize)]
struct WarningBody {
    risk: &'static str,
    short_description: &'static str,
}

impl From<FlowView> for FlowBody {
    fn from(view: FlowView) -> Self {
        Self {
            session_id: view.session_id.0,
            status: view.status.as_str(),
            environment: view.environment,
            language: view.language,
            application_name: view.application_name,
            consent_given: view.consent_given,
            privacy_url: view.privacy_url,
            redirect_url: view.redirect_url,
            redirect_after_seconds: view.redirect_after_seconds,
            steps: view.steps.into_iter().map(summary).collect(),
            step: view.step.map(step),
            result: view.result.map(result),
        }
    }
}

fn summary(step: StepSummary) -> SummaryBody {
    let state = match step.state {
        StepState::Done => "done",
        StepState::Current => "current",
        StepState::Todo => "todo",
    };
    SummaryBody { node_id: step.node_id, feature: step.feature.workflow_name(), state }
}

fn step(step: FlowStep) -> StepBody {
    let state = match step.phase {
        StepPhase::Choose => "choose",
        StepPhase::Capture => "capture",
        StepPhase::Checking => "checking",
        StepPhase::Retry => "retry",
        StepPhase::Form => "form",
        StepPhase::Contact => "contact",
        StepPhase::Code => "code",
    };
    StepBody {
        node_id: step.node_id,
        feature: step.feature.workflow_name(),
        state,
        attempts_left: step.attempts_left,
        document_types: step.document_types,
        countries: step.countries,
        country: step.country,
        document_type: step.document_type,
        sides: step.sides,
        uploaded: step.uploaded,
        capture_methods: step.capture_methods,
        contact: step.contact.map(contact),
        warnings: warnings(step.risks),
        form: step.form,
    }
}

fn contact(state: ContactState) -> ContactBody {
    ContactBody {
        kind: state.kind.as_str(),
        value: state.value,
        fixed: state.fixed,
        countries: state.countries,
        corporate_only: state.corporate_only,
        code: state.code.map(code),
    }
}

fn code(state: CodeState) -> CodeBody {
    CodeBody {
        sent_to: state.sent_to,
        channel: state.channel,
        size: state.size,
        alphanumeric: state.alphanumeric,
        expires_in: state.expires_in,
        resend_in: state.resend_in,
        sends_left: state.sends_left,
        checks_left: state.checks_left,
    }
}

fn result(result: FlowResult) -> ResultBody {
    ResultBody { status: result.status.as_str(), warnings: warnings(result.risks) }
}

fn warnings(risks: Vec<Risk>) -> Vec<WarningBody> {
    risks
        .into_iter()
        .map(|risk| WarningBody { risk: risk.code(), short_description: risk.short_description() })
        .collect()
}
