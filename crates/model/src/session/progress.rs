//! What is known while a person is in the flow.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Timers;
use crate::warning::Risk;
use crate::workflow::NodeId;

/// The document that a person says they will show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Issuing country, ISO 3166-1 alpha-3.
    pub country: String,
    /// `P`, `ID`, `DL`, `RP`, `HIC`, `TC` or `SSC`.
    pub document_type: String,
}

impl Choice {
    /// The sides that have to be photographed: passports carry everything on one page.
    pub fn sides(&self) -> &'static [&'static str] {
        if self.document_type == "P" { &["front"] } else { &["front", "back"] }
    }
}

/// Where the current step stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    /// Waits for the person.
    Waiting,
    /// A job judges the evidence.
    Checking,
    /// The evidence was not good enough; the person may try again.
    Retrying {
        /// What was wrong with it.
        risks: Vec<Risk>,
    },
}

/// The facts of an opened session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// When the link was opened.
    pub opened_at: Timestamp,
    /// The last sign of life.
    pub active_at: Timestamp,
    /// When the session ends regardless.
    pub expires_at: Timestamp,
    /// When the person agreed to their data being used.
    pub consented_at: Option<Timestamp>,
    /// The node at work.
    pub node: NodeId,
    /// Numbers the evidence over the whole session, so that nothing of an earlier try is taken for this one.
    pub attempt: u32,
    /// Tries at this node, from 1.
    pub tries: u32,
    /// What the person chose at this node.
    pub choice: Option<Choice>,
    /// Where this node stands.
    pub phase: Phase,
}

impl Progress {
    /// Idle or expired, whichever comes first. Nothing ends while a check runs: the person has done their part.
    pub fn ends_at(&self, timers: &Timers) -> Option<Timestamp> {
        (self.phase != Phase::Checking).then(|| self.expires_at.min(self.active_at + timers.idle))
    }
}
