//! A code is sent. Who waits for one already gets another for the same verification, once.

use model::id::SessionId;
use model::report::Report;
use model::session::Event;
use model::warning::{Risk, Warning};
use model::workflow::{Config, NodeId};
use outbound::sms::Channel;
use serde_json::json;
use store::verification_codes::CodeRow;
use store::{Mode, Scope, SessionKey, Tx};

use super::{Contact, Kind, Refused, SENDS, SendCode, SendStatus, Sending, TURNS, limits};
use crate::contact::code;
use crate::contact::report::{Draft, Message, settle};
use crate::contact::sending::{self, Letter, Unsent};
use crate::sessions::{ChangeRefused, Record, ServiceCall};
use crate::{Engine, audit, credits};

/// The attempt of every standalone verification.
const ATTEMPT: u32 = 1;

/// Sends a code and keeps the verification that waits for it. Sandbox applications are answered and nothing happens.
pub async fn send(engine: &Engine, scope: &Scope, wanted: SendCode) -> Result<Sending, Refused> {
    if let Contact::Phone(number) = &wanted.contact
        && !number.takes_texts()
    {
        return Err(Refused::LineType);
    }
    if scope.mode() == Mode::Sandbox {
        return Ok(Sending {
            request_id: SessionId(engine.uuid()),
            status: SendStatus::Success,
            reason: None,
            vendor_data: wanted.vendor_data,
            metadata: wanted.metadata,
        });
    }
    let subject = wanted.contact.subject_hash(engine, scope);
    let kind = wanted.contact.kind();
    limits::reserve(engine, scope, kind, &subject).await?;
    let case =
        Case { engine, scope, subject, code: code::generate(wanted.code_size, wanted.alphanumeric), wanted };
    let fresh = SessionId(engine.uuid());
    let price = credits::price_of(engine, kind.feature());
    if !credits::charge_ahead(engine, scope, price, fresh).await? {
        limits::release(engine, scope, kind, &case.subject).await?;
        return Err(Refused::InsufficientCredits(credits::insufficient(engine)));
    }
    let outcome = sending::send(engine, scope, &case.letter(fresh)).await;
    if outcome.is_err() {
        credits::give_back(engine, scope, price, fresh).await?;
    }
    match (&outcome, kind) {
        (Err(Unsent::Later), Kind::Phone) => {
            limits::release(engine, scope, kind, &case.subject).await?;
            return Err(Refused::ProviderUnavailable);
        }
        (Err(Unsent::Undeliverable), Kind::Phone) => return Err(Refused::InvalidNumber),
        _ => {}
    }
    for _ in 0..TURNS {
        match case.keep(fresh, &outcome).await {
            Err(Refused::Store(store::Error::Stale)) => {}
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

struct Case<'a> {
    engine: &'a Engine,
    scope: &'a Scope,
    subject: String,
    code: String,
    wanted: SendCode,
}

impl Case<'_> {
    fn letter(&self, reference: SessionId) -> Letter<'_> {
        Letter {
            contact: &self.wanted.contact,
            code: &self.code,
            language: self.wanted.locale.as_deref().unwrap_or("en"),
            channel: self.wanted.channel,
            signals: &self.wanted.signals,
            reference: reference.to_string(),
            hosted: false,
        }
    }

    /// Writes what happened: on the verification that waits, if there is one with a message left, else on a new one.
    async fn keep(
        &self,
        fresh: SessionId,
        outcome: &Result<Option<Channel>, Unsent>,
    ) -> Result<Sending, Refused> {
        let (engine, kind) = (self.engine, self.wanted.contact.kind());
        let mut tx = engine.store.begin().await?;
        let found = store::verification_codes::find_pending(
            &mut tx,
            self.scope,
            kind.as_str(),
            &self.subject,
            engine.now(),
        );
        let waiting = match found.await?.filter(|row| row.sends < SENDS) {
            Some(row) => match Record::load(engine, &mut tx, self.scope, row.session_id).await {
                Ok(record) => Some((row, record)),
                Err(ChangeRefused::NotFound) => None,
                Err(refused) => return Err(refused.into()),
            },
            None => None,
        };
        let retry = waiting.is_some();
        let id = waiting.as_ref().map_or(fresh, |(row, _)| row.session_id);
        let node = kind.service().node();
        let sends = waiting.as_ref().map_or(1, |(row, _)| row.sends + 1);
        let row = self.row(id, &node, sends, waiting.as_ref().map(|(row, _)| row), outcome.is_ok());
        let contact = &self.wanted.contact;
        let draft = match &waiting {
            Some((_, record)) => Draft::of(record, &node, ATTEMPT, contact),
            None => Draft::new(&node, ATTEMPT, contact),
        };
        let report = self.report(draft, &node, sends, outcome);
        let record = self.apply(&mut tx, waiting.map(|(_, record)| record), id, report).await?;
        store::verification_codes::put(&mut tx, &row).await?;
        store::verification_codes::replace(&mut tx, &row).await?;
        let details = json!({"service": kind.service().name(), "retry": retry, "sent": outcome.is_ok()});
        audit::note(engine, &mut tx, self.scope, "verification.code_sent", id, details).await?;
        tx.commit().await?;
        engine.nudge();
        let (status, reason) = match outcome {
            Ok(_) if retry => (SendStatus::Retry, None),
            Ok(_) => (SendStatus::Success, None),
            Err(Unsent::Blocked(reason)) => (SendStatus::Blocked, Some(reason.clone())),
            Err(_) => (SendStatus::Undeliverable, Some("email_can_not_be_delivered".to_owned())),
        };
        let personal = record.personal;
        let (vendor_data, metadata) = (personal.vendor_data, personal.metadata);
        Ok(Sending { request_id: id, status, reason, vendor_data, metadata })
    }

    fn row(&self, id: SessionId, node: &NodeId, sends: i64, before: Option<&CodeRow>, sent: bool) -> CodeRow {
        let now = self.engine.now();
        CodeRow {
            session_id: id,
            node_id: node.0.clone(),
            attempt: i64::from(ATTEMPT),
            application_id: self.scope.application_id(),
            kind: self.wanted.contact.kind().as_str().to_owned(),
            standalone: true,
            subject_hash: self.subject.clone(),
            code_hash: code::hash(self.engine, id, node, ATTEMPT, &self.code),
            sends,
            checks: before.map_or(0, |row| row.checks),
            state: if sent { "pending" } else { "declined" }.to_owned(),
            sent_at: now,
            // A retry does not extend the window.
            expires_at: before.map_or(now + code::LIFETIME, |row| row.expires_at),
            created_at: before.map_or(now, |row| row.created_at),
        }
    }

    fn report(
        &self,
        draft: Draft,
        node: &NodeId,
        sends: i64,
        outcome: &Result<Option<Channel>, Unsent>,
    ) -> Report {
        let (now, asked) = (self.engine.now(), self.wanted.channel);
        let decline = |risk| Warning::under(risk, &Config::new(), node);
        match outcome {
            Ok(taken) => {
                let channels = taken.map(|taken| (asked, Some(taken)));
                draft.sent(sends, &Message { status: "Success", reason: None, channels }, now).interim()
            }
            Err(Unsent::Blocked(reason)) => {
                let warning = decline(Risk::HighRiskPhoneNumber).with(json!({"blocked_reason": reason}));
                draft.blocked(sends, asked, reason, now).finished(vec![warning], now)
            }
            Err(Unsent::Undeliverable | Unsent::Later) => {
                let reason = Some("email_can_not_be_delivered");
                let message = Message { status: "Undeliverable", reason, channels: None };
                let warnings = vec![decline(Risk::UndeliverableEmailDetected)];
                draft.sent(sends, &message, now).undeliverable().finished(warnings, now)
            }
        }
    }

    async fn apply(
        &self,
        tx: &mut Tx,
        waiting: Option<Record>,
        id: SessionId,
        report: Report,
    ) -> Result<Record, Refused> {
        let engine = self.engine;
        Ok(match waiting {
            Some(record) if report.is_final() => settle(engine, tx, record, report).await?,
            Some(record) => record.apply(engine, tx, Event::Noted(report)).await?,
            None => {
                let call = ServiceCall {
                    id,
                    key: SessionKey::generate(),
                    service: self.wanted.contact.kind().service(),
                    vendor_data: self.wanted.vendor_data.clone(),
                    metadata: self.wanted.metadata.clone(),
                };
                Record::of_service(engine, tx, self.scope, call, report).await?
            }
        })
    }
}
