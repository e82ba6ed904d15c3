//! The one door: every change of a session is an event that passes here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Choice, Phase, Progress, Session, State};
use crate::decision;
use crate::feature::Feature;
use crate::report::Report;
use crate::status::{FeatureStatus, SessionStatus};
use crate::warning::{Action, Risk, Warning};
use crate::workflow::{NodeId, Outcome, StatusRule, Stop};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The person opened the link.
    Opened,
    /// The person did something that changes nothing else, such as uploading a part.
    Active,
    /// The person agreed to their data being used.
    Consented,
    /// The person chose the document they will show at this node.
    Chosen(NodeId, Choice),
    /// A step that takes several turns with the person, such as a code that was sent, says how far it has come.
    Noted(Report),
    /// All evidence of this node is there.
    EvidenceComplete(NodeId),
    /// A check ended; its report names the attempt. `verdict` says whether the person may try again.
    Reported {
        /// What it found.
        report: Report,
        /// Whether better evidence could change it.
        verdict: Verdict,
    },
    /// A timer looked at the session.
    TimerFired,
    /// A reviewer or the integrator's program decided.
    Reviewed {
        /// `Approved`, `Declined` or `Resubmitted`.
        status: SessionStatus,
        /// For `Resubmitted`: the steps to redo; empty means every step that is not approved.
        nodes: Vec<NodeId>,
    },
    /// A reviewer or the integrator's program judged one check differently; the session's status stays (features §18).
    FeatureReviewed {
        /// Which.
        node: NodeId,
        /// `Approved`, `Declined` or `In Review`.
        status: FeatureStatus,
    },
    /// A reviewer corrected what a check had read; the session's status stays (features §18).
    Corrected {
        /// Whose report.
        node: NodeId,
        /// Its fields from now on.
        fields: Map<String, Value>,
    },
    /// A business session's parties were named; their sessions run.
    PartiesSubmitted(Report),
    /// The session of one of the parties moved on.
    PartyMoved(Report),
    /// The last of the parties ended.
    PartiesEnded(Report),
}

/// Whether a report is the last word on its attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Final,
    /// Better evidence may do; so many attempts are allowed in all.
    RetryUpTo(u32),
}

/// What has to be done because of a change; enqueued in the transaction that saves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Tell subscribers the new status.
    Announce(SessionStatus),
    /// Tell subscribers that what was found is written differently now.
    AnnounceData,
    /// Judge the evidence of a node.
    RunCheck {
        /// Which.
        node: NodeId,
        /// Which attempt.
        attempt: u32,
    },
}

/// A session after an event, with what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The session to save.
    pub next: Session,
    /// What to enqueue.
    pub effects: Vec<Effect>,
}

/// Why an event changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The event does not belong to this status.
    #[error("the session's status does not allow this")]
    WrongStatus,
    /// The event is about a step that is not at work, or an attempt that is over.
    #[error("this step is not the current one")]
    NotCurrent,
    /// Evidence came before consent or before the document was chosen.
    #[error("an earlier step is missing")]
    Early,
    /// The reviewer asked for the status that the session has.
    #[error("the new status is the same as the current status")]
    SameStatus,
    /// The timer looked too early.
    #[error("nothing is due")]
    NotDue,
    /// The workflow has no such step.
    #[error("the workflow has no such step")]
    UnknownNode,
    /// No step was named and none is open.
    #[error("there is no step to do again")]
    NothingToRedo,
}

impl Session {
    /// The only door from one state to the next. Pure: the caller saves `next` and enqueues `effects` in one
    /// transaction, or neither.
    pub fn apply(self, event: Event, now: Timestamp) -> Result<Step, Refused> {
        match event {
            Event::Opened => self.open(now),
            Event::Active => self.in_progress(now, |_| Ok(())),
            Event::Consented => self.in_progress(now, |progress| {
                progress.consented_at.get_or_insert(now);
                Ok(())
            }),
            Event::Chosen(node, choice) => self.choose(&node, choice, now),
            Event::Noted(report) => self.note(report, now),
            Event::EvidenceComplete(node) => self.take_evidence(&node, now),
            Event::Reported { report, verdict } => self.report(report, verdict, now),
            Event::TimerFired => self.time_out(now),
            Event::Reviewed { status, nodes } => self.review(status, &nodes, now),
            Event::FeatureReviewed { node, status } => self.review_feature(&node, status),
            Event::Corrected { node, fields } => self.correct(&node, fields),
            Event::PartiesSubmitted(report) => self.await_parties(report, now),
            Event::PartyMoved(report) => self.party_moved(report),
            Event::PartiesEnded(report) => self.parties_ended(report, now),
        }
    }

    fn open(self, now: Timestamp) -> Result<Step, Refused> {
        let expires_at = match &self.state {
            State::NotStarted { expires_at } | State::Resubmitted { expires_at, .. } => *expires_at,
            State::InProgress(_) => return self.in_progress(now, |_| Ok(())),
            _ => return Err(Refused::WrongStatus),
        };
        if now >= expires_at {
            return Err(Refused::WrongStatus);
        }
        Ok(self.advance(now, (now, expires_at, None)))
    }

    /// Moves to the next node without a report, or ends the session. `carried` holds the facts that stay over
    /// nodes: opened, expires, consented.
    fn advance(mut self, now: Timestamp, carried: (Timestamp, Timestamp, Option<Timestamp>)) -> Step {
        let was = self.status();
        let (opened_at, expires_at, consented_at) = carried;
        let mut effects = Vec::new();
        let state = match self.graph.walk_on(Some(day(now)), &self.reports) {
            Stop::End(outcome) => self.decided(decision::roll_up(outcome, &self.reports), now),
            Stop::At(node, feature) => {
                let (node, waits) = (node.clone(), self.collectable.contains(&feature));
                self.attempts += 1;
                let attempt = self.attempts;
                if !waits {
                    effects.push(Effect::RunCheck { node: node.clone(), attempt });
                }
                let phase = if waits { Phase::Waiting } else { Phase::Checking };
                State::InProgress(Progress {
                    opened_at,
                    active_at: now,
                    expires_at,
                    consented_at,
                    node,
                    attempt,
                    tries: 1,
                    choice: None,
                    phase,
                })
            }
        };
        self.state = state;
        if self.status() != was {
            effects.insert(0, Effect::Announce(self.status()));
        }
        Step { next: self, effects }
    }

    pub(super) fn decided(&self, status: SessionStatus, now: Timestamp) -> State {
        match status {
            SessionStatus::Approved => {
                State::Approved { decided_at: now, kyc_expires_at: self.kyc_expires_at(now) }
            }
            SessionStatus::Declined => State::Declined { decided_at: now },
            _ => State::InReview { decided_at: now },
        }
    }

    /// The earlier of the operator's policy and the end of the document's last day.
    pub(super) fn kyc_expires_at(&self, now: Timestamp) -> Option<Timestamp> {
        let by_policy = self.timers.kyc.map(|age| now + age);
        let by_document = self
            .reports
            .values()
            .filter(|_| self.timers.kyc_with_document)
            .filter_map(document_ends)
            .filter_map(|date| {
                Some(date.tomorrow().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
            })
            .min();
        // A reviewer may approve an expired document on purpose; that must not expire in the same instant.
        [by_policy, by_document.filter(|at| *at > now)].into_iter().flatten().min()
    }

    fn in_progress(
        mut self,
        now: Timestamp,
        change: impl FnOnce(&mut Progress) -> Result<(), Refused>,
    ) -> Result<Step, Refused> {
        let State::InProgress(progress) = &mut self.state else {
            return Err(Refused::WrongStatus);
        };
        if progress.ends_at(&self.timers).is_some_and(|end| now >= end) {
            return Err(Refused::WrongStatus);
        }
        change(progress)?;
        progress.active_at = now;
        Ok(Step { next: self, effects: Vec::new() })
    }

    fn choose(self, node: &NodeId, choice: Choice, now: Timestamp) -> Result<Step, Refused> {
        self.in_progress(now, |progress| {
            if progress.node != *node || progress.phase == Phase::Checking {
                return Err(Refused::NotCurrent);
            }
            progress.consented_at.ok_or(Refused::Early)?;
            progress.choice = Some(choice);
            Ok(())
        })
    }

    /// Keeps a report that is not final; the session stays where it is.
    fn note(self, report: Report, now: Timestamp) -> Result<Step, Refused> {
        let mut step = self.in_progress(now, |progress| {
            let current = progress.node == report.node_id && progress.attempt == report.attempt;
            if !current || progress.phase == Phase::Checking || report.is_final() {
                return Err(Refused::NotCurrent);
            }
            progress.consented_at.ok_or(Refused::Early).map(drop)
        })?;
        step.next.reports.insert(report.node_id.clone(), report);
        Ok(step)
    }

    fn take_evidence(self, node: &NodeId, now: Timestamp) -> Result<Step, Refused> {
        let mut step = self.in_progress(now, |progress| {
            if progress.node != *node || progress.phase == Phase::Checking {
                return Err(Refused::NotCurrent);
            }
            progress.consented_at.ok_or(Refused::Early)?;
            progress.phase = Phase::Checking;
            Ok(())
        })?;
        if let State::InProgress(progress) = &step.next.state {
            step.effects.push(Effect::RunCheck { node: progress.node.clone(), attempt: progress.attempt });
        }
        Ok(step)
    }

    fn report(mut self, report: Report, verdict: Verdict, now: Timestamp) -> Result<Step, Refused> {
        let State::InProgress(progress) = &mut self.state else {
            return Err(Refused::WrongStatus);
        };
        if progress.node != report.node_id
            || progress.attempt != report.attempt
            || progress.phase != Phase::Checking
        {
            return Err(Refused::NotCurrent);
        }
        if let Verdict::RetryUpTo(limit) = verdict
            && progress.tries < limit
        {
            self.attempts += 1;
            progress.attempt = self.attempts;
            progress.tries += 1;
            progress.active_at = now;
            progress.phase =
                Phase::Retrying { risks: report.warnings.iter().map(|warning| warning.risk).collect() };
            return Ok(Step { next: self, effects: Vec::new() });
        }
        let carried = (progress.opened_at, progress.expires_at, progress.consented_at);
        let report = StatusRule::settle(&self.graph, report, &self.reports, day(now));
        self.reports.insert(report.node_id.clone(), report);
        Ok(self.advance(now, carried))
    }

    fn time_out(mut self, now: Timestamp) -> Result<Step, Refused> {
        if self.due_at().is_none_or(|due| now < due) {
            return Err(Refused::NotDue);
        }
        self.state = match &self.state {
            State::NotStarted { .. } => State::Expired { at: now },
            State::InProgress(_) | State::Resubmitted { .. } => {
                expire_codes(&mut self.reports, now);
                State::Abandoned { at: now }
            }
            State::Approved { .. } => {
                expire_documents(&mut self.reports, now);
                State::KycExpired { at: now }
            }
            _ => return Err(Refused::NotDue),
        };
        Ok(self.announced())
    }

    /// The report says how the parties stand. Where none of them has to be verified it is final, and the session goes
    /// on at once.
    fn await_parties(mut self, report: Report, now: Timestamp) -> Result<Step, Refused> {
        let State::InProgress(progress) = &self.state else {
            return Err(Refused::WrongStatus);
        };
        if progress.node != report.node_id || progress.phase == Phase::Checking {
            return Err(Refused::NotCurrent);
        }
        let carried = (progress.opened_at, progress.expires_at, progress.consented_at);
        let report = report.of_attempt(progress.attempt);
        let ended = report.is_final();
        self.reports.insert(report.node_id.clone(), report);
        if ended {
            return Ok(self.advance(now, carried));
        }
        self.state = State::AwaitingUser { since: now };
        Ok(self.announced())
    }

    fn party_moved(mut self, report: Report) -> Result<Step, Refused> {
        self.take_party_report(report)?;
        Ok(Step { next: self, effects: Vec::new() })
    }

    /// Steps after the parties have nobody left to do them: with one open, a human decides.
    fn parties_ended(mut self, report: Report, now: Timestamp) -> Result<Step, Refused> {
        self.take_party_report(report)?;
        let outcome = match self.graph.walk(&self.reports) {
            Stop::End(outcome) => outcome,
            Stop::At(..) => Outcome::InReview,
        };
        self.state = self.decided(decision::roll_up(outcome, &self.reports), now);
        Ok(self.announced())
    }

    /// The newest word on the parties takes the place of the one before.
    fn take_party_report(&mut self, report: Report) -> Result<(), Refused> {
        let State::AwaitingUser { .. } = self.state else {
            return Err(Refused::WrongStatus);
        };
        let before = self.reports.get(&report.node_id).ok_or(Refused::UnknownNode)?;
        let report = report.of_attempt(before.attempt);
        self.reports.insert(report.node_id.clone(), report);
        Ok(())
    }

    pub(super) fn announced(self) -> Step {
        let effects = vec![Effect::Announce(self.status())];
        Step { next: self, effects }
    }
}

/// The day in UTC.
fn day(now: Timestamp) -> jiff::civil::Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Document reports whose date has passed turn `Expired` and say why (features §2.4).
fn expire_documents(reports: &mut BTreeMap<NodeId, Report>, now: Timestamp) {
    let today = day(now);
    for report in reports.values_mut() {
        if document_ends(report).is_some_and(|date| date < today) && report.status == FeatureStatus::Approved
        {
            report.status = FeatureStatus::Expired;
            let (risk, action, additional_data) = (Risk::DocumentExpired, Action::Decline, None);
            report.warnings.push(Warning { risk, action, additional_data, node_id: report.node_id.clone() });
        }
    }
}

/// The last day of an identity document. Other papers have dates too, but no approval ends with a bill.
fn document_ends(report: &Report) -> Option<jiff::civil::Date> {
    let date = report.fields.get("expiration_date").filter(|_| report.feature == Feature::Ocr)?;
    date.as_str()?.parse().ok()
}

/// Addresses whose code nobody entered turn `Expired` (features §10.3, §11.2).
fn expire_codes(reports: &mut BTreeMap<NodeId, Report>, now: Timestamp) {
    for report in reports.values_mut().filter(|report| report.status == FeatureStatus::NotFinished) {
        let kind = match report.feature {
            Feature::EmailVerification => "EMAIL_VERIFICATION_EXPIRED",
            Feature::PhoneVerification => "PHONE_VERIFICATION_EXPIRED",
            _ => continue,
        };
        let Some(Value::Array(lifecycle)) = report.fields.get_mut("lifecycle") else { continue };
        report.status = FeatureStatus::Expired;
        let timestamp = now.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string();
        lifecycle.push(json!({"type": kind, "timestamp": timestamp, "details": null, "fee": 0}));
    }
}
