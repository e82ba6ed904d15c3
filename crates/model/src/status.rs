//! The ten session statuses and the statuses of a single feature, spelled as on the wire.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a session stands (core API §4.1). The strings are exact and case-sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SessionStatus {
    /// Created; the person has not opened the link.
    #[serde(rename = "Not Started")]
    NotStarted,
    /// The person is in the flow, or checks are running.
    #[serde(rename = "In Progress")]
    InProgress,
    /// A human has to look.
    #[serde(rename = "In Review")]
    InReview,
    /// Every check passed, or a reviewer said so.
    Approved,
    /// A check failed, or a reviewer said so.
    Declined,
    /// A reviewer asked for steps to be done again.
    Resubmitted,
    /// A business session waits for its parties.
    #[serde(rename = "Awaiting User")]
    AwaitingUser,
    /// Opened, not finished in time.
    Abandoned,
    /// Never opened in time.
    Expired,
    /// Approved once; the approval aged out.
    #[serde(rename = "Kyc Expired")]
    KycExpired,
}

impl SessionStatus {
    /// Every status, in the order of the contract's table.
    pub const ALL: [Self; 10] = [
        Self::NotStarted,
        Self::InProgress,
        Self::InReview,
        Self::Approved,
        Self::Declined,
        Self::Resubmitted,
        Self::AwaitingUser,
        Self::Abandoned,
        Self::Expired,
        Self::KycExpired,
    ];

    /// The string of the wire contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "Not Started",
            Self::InProgress => "In Progress",
            Self::InReview => "In Review",
            Self::Approved => "Approved",
            Self::Declined => "Declined",
            Self::Resubmitted => "Resubmitted",
            Self::AwaitingUser => "Awaiting User",
            Self::Abandoned => "Abandoned",
            Self::Expired => "Expired",
            Self::KycExpired => "Kyc Expired",
        }
    }

    /// Unfinished sessions are the ones a repeated create returns instead of making another (core API §3.4).
    pub const fn is_unfinished(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress | Self::Resubmitted | Self::AwaitingUser)
    }

    /// Statuses whose webhook carries the decision (core API §4.2).
    pub const fn carries_decision(self) -> bool {
        matches!(self, Self::Approved | Self::Declined | Self::InReview | Self::Abandoned)
    }
}

impl fmt::Display for SessionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is none of the ten statuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a session status")]
pub struct UnknownStatus(pub String);

impl FromStr for SessionStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

/// How one node of a workflow ended (features §1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FeatureStatus {
    /// The check has not ended, or could not run. Never counts as passed.
    #[serde(rename = "Not Finished")]
    NotFinished,
    /// Passed.
    Approved,
    /// Failed.
    Declined,
    /// A human has to look.
    #[serde(rename = "In Review")]
    InReview,
    /// Was approved; what it verified has expired since.
    Expired,
    /// A reviewer asked for it again.
    #[serde(rename = "Resub Requested")]
    ResubRequested,
    /// The parties of a business session are being verified.
    #[serde(rename = "Awaiting User")]
    AwaitingUser,
}

impl FeatureStatus {
    /// The string of the wire contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotFinished => "Not Finished",
            Self::Approved => "Approved",
            Self::Declined => "Declined",
            Self::InReview => "In Review",
            Self::Expired => "Expired",
            Self::ResubRequested => "Resub Requested",
            Self::AwaitingUser => "Awaiting User",
        }
    }
}
