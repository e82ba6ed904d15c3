//! The report on an address: its fields (features §10.3, §11.2) and the story of its codes.

use jiff::Timestamp;
use model::report::Report;
use model::session::{Event, Verdict};
use model::status::FeatureStatus;
use model::warning::{Action, Warning};
use model::workflow::NodeId;
use outbound::sms::Channel;
use serde_json::{Map, Value, json};
use store::Tx;

use super::{Contact, Kind, PhoneNumber};
use crate::Engine;
use crate::sessions::{ChangeRefused, Record};

/// A report as it grows: one entry of its `lifecycle` per message and per code.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    node: NodeId,
    attempt: u32,
    kind: Kind,
    fields: Map<String, Value>,
}

impl Draft {
    /// Nothing has happened yet.
    pub(super) fn new(node: &NodeId, attempt: u32, contact: &Contact) -> Self {
        let fields = match contact {
            Contact::Email(address) => email_fields(address),
            Contact::Phone(number) => phone_fields(number),
        };
        Self { node: node.clone(), attempt, kind: contact.kind(), fields }
    }

    /// Goes on from what the session's report says so far, with this address.
    pub(super) fn of(record: &Record, node: &NodeId, attempt: u32, contact: &Contact) -> Self {
        let mut draft = Self::new(node, attempt, contact);
        if let Some(report) = interim(record, node, attempt) {
            for field in ["lifecycle", "verification_attempts", "verification_method"] {
                if let Some(value) = report.fields.get(field) {
                    draft.fields.insert(field.to_owned(), value.clone());
                }
            }
        }
        draft
    }

    /// A message left, or did not.
    pub(super) fn sent(mut self, sends: i64, message: &Message, now: Timestamp) -> Self {
        let name = if sends > 1 { "RETRY_MESSAGE_SENT" } else { "MESSAGE_SENT" };
        let mut details = json!({"status": message.status, "reason": message.reason});
        if let Some((asked, taken)) = message.channels {
            details["channel"] = json!(asked.as_str());
            details["actual_channel"] = json!(taken.map(Channel::as_str));
            self.put("verification_method", json!(taken.unwrap_or(asked).as_str()));
        }
        self.put("verification_attempts", json!(sends));
        let kind = format!("{}_VERIFICATION_{name}", self.word());
        self.log(&kind, details, now)
    }

    /// The provider refused to write to this number.
    pub(super) fn blocked(mut self, sends: i64, channel: Channel, reason: &str, now: Timestamp) -> Self {
        self.put("verification_attempts", json!(sends));
        self.put("verification_method", json!(channel.as_str()));
        let details = json!({"status": "Blocked", "reason": reason, "channel": channel.as_str(), "actual_channel": null});
        self.log("PHONE_VERIFICATION_BLOCKED", details, now)
    }

    /// Nothing can be delivered to this address.
    pub(super) fn undeliverable(mut self) -> Self {
        self.put("is_undeliverable", json!(true));
        self
    }

    /// Somebody typed a code.
    pub(super) fn tried(mut self, code: &str, right: bool, now: Timestamp) -> Self {
        if right {
            self.put("verified_at", json!(crate::decision::instant(now)));
            if self.kind == Kind::Email {
                // The code arrived there.
                self.put("is_undeliverable", json!(false));
            }
        }
        let (name, status) = if right { ("VALID", "Approved") } else { ("INVALID", "Failed") };
        self.log(&format!("{name}_CODE_ENTERED"), json!({"code_tried": code, "status": status}), now)
    }

    /// The same with what else is known of the address.
    pub(super) fn with_matches(mut self, matches: Vec<Value>) -> Self {
        self.put("matches", Value::Array(matches));
        self
    }

    /// A report that is not final.
    pub(super) fn interim(self) -> Report {
        let (node, attempt, feature) = (self.node, self.attempt, self.kind.feature());
        let mut report = Report::judged(node, feature, self.fields, Vec::new()).of_attempt(attempt);
        report.status = FeatureStatus::NotFinished;
        report
    }

    /// The last word: its status follows from the warnings.
    pub(super) fn finished(self, warnings: Vec<Warning>, now: Timestamp) -> Report {
        let (word, attempt) = (self.word(), self.attempt);
        let mut report =
            Report::judged(self.node, self.kind.feature(), self.fields, warnings).of_attempt(attempt);
        let deciding = match report.status {
            FeatureStatus::Declined => Some(Action::Decline),
            FeatureStatus::InReview => Some(Action::Review),
            _ => None,
        };
        let reason = report.warnings.iter().find(|warning| Some(warning.action) == deciding);
        let details = reason.map_or(Value::Null, |warning| json!({"reason": warning.risk.code()}));
        let status = report.status.as_str().to_uppercase().replace(' ', "_");
        log(&mut report.fields, &format!("{word}_VERIFICATION_{status}"), details, now);
        report
    }

    fn word(&self) -> &'static str {
        match self.kind {
            Kind::Email => "EMAIL",
            Kind::Phone => "PHONE",
        }
    }

    fn put(&mut self, field: &str, value: Value) {
        self.fields.insert(field.to_owned(), value);
    }

    fn log(mut self, kind: &str, details: Value, now: Timestamp) -> Self {
        log(&mut self.fields, kind, details, now);
        self
    }
}

/// What became of one message.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) status: &'static str,
    pub(super) reason: Option<&'static str>,
    /// Of a text message: the channel asked for, and the one it took.
    pub(super) channels: Option<(Channel, Option<Channel>)>,
}

/// What the session's report on this attempt says so far.
pub(super) fn interim<'a>(record: &'a Record, node: &NodeId, attempt: u32) -> Option<&'a Report> {
    let report = record.session.reports.get(node)?;
    (report.attempt == attempt && report.status == FeatureStatus::NotFinished).then_some(report)
}

/// Hands a final report to the session.
pub(super) async fn settle(
    engine: &Engine,
    tx: &mut Tx,
    record: Record,
    report: Report,
) -> Result<Record, ChangeRefused> {
    let now = engine.now();
    let evidence = Event::EvidenceComplete(report.node_id.clone());
    // The check is done already, so the effect that would start it is dropped.
    let checking = record.session.clone().apply(evidence, now)?.next;
    let step = checking.apply(Event::Reported { report, verdict: Verdict::Final }, now)?;
    record.save(engine, tx, step).await
}

#[expect(clippy::needless_pass_by_value, reason = "callers write the entry where it is")]
fn log(fields: &mut Map<String, Value>, kind: &str, details: Value, now: Timestamp) {
    let entry = json!({"type": kind, "timestamp": moment(now), "details": details, "fee": 0});
    if let Some(Value::Array(lifecycle)) = fields.get_mut("lifecycle") {
        lifecycle.push(entry);
    }
}

/// Instants of answers and lifecycles: microseconds and the offset (features §22).
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string()
}

/// Breaches are looked up nowhere: null says so.
fn email_fields(address: &str) -> Map<String, Value> {
    object(json!({
        "email": address,
        "is_breached": null,
        "breaches": null,
        "is_disposable": super::disposable::is_disposable(address),
        "is_undeliverable": null,
        "verification_attempts": 0,
        "verified_at": null,
        "lifecycle": [],
        "matches": [],
    }))
}

/// The carrier's name and whether the number is lent out are looked up nowhere: an empty name and null say so.
fn phone_fields(number: &PhoneNumber) -> Map<String, Value> {
    object(json!({
        "phone_number_prefix": number.prefix,
        "phone_number": number.national,
        "full_number": number.e164,
        "country_code": number.country,
        "country_name": number.country_name(),
        "carrier": {"name": "", "type": number.line_type},
        "is_disposable": null,
        "is_virtual": number.is_virtual(),
        "verification_method": "sms",
        "verification_attempts": 0,
        "verified_at": null,
        "lifecycle": [],
        "matches": [],
    }))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
