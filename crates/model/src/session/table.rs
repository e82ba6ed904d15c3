//! The published table of transitions; tests hold `apply` to it and `docs/states/session.md` is made from it.

use std::fmt::Write;

use crate::status::SessionStatus::{
    self, Abandoned, Approved, AwaitingUser, Declined, Expired, InProgress, InReview, KycExpired, NotStarted,
    Resubmitted,
};

/// One way from a status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// Before.
    pub from: SessionStatus,
    /// After.
    pub to: SessionStatus,
    /// What makes it happen.
    pub cause: &'static str,
}

const fn way(from: SessionStatus, to: SessionStatus, cause: &'static str) -> Transition {
    Transition { from, to, cause }
}

const OPENED: &str = "the person opens the link";
const ALL_PASSED: &str = "every check is approved";
const ONE_FAILED: &str = "a check is declined";
const UNSURE: &str = "a check is in review or did not run";
const DECIDED: &str = "a reviewer or update-status decides";
const REDO: &str = "a reviewer or update-status asks for steps again";

/// Every transition there is (core API §4.1).
pub const TRANSITIONS: &[Transition] = &[
    way(NotStarted, InProgress, OPENED),
    way(NotStarted, Expired, "the session's time is over"),
    way(InProgress, Approved, ALL_PASSED),
    way(InProgress, Declined, ONE_FAILED),
    way(InProgress, InReview, UNSURE),
    way(InProgress, Abandoned, "the session's time is over, or nothing happened for the idle time"),
    way(InProgress, AwaitingUser, "the parties of a business session were named"),
    way(InReview, Approved, DECIDED),
    way(InReview, Declined, DECIDED),
    way(InReview, Resubmitted, REDO),
    way(Approved, Declined, DECIDED),
    way(Approved, Resubmitted, REDO),
    way(Approved, KycExpired, "the approval's policy or the document's date of expiry has passed"),
    way(Declined, Approved, DECIDED),
    way(Declined, Resubmitted, REDO),
    way(Resubmitted, InProgress, "the person opens the link, or the steps need nobody"),
    way(Resubmitted, Approved, DECIDED),
    way(Resubmitted, Declined, DECIDED),
    way(Resubmitted, Abandoned, "the session's time is over"),
    way(AwaitingUser, Approved, "every party ended and all passed"),
    way(AwaitingUser, Declined, "a required party failed"),
    way(AwaitingUser, InReview, "a party needs a human"),
    way(Abandoned, Approved, DECIDED),
    way(Abandoned, Declined, DECIDED),
    way(Abandoned, Resubmitted, REDO),
    way(KycExpired, Approved, DECIDED),
    way(KycExpired, Declined, DECIDED),
    way(KycExpired, Resubmitted, REDO),
];

/// `docs/states/session.md`: a Mermaid diagram and the same as a table.
pub fn render_table() -> String {
    let name = |status: SessionStatus| status.as_str().replace(' ', "");
    let mut text = String::from(
        "# Session states\n\nGenerated from `model::session::TRANSITIONS` by the tests of `model`; do not edit.\n\n```mermaid\nstateDiagram-v2\n    [*] --> NotStarted\n",
    );
    for way in TRANSITIONS {
        let _ = writeln!(text, "    {} --> {}", name(way.from), name(way.to));
    }
    text.push_str("```\n\n| from | to | because |\n| --- | --- | --- |\n");
    for way in TRANSITIONS {
        let _ = writeln!(text, "| {} | {} | {} |", way.from, way.to, way.cause);
    }
    text
}
