//! Identifiers, one type each, so that a workflow's id cannot be passed where a session's is meant.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }
    )+};
}

ids! {
    /// A customer of this installation; owns applications and members.
    OrganizationId,
    /// One integration of an organisation, live or sandbox; owns everything below.
    ApplicationId,
    /// A person who operates an organisation.
    AccountId,
    /// The stable id that all versions of a workflow share.
    WorkflowId,
    /// One version of a workflow.
    WorkflowVersionId,
    /// One version of a questionnaire, or all of them by the first one's.
    QuestionnaireId,
    /// One verification of one person.
    SessionId,
    /// One committed change that subscribers hear of; the same over retries and fan-out.
    EventId,
    /// Where an integrator wants events delivered.
    DestinationId,
    /// One attempt to deliver one event to one destination.
    DeliveryId,
    /// One piece of work that a transaction left to be done.
    JobId,
    /// One encrypted object in the blob store.
    BlobId,
    /// One resumable upload.
    UploadId,
    /// One file of verifications made elsewhere.
    ImportId,
    /// One row that an import refused.
    ImportErrorId,
    /// One note or change by hand about a session.
    ReviewId,
    /// A user or a business over all of their sessions.
    EntityId,
    /// A list that lets in or keeps out.
    ListId,
    /// One value on a list.
    ListEntryId,
    /// A person or company behind a company that is being verified.
    PartyId,
}

/// A UUID version 7 (RFC 9562 §5.7) for this instant: sorts by time, so that keyset pages need no second column.
///
/// `entropy` fills the random bits; the caller owns randomness as it owns the clock.
pub fn uuid_at(now: Timestamp, entropy: [u8; 10]) -> Uuid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &entropy).into_uuid()
}
