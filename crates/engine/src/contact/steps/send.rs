//! The person gives an address, or asks for another code. The message is counted before it leaves, so that parallel
//! requests get no more of them than the workflow allows.

use jiff::Timestamp;
use model::report::Report;
use model::session::Event;
use model::warning::{Risk, Warning};
use model::workflow::{Config, NodeId};
use outbound::sms::Channel;
use serde_json::{Value, json};
use store::verification_codes::CodeRow;
use store::{Mode, Tx};

use super::{PAUSE, Step, StepRefused, TURNS, accepted, given, too_many};
use crate::Engine;
use crate::contact::report::{Draft, Message, settle};
use crate::contact::sending::{self, Letter, Unsent};
use crate::contact::settings::{self, Settings};
use crate::contact::standalone::{Refused as LimitRefused, limits};
use crate::contact::{Contact, Kind, PhoneNumber, code};
use crate::flow::{self, FlowRefused, FlowView, Visitor};
use crate::sessions::Record;

/// Sends a code to the address that was typed, or to the one that the integrator gave.
pub async fn send_code(
    engine: &Engine,
    visitor: &Visitor,
    node: &NodeId,
    typed: Option<String>,
) -> Result<FlowView, FlowRefused> {
    for _ in 0..TURNS {
        match reserve(engine, visitor, node, typed.as_deref()).await {
            Err(FlowRefused::Busy) => {}
            Ok(Some(case)) => return case.deliver(engine, visitor).await,
            Ok(None) => return flow::view(engine, visitor).await,
            Err(refused) => return Err(refused),
        }
    }
    Err(FlowRefused::Busy)
}

/// A message that was counted and may leave.
struct Case {
    record: Record,
    node: NodeId,
    attempt: u32,
    config: Config,
    contact: Contact,
    channel: Channel,
    code: String,
    /// Whether the integrator named the address.
    fixed: bool,
    before: Option<CodeRow>,
    row: CodeRow,
}

/// Counts the message; nothing if there was none left and the step ended with that.
async fn reserve(
    engine: &Engine,
    visitor: &Visitor,
    node: &NodeId,
    typed: Option<&str>,
) -> Result<Option<Case>, FlowRefused> {
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let Step { kind, attempt, config } = Step::at(&record, node)?;
    let before = store::verification_codes::find(&mut tx, record.row.id, &node.0, i64::from(attempt)).await?;
    let given = given(engine, &record, kind, &config).filter(|_| !before.as_ref().is_some_and(was_refused));
    let fixed = given.is_some();
    let contact = given.map_or_else(|| read(kind, typed), Ok)?;
    accepted(engine, &contact, &config)?;
    let (channel, retries) = match &contact {
        Contact::Phone(number) => settings::channel(&config, &engine.texter, number.country.as_deref())
            .ok_or(StepRefused::NumberNotAllowed)?,
        Contact::Email(_) => (Channel::Sms, None),
    };
    let settings = Settings::of(kind, &config);
    let max_sends = retries.map_or(settings.max_sends, |retries| 1 + retries);
    let subject = contact.subject_hash(engine, &record.scope);
    let same = before.as_ref().filter(|row| row.subject_hash == subject);
    if before.as_ref().is_some_and(|row| row.sends >= max_sends) {
        let live = before.as_ref().is_some_and(|row| row.state == "pending" && now < row.expires_at);
        let report =
            Draft::of(&record, node, attempt, &contact).finished(vec![too_many(kind, &config, node)], now);
        return if live {
            Err(StepRefused::NoSendsLeft.into())
        } else {
            end(engine, tx, record, report).await
        };
    }
    if let Some(row) = same.filter(|row| !row.code_hash.is_empty() && now < row.sent_at + PAUSE) {
        let seconds = (row.sent_at + PAUSE).duration_since(now).as_secs().max(1).unsigned_abs();
        return Err(StepRefused::TooSoon { seconds }.into());
    }
    if record.scope.mode() == Mode::Live {
        limits::count(engine, &mut tx, &record.scope, kind, &subject).await.map_err(limited)?;
    }
    let code = fresh_code(record.scope.mode(), &settings);
    let row = CodeRow {
        sends: before.as_ref().map_or(0, |row| row.sends) + 1,
        // Another address is another secret; the number of messages bounds how often that can be had.
        checks: same.map_or(0, |row| row.checks),
        created_at: before.as_ref().map_or(now, |row| row.created_at),
        ..unsent(&record, node, attempt, kind, subject, now)
    };
    store::verification_codes::put(&mut tx, &row).await?;
    // Writers of one session take turns by its version; this one changes nothing else of it.
    let record = record.apply(engine, &mut tx, Event::Active).await?;
    tx.commit().await?;
    let node = node.clone();
    Ok(Some(Case { record, node, attempt, config, contact, channel, code, fixed, before, row }))
}

/// The step ends with its last message unanswered.
async fn end(
    engine: &Engine,
    mut tx: Tx,
    record: Record,
    report: Report,
) -> Result<Option<Case>, FlowRefused> {
    settle(engine, &mut tx, record, report).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(None)
}

/// A message that has not left yet, the first of its step.
fn unsent(
    record: &Record,
    node: &NodeId,
    attempt: u32,
    kind: Kind,
    subject: String,
    now: Timestamp,
) -> CodeRow {
    CodeRow {
        session_id: record.row.id,
        node_id: node.0.clone(),
        attempt: i64::from(attempt),
        application_id: record.scope.application_id(),
        kind: kind.as_str().to_owned(),
        standalone: false,
        subject_hash: subject,
        code_hash: String::new(),
        sends: 1,
        checks: 0,
        state: "pending".to_owned(),
        sent_at: now,
        expires_at: now,
        created_at: now,
    }
}

fn fresh_code(mode: Mode, settings: &Settings) -> String {
    match mode {
        Mode::Sandbox => code::SANDBOX_CODE.to_owned(),
        Mode::Live => code::generate(settings.code_size, settings.alphanumeric),
    }
}

impl Case {
    async fn deliver(self, engine: &Engine, visitor: &Visitor) -> Result<FlowView, FlowRefused> {
        let language = self.record.personal.language.as_deref().unwrap_or("en");
        let letter = Letter {
            contact: &self.contact,
            code: &self.code,
            language,
            channel: self.channel,
            signals: &Value::Null,
            reference: self.record.row.id.to_string(),
            hosted: true,
        };
        let outcome = sending::send(engine, &self.record.scope, &letter).await;
        for _ in 0..TURNS {
            match self.keep(engine, visitor, &outcome).await {
                Err(FlowRefused::Busy) => {}
                Ok(()) => return flow::view(engine, visitor).await,
                Err(refused) => return Err(refused),
            }
        }
        Err(FlowRefused::Busy)
    }

    async fn keep(
        &self,
        engine: &Engine,
        visitor: &Visitor,
        outcome: &Result<Option<Channel>, Unsent>,
    ) -> Result<(), FlowRefused> {
        let now = engine.now();
        let mut tx = engine.store.begin().await?;
        let record = Record::of_visitor(engine, &mut tx, visitor).await?;
        if Step::at(&record, &self.node)?.attempt != self.attempt {
            return Err(FlowRefused::Lifecycle(model::session::Refused::NotCurrent));
        }
        let draft = Draft::of(&record, &self.node, self.attempt, &self.contact);
        let refused = match outcome {
            Ok(taken) => {
                let code_hash = code::hash(engine, record.row.id, &self.node, self.attempt, &self.code);
                let row =
                    CodeRow { code_hash, sent_at: now, expires_at: now + code::LIFETIME, ..self.row.clone() };
                store::verification_codes::put(&mut tx, &row).await?;
                let channels = taken.map(|taken| (self.channel, Some(taken)));
                let message = Message { status: "Success", reason: None, channels };
                let report = draft.sent(self.row.sends, &message, now).interim();
                record.apply(engine, &mut tx, Event::Noted(report)).await?;
                None
            }
            Err(Unsent::Later) => {
                self.take_back(engine, &mut tx, &record).await?;
                Some(StepRefused::NotSent)
            }
            Err(Unsent::Blocked(reason)) => {
                let warning = Warning::under(Risk::HighRiskPhoneNumber, &self.config, &self.node)
                    .with(json!({"blocked_reason": reason}));
                let report = draft.blocked(self.row.sends, self.channel, reason, now);
                let report = report.finished(vec![warning], now);
                self.end(engine, &mut tx, record, report).await?;
                None
            }
            Err(Unsent::Undeliverable) if self.fixed && self.contact.kind() == Kind::Email => {
                let reason = Some("email_can_not_be_delivered");
                let message = Message { status: "Undeliverable", reason, channels: None };
                let warning = Warning::under(Risk::UndeliverableEmailDetected, &self.config, &self.node);
                let report = draft.sent(self.row.sends, &message, now).undeliverable();
                let report = report.finished(vec![warning], now);
                self.end(engine, &mut tx, record, report).await?;
                None
            }
            Err(Unsent::Undeliverable) => {
                let row = CodeRow { state: REFUSED.to_owned(), ..self.row.clone() };
                store::verification_codes::put(&mut tx, &row).await?;
                Some(StepRefused::Undeliverable)
            }
        };
        tx.commit().await?;
        engine.nudge();
        refused.map_or(Ok(()), |refused| Err(refused.into()))
    }

    async fn end(
        &self,
        engine: &Engine,
        tx: &mut Tx,
        record: Record,
        report: model::report::Report,
    ) -> Result<(), FlowRefused> {
        store::verification_codes::settle(tx, &self.row, "declined").await?;
        settle(engine, tx, record, report).await?;
        Ok(())
    }

    /// The message did not leave for a reason of ours: it does not count, and an older code is good again.
    async fn take_back(&self, engine: &Engine, tx: &mut Tx, record: &Record) -> Result<(), store::Error> {
        let none = CodeRow { sends: self.row.sends - 1, ..self.row.clone() };
        store::verification_codes::put(tx, self.before.as_ref().unwrap_or(&none)).await?;
        if record.scope.mode() == Mode::Live {
            let kind = self.contact.kind();
            limits::uncount(engine, tx, &record.scope, kind, &self.row.subject_hash).await?;
        }
        Ok(())
    }
}

/// State of an address that takes no messages: the person may give another, also where the integrator named this one.
const REFUSED: &str = "refused";

pub(super) fn was_refused(row: &CodeRow) -> bool {
    row.state == REFUSED
}

fn read(kind: Kind, typed: Option<&str>) -> Result<Contact, StepRefused> {
    let typed = typed.ok_or(StepRefused::InvalidAddress)?;
    match kind {
        Kind::Email => Ok(Contact::Email(typed.to_owned())),
        Kind::Phone => PhoneNumber::parse(typed).map(Contact::Phone).ok_or(StepRefused::InvalidAddress),
    }
}

fn limited(refused: LimitRefused) -> FlowRefused {
    match refused {
        LimitRefused::Store(error) => error.into(),
        _ => StepRefused::TooMany.into(),
    }
}
