//! A code comes back. Every guess is counted in the database before it is compared, so that neither a restart nor
//! parallel requests give more of them.

use jiff::Timestamp;
use model::session::Event;
use model::status::FeatureStatus;
use model::warning::{Risk, Warning};
use model::workflow::{Config, NodeId};
use serde_json::{Value, json};
use store::verification_codes::CodeRow;
use store::{Mode, Scope, Tx};
use uuid::Uuid;

use super::{Actions, CHECKS, Contact, Kind, Refused, TURNS, without_node};
use crate::contact::report::{Draft, interim, settle};
use crate::contact::{code, signals};
use crate::sessions::Record;
use crate::{Engine, audit};

/// What a check asks for.
#[derive(Debug, Clone)]
pub struct CheckCode {
    /// Where the code was sent.
    pub contact: Contact,
    /// What the person typed.
    pub code: String,
    /// What to do about risks, by the names of the settings (`duplicated_email_action`…).
    pub actions: Actions,
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The session once it is decided; else an id that names nothing.
    pub request_id: Uuid,
    /// How it ended.
    pub status: CheckStatus,
    /// The same for people.
    pub message: String,
    /// The report once the session is decided.
    pub report: Option<Value>,
    /// Of the first send.
    pub vendor_data: Option<String>,
    /// Of the first send.
    pub metadata: Option<Value>,
    /// Now.
    pub created_at: Timestamp,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckStatus {
    /// The right code and nothing against it.
    Approved,
    /// Something against it, or too many wrong codes.
    Declined,
    /// A wrong code; more guesses are left.
    Failed,
    /// Nothing waits for a code at this address.
    NotFound,
}

impl CheckStatus {
    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "Approved",
            Self::Declined => "Declined",
            Self::Failed => "Failed",
            Self::NotFound => "Expired or Not Found",
        }
    }
}

/// Compares a code with the one that was sent last.
pub async fn check(engine: &Engine, scope: &Scope, wanted: CheckCode) -> Result<Check, Refused> {
    if scope.mode() == Mode::Sandbox {
        return Ok(sandbox(engine, &wanted));
    }
    for _ in 0..TURNS {
        match guess(engine, scope, &wanted).await {
            // The guess was rolled back with everything else, and its outcome is not told: count it again.
            Err(Refused::Store(store::Error::Stale)) => {}
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

async fn guess(engine: &Engine, scope: &Scope, wanted: &CheckCode) -> Result<Check, Refused> {
    let (now, kind) = (engine.now(), wanted.contact.kind());
    let subject = wanted.contact.subject_hash(engine, scope);
    let mut tx = engine.store.begin().await?;
    let pending =
        store::verification_codes::find_pending(&mut tx, scope, kind.as_str(), &subject, now).await?;
    let Some(pending) = pending else { return Ok(not_found(engine, kind)) };
    let counted = store::verification_codes::count_check(&mut tx, &pending, CHECKS, now).await?;
    let Some(row) = counted else { return Ok(not_found(engine, kind)) };
    let record = Record::load(engine, &mut tx, scope, row.session_id).await?;
    let right = code::matches(engine, &row, &wanted.code);
    let node = NodeId(row.node_id.clone());
    let contact = as_sent(&record, &node, &wanted.contact);
    let draft = Draft::of(&record, &node, 1, &contact).tried(&wanted.code, right, now);
    let check = if right || row.checks >= CHECKS {
        finish(engine, &mut tx, wanted, &row, record, draft, right).await?
    } else {
        let record = record.apply(engine, &mut tx, Event::Noted(draft.interim())).await?;
        let left = CHECKS - row.checks;
        let message = format!("The verification code is incorrect. Attempts remaining: {left}");
        Check { request_id: engine.uuid(), ..check_of(engine, CheckStatus::Failed, message, Some(&record)) }
    };
    let details = json!({"service": kind.service().name(), "status": check.status.as_str()});
    audit::note(engine, &mut tx, scope, "verification.code_checked", row.session_id, details).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(check)
}

/// The address as it was written when the code was sent; case does not distinguish addresses.
fn as_sent(record: &Record, node: &NodeId, contact: &Contact) -> Contact {
    let sent = interim(record, node, 1).and_then(|report| report.fields.get("email")?.as_str());
    match (sent, contact) {
        (Some(sent), Contact::Email(_)) => Contact::Email(sent.to_owned()),
        _ => contact.clone(),
    }
}

async fn finish(
    engine: &Engine,
    tx: &mut Tx,
    wanted: &CheckCode,
    row: &CodeRow,
    record: Record,
    draft: Draft,
    right: bool,
) -> Result<Check, Refused> {
    let (now, config): (_, &Config) = (engine.now(), &wanted.actions);
    let (draft, warnings, message) = if right {
        let (warnings, matches) = signals::of(
            engine,
            tx,
            &record,
            row,
            &as_sent(&record, &NodeId(row.node_id.clone()), &wanted.contact),
            config,
        )
        .await?;
        (draft.with_matches(matches), warnings, "The verification code is correct.")
    } else {
        let risk = match wanted.contact.kind() {
            Kind::Email => Risk::EmailCodeAttemptsExceeded,
            Kind::Phone => Risk::VerificationCodeAttemptsExceeded,
        };
        let warning = Warning::under(risk, config, &NodeId(row.node_id.clone()));
        (draft, vec![warning], "The verification code is incorrect. Maximum attempts reached.")
    };
    let report = draft.finished(warnings, now);
    let (status, state) = match report.status {
        FeatureStatus::Approved => (CheckStatus::Approved, "approved"),
        _ => (CheckStatus::Declined, "declined"),
    };
    store::verification_codes::settle(tx, row, state).await?;
    let shown = without_node(report.to_wire());
    let record = settle(engine, tx, record, report).await?;
    Ok(Check { report: Some(shown), ..check_of(engine, status, message.to_owned(), Some(&record)) })
}

fn check_of(engine: &Engine, status: CheckStatus, message: String, record: Option<&Record>) -> Check {
    Check {
        request_id: record.map_or_else(|| engine.uuid(), |record| record.row.id.0),
        status,
        message,
        report: None,
        vendor_data: record.and_then(|record| record.personal.vendor_data.clone()),
        metadata: record.and_then(|record| record.personal.metadata.clone()),
        created_at: engine.now(),
    }
}

fn not_found(engine: &Engine, kind: Kind) -> Check {
    let message = format!("No pending {} verification found in the last 5 minutes.", kind.as_str());
    check_of(engine, CheckStatus::NotFound, message, None)
}

/// The sandbox's answer (features §23): one code is right, nothing is kept, the report is simplified.
fn sandbox(engine: &Engine, wanted: &CheckCode) -> Check {
    if wanted.code.trim() != code::SANDBOX_CODE {
        let message = "The verification code is incorrect. Attempts remaining: 2".to_owned();
        return check_of(engine, CheckStatus::Failed, message, None);
    }
    let report = match &wanted.contact {
        Contact::Email(address) => json!({
            "status": "Approved", "email": address, "is_breached": false, "is_disposable": false,
            "is_undeliverable": false,
        }),
        Contact::Phone(number) => json!({
            "status": "Approved", "phone_number": number.e164, "country_code": number.country,
            "carrier_name": "Sandbox", "line_type": "mobile", "flags": [],
        }),
    };
    let message = "The verification code is correct.".to_owned();
    Check { report: Some(report), ..check_of(engine, CheckStatus::Approved, message, None) }
}
