//! A contact step as the hosted page shows it.

use model::workflow::NodeId;
use serde_json::Value;
use store::{Mode, Tx};

use super::check::entered;
use super::send::was_refused;
use super::{PAUSE, Step, given};
use crate::Engine;
use crate::contact::settings::{self, Settings};
use crate::contact::{Contact, Kind};
use crate::flow::{FlowStep, StepPhase};
use crate::sessions::Record;

/// What the page asks for at a contact step.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as on the page")]
pub struct ContactState {
    pub kind: Kind,
    /// What the field holds at first.
    pub value: Option<String>,
    /// Whether it may not be changed.
    pub fixed: bool,
    /// ISO 3166-1 alpha-2; nothing means every country.
    pub countries: Option<Vec<String>>,
    pub corporate_only: bool,
    /// The code that is waited for.
    pub code: Option<CodeState>,
}

/// A code on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as on the page")]
pub struct CodeState {
    pub sent_to: String,
    pub channel: String,
    pub size: usize,
    pub alphanumeric: bool,
    pub expires_in: i64,
    pub resend_in: i64,
    pub sends_left: i64,
    pub checks_left: i64,
}

/// Adds what a contact step needs to the view; other steps stay as they are.
pub(crate) async fn fill(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    view: &mut FlowStep,
) -> Result<(), store::Error> {
    let node = NodeId(view.node_id.clone());
    if Kind::of(view.feature).is_none() || view.phase == StepPhase::Checking {
        return Ok(());
    }
    view.phase = StepPhase::Contact;
    // Before consent there is nothing to ask for yet.
    let Ok(step) = Step::at(record, &node) else { return Ok(()) };
    let now = engine.now();
    let row = store::verification_codes::find(tx, record.row.id, &node.0, i64::from(step.attempt)).await?;
    let refused = row.as_ref().is_some_and(was_refused);
    let given = given(engine, record, step.kind, &step.config).filter(|_| !refused);
    let typed = entered(record, &node, &step);
    let prefill = || {
        let details = record.personal.contact_details.as_ref()?;
        details.get(step.kind.as_str()).and_then(Value::as_str).map(str::to_owned)
    };
    let settings = Settings::of(step.kind, &step.config);
    let max_sends = match &typed {
        Some(Contact::Phone(number)) => {
            settings::channel(&step.config, &engine.texter, number.country.as_deref())
                .and_then(|(_, retries)| retries)
                .map_or(settings.max_sends, |retries| 1 + retries)
        }
        _ => settings.max_sends,
    };
    let sandbox = record.scope.mode() == Mode::Sandbox;
    let sent = row.filter(|row| row.state == "pending" && !row.code_hash.is_empty());
    let code = sent.zip(typed.as_ref()).map(|(row, contact)| CodeState {
        sent_to: contact.text().to_owned(),
        channel: channel(record, &node, step.kind),
        size: if sandbox { settings::CODE_SIZE } else { settings.code_size },
        alphanumeric: settings.alphanumeric && !sandbox,
        expires_in: row.expires_at.duration_since(now).as_secs().max(0),
        resend_in: (row.sent_at + PAUSE).duration_since(now).as_secs().max(0),
        sends_left: (max_sends - row.sends).max(0),
        checks_left: (settings.max_checks - row.checks).max(0),
    });
    if code.is_some() {
        view.phase = StepPhase::Code;
    }
    view.contact = Some(ContactState {
        kind: step.kind,
        fixed: given.is_some(),
        value: given.or(typed).map(|contact| contact.text().to_owned()).or_else(prefill),
        countries: match step.kind {
            Kind::Phone => settings::countries(&step.config, &engine.texter),
            Kind::Email => None,
        },
        corporate_only: settings::flag(&step.config, "only_corporate_emails_allowed"),
        code,
    });
    Ok(())
}

/// The way that the last message took.
fn channel(record: &Record, node: &NodeId, kind: Kind) -> String {
    let report = record.session.reports.get(node);
    let method = report.and_then(|report| report.fields.get("verification_method")?.as_str());
    match kind {
        Kind::Email => "email".to_owned(),
        Kind::Phone => method.unwrap_or("sms").to_owned(),
    }
}
