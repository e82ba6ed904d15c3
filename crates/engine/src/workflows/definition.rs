//! What one version of a workflow says: its graph and its settings, kept together as JSON.

use jiff::SignedDuration;
use model::session::Timers;
use model::workflow::Graph;
use serde::{Deserialize, Serialize};

/// One version's content, as stored in `workflows.definition`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// The steps.
    pub graph: Graph,
    /// Everything that is not a step.
    #[serde(flatten)]
    pub settings: Settings,
}

/// What holds for a workflow as a whole (features §1.9, decisions: `session_expiration_time`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the contract's own switches")]
pub struct Settings {
    /// `kyc` and the like for one made from a template; nothing for one made by the API.
    pub workflow_type: Option<String>,
    /// Whether no new session may begin on it.
    pub is_archived: bool,
    /// Where the person goes afterwards when the session does not say.
    pub callback_url: Option<String>,
    /// The operator's own look on the hosted page.
    pub is_white_label_enabled: bool,
    /// Whether the person may do it all on a computer.
    pub is_desktop_allowed: bool,
    /// New sessions allowed after a decline, 0 to 10.
    pub max_retry_attempts: u32,
    /// Days over which those are counted, 1 to 365; nothing counts all time.
    pub retry_window_days: Option<u32>,
    /// Minutes until an unfinished session ends, 60 to 40 320.
    pub session_expiration_time: u32,
    /// Minutes without activity until an opened session is abandoned.
    pub idle_time: u32,
    /// Days after which an approval ends, if the operator says so.
    pub kyc_expiration_days: Option<u32>,
    /// Whether an approval ends with the document it rests on.
    pub kyc_expires_with_document: bool,
    /// Attempts at liveness, 1 to 3; nodes inherit it.
    pub face_liveness_max_attempts: u32,
    /// Attempts at face match, 1 to 3; nodes inherit it.
    pub face_match_max_attempts: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            workflow_type: None,
            is_archived: false,
            callback_url: None,
            is_white_label_enabled: false,
            is_desktop_allowed: false,
            max_retry_attempts: 3,
            retry_window_days: Some(7),
            session_expiration_time: 10_080,
            idle_time: 1_440,
            kyc_expiration_days: None,
            kyc_expires_with_document: true,
            face_liveness_max_attempts: 3,
            face_match_max_attempts: 3,
        }
    }
}

impl Settings {
    /// The clocks that a session of this workflow runs by.
    pub fn timers(&self) -> Timers {
        let minutes = |count: u32| SignedDuration::from_mins(i64::from(count));
        Timers {
            session: minutes(self.session_expiration_time),
            idle: minutes(self.idle_time),
            kyc: self.kyc_expiration_days.map(|days| SignedDuration::from_hours(24 * i64::from(days))),
            kyc_with_document: self.kyc_expires_with_document,
        }
    }
}
