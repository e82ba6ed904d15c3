//! What one person may not do alone, in organisations that say so (ASVS 2.3.5): a request waits until somebody else
//! has approved it, and is then carried out in the transaction that approves it.
//!
//! Two members stand behind everything that happens: who asked, and who approved. A program's request is that of whoever
//! made its key; the application's own key is nobody's, so that one member takes its request on and another approves it.

use std::fmt::Display;

use jiff::{SignedDuration, Timestamp};
use model::id::{AccountId, ApplicationId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
pub use store::approvals::Filter;
use store::{Place, SessionKey};
use uuid::Uuid;

use crate::reviews::Addressee;

mod ask;
mod carry_out;
mod decide;
mod read;

pub(crate) use ask::{ask, is_needed, take};
pub use decide::{approve, refuse};
pub use read::{get, list};

/// How long a request waits, and how long what it granted can be used.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(72);

/// What needs a second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// A declined session is approved by hand.
    ApproveSession,
    /// A session is erased.
    DeleteSession,
    /// Many sessions are erased.
    DeleteSessions,
    /// Users are deleted.
    DeleteUsers,
    /// Businesses are deleted.
    DeleteBusinesses,
    /// An application's own key is shown.
    RevealKey,
    /// One person is to be enough again.
    EndSecondPerson,
}

impl Operation {
    const ALL: [Self; 7] = [
        Self::ApproveSession,
        Self::DeleteSession,
        Self::DeleteSessions,
        Self::DeleteUsers,
        Self::DeleteBusinesses,
        Self::RevealKey,
        Self::EndSecondPerson,
    ];

    /// As on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ApproveSession => "session.approve",
            Self::DeleteSession => "session.delete",
            Self::DeleteSessions => "session.batch_delete",
            Self::DeleteUsers => "user.delete",
            Self::DeleteBusinesses => "business.delete",
            Self::RevealKey => "application.reveal_key",
            Self::EndSecondPerson => "organization.end_second_person",
        }
    }

    /// What somebody must be allowed who does it alone: nobody approves what they could not do themselves.
    const fn permission(self) -> &'static str {
        match self {
            Self::ApproveSession => "write:sessions",
            Self::DeleteSession | Self::DeleteSessions => "delete:sessions",
            Self::DeleteUsers => "delete:users",
            Self::DeleteBusinesses => "delete:businesses",
            Self::RevealKey => "read:applications",
            Self::EndSecondPerson => "write:organization",
        }
    }
}

/// Why a request is not approved or refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The organisation has no such request.
    #[error("no such request")]
    NotFound,
    /// It was decided before, or its time is over.
    #[error("the request is {0}")]
    NotPending(String),
    /// Whoever asks does not approve.
    #[error("somebody else must approve")]
    OwnRequest,
    /// Nobody approves what they could not do themselves.
    #[error("more than the approver may do")]
    TooMuch,
    /// What it is about is no longer what it was.
    #[error("changed since it was asked")]
    Changed,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What is asked for.
pub(crate) struct Wish<'a> {
    pub(crate) operation: Operation,
    /// The id of what it is about.
    pub(crate) object: String,
    /// Tells requests about one object apart that may wait side by side.
    pub(crate) variant: String,
    /// How the object stands: [`Refused::Changed`] once it stands differently.
    pub(crate) state: String,
    /// Nothing personal.
    pub(crate) details: Value,
    /// What was written beside it, and the key of the session that it is about.
    pub(crate) note: Option<(&'a SessionKey, Note)>,
}

impl Wish<'_> {
    /// To do this to an object as it stands.
    pub(crate) fn of(operation: Operation, object: &dyn Display, state: &dyn Display) -> Self {
        Self {
            operation,
            object: object.to_string(),
            variant: String::new(),
            state: state.to_string(),
            details: Value::Object(serde_json::Map::new()),
            note: None,
        }
    }
}

/// What was written beside a request about one session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    /// Why.
    pub(crate) comment: Option<String>,
    /// Who is to be mailed about it.
    pub(crate) notify: Option<Addressee>,
}

/// Who approved what is being done, for the record of changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Consent {
    pub(crate) approval: Uuid,
    pub(crate) by: AccountId,
}

/// The details of a change with who approved it.
pub(crate) fn noted(mut details: Value, consent: Option<&Consent>) -> Value {
    if let (Value::Object(facts), Some(consent)) = (&mut details, consent) {
        facts.insert("approval".to_owned(), consent.approval.to_string().into());
        facts.insert("approved_by".to_owned(), consent.by.to_string().into());
    }
    details
}

/// A request, opened.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "named as the table's columns are")]
pub struct Approval {
    pub id: Uuid,
    pub application: Option<ApplicationId>,
    /// What [`Operation::as_str`] says.
    pub action: String,
    pub object: String,
    pub details: Value,
    /// `pending`, `approved`, `refused`, `expired`, `outdated` or `used`.
    pub status: String,
    /// Why, as long as the session's key is there.
    pub comment: Option<String>,
    /// `api_key` or `account`.
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub actor_name: Option<String>,
    /// The member behind it; nobody yet behind a request of an application's own key.
    pub sponsor: Option<Person>,
    pub decided_by: Option<Person>,
    pub decided_at: Option<Timestamp>,
    pub expires_at: Timestamp,
    pub created_at: Timestamp,
}

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// Its address, if there still is one.
    pub email: Option<String>,
}

fn place(id: Uuid) -> Place {
    Place::new("approvals", id)
}
