//! The lifecycle of a verification session and its one door, [`Session::apply`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::feature::Feature;
use crate::report::Report;
use crate::status::SessionStatus;
use crate::workflow::{Graph, NodeId};

mod apply;
mod progress;
mod review;
mod table;
#[cfg(test)]
mod tests;

pub use apply::{Effect, Event, Refused, Step, Verdict};
pub use progress::{Choice, Phase, Progress};
pub use table::{TRANSITIONS, Transition, render_table};

/// The facts of each status. What is not in a variant is not known in that status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Created; waits to be opened until `expires_at`.
    NotStarted {
        /// When it expires unopened.
        expires_at: Timestamp,
    },
    /// Opened; the person works or checks run.
    InProgress(Progress),
    /// A human has to decide.
    InReview {
        /// Since when.
        decided_at: Timestamp,
    },
    /// Passed.
    Approved {
        /// Since when.
        decided_at: Timestamp,
        /// When the approval ages out, if ever.
        kyc_expires_at: Option<Timestamp>,
    },
    /// Failed.
    Declined {
        /// Since when.
        decided_at: Timestamp,
    },
    /// A reviewer asked for steps again; waits to be opened until `expires_at`.
    Resubmitted {
        /// The steps to redo.
        nodes: Vec<NodeId>,
        /// Since when.
        requested_at: Timestamp,
        /// When the chance is gone.
        expires_at: Timestamp,
    },
    /// A business session waits for its parties.
    AwaitingUser {
        /// Since when.
        since: Timestamp,
    },
    /// Opened, never finished.
    Abandoned {
        /// Since when.
        at: Timestamp,
    },
    /// Never opened.
    Expired {
        /// Since when.
        at: Timestamp,
    },
    /// Approved once, aged out.
    KycExpired {
        /// Since when.
        at: Timestamp,
    },
}

impl State {
    /// The status that the wire shows.
    pub const fn status(&self) -> SessionStatus {
        match self {
            Self::NotStarted { .. } => SessionStatus::NotStarted,
            Self::InProgress(_) => SessionStatus::InProgress,
            Self::InReview { .. } => SessionStatus::InReview,
            Self::Approved { .. } => SessionStatus::Approved,
            Self::Declined { .. } => SessionStatus::Declined,
            Self::Resubmitted { .. } => SessionStatus::Resubmitted,
            Self::AwaitingUser { .. } => SessionStatus::AwaitingUser,
            Self::Abandoned { .. } => SessionStatus::Abandoned,
            Self::Expired { .. } => SessionStatus::Expired,
            Self::KycExpired { .. } => SessionStatus::KycExpired,
        }
    }
}

/// The clocks of a workflow (core API §4.3, decisions).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timers {
    /// From creation (or resubmission) to `Expired` or `Abandoned`.
    pub session: SignedDuration,
    /// Without any activity once opened, to `Abandoned`.
    pub idle: SignedDuration,
    /// From approval to `Kyc Expired`, if the operator's policy says so.
    pub kyc: Option<SignedDuration>,
    /// Whether an approval ends when the verified document expires.
    pub kyc_with_document: bool,
}

impl Default for Timers {
    fn default() -> Self {
        Self {
            session: SignedDuration::from_hours(7 * 24),
            idle: SignedDuration::from_hours(24),
            kyc: None,
            kyc_with_document: true,
        }
    }
}

/// One verification: where it stands, what it has to do and what was found so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Where it stands.
    pub state: State,
    /// The pinned workflow version's graph.
    pub graph: Graph,
    /// Attempts so far, over all nodes.
    pub attempts: u32,
    /// The latest report of each node that has one.
    pub reports: BTreeMap<NodeId, Report>,
    /// The workflow's clocks.
    pub timers: Timers,
    /// Features whose evidence this installation can collect from a person. The others are asked at once to say
    /// that they did not run.
    pub collectable: BTreeSet<Feature>,
}

impl Session {
    /// A session as created.
    pub fn create(graph: Graph, timers: Timers, collectable: BTreeSet<Feature>, now: Timestamp) -> Self {
        let expires_at = now + timers.session;
        Self {
            state: State::NotStarted { expires_at },
            graph,
            attempts: 0,
            reports: BTreeMap::new(),
            timers,
            collectable,
        }
    }

    /// The status that the wire shows.
    pub const fn status(&self) -> SessionStatus {
        self.state.status()
    }

    /// When a timer next wants to look at this session.
    pub fn due_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::NotStarted { expires_at } | State::Resubmitted { expires_at, .. } => Some(*expires_at),
            State::InProgress(progress) => progress.ends_at(&self.timers),
            State::Approved { kyc_expires_at, .. } => *kyc_expires_at,
            State::InReview { .. }
            | State::Declined { .. }
            | State::AwaitingUser { .. }
            | State::Abandoned { .. }
            | State::Expired { .. }
            | State::KycExpired { .. } => None,
        }
    }

    /// What the decision shows as `expires_at`: the session's end while unfinished, the approval's afterwards.
    pub fn expires_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::InProgress(progress) => Some(progress.expires_at),
            _ => self.due_at(),
        }
    }

    /// Reports in workflow order, then those of steps that this workflow does not have: a session that was taken over
    /// may bring some.
    pub fn reports_in_order(&self) -> Vec<&Report> {
        let nodes: Vec<&NodeId> = self.graph.features_in_order().into_iter().map(|(id, _, _)| id).collect();
        let brought = self.reports.values().filter(|report| !nodes.contains(&&report.node_id));
        nodes.iter().filter_map(|id| self.reports.get(*id)).chain(brought).collect()
    }
}
