//! The parties of a business session: the people and companies behind a company (features §17).
//!
//! They are named once. Whoever has to be verified gets a session of their own; the business session waits in
//! `Awaiting User` until all of those have ended, then decides by what became of them.

use model::id::{PartyId, SessionId};
use model::status::SessionStatus;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::Place;

use crate::sessions::{ChangeRefused, CreateRefused};

mod child;
mod follow;
mod need;
mod regenerate;
mod report;
mod submit;

pub use regenerate::regenerate;
pub use submit::{Submission, Submitted, submit};

pub(crate) use follow::{child_moved, follow};

/// The roles a party may have (features §17.3).
pub const ROLES: [&str; 17] = [
    "director",
    "non_executive_director",
    "secretary",
    "chairman",
    "ubo",
    "shareholder",
    "representative",
    "founder",
    "legal_advisor",
    "authorized_signatory",
    "trustee",
    "beneficiary",
    "settlor",
    "protector",
    "company_officer",
    "investor",
    "other",
];

/// A business session has at most so many.
pub const MOST: usize = 100;

/// A person or a company, as it was named (features §17.6); sealed with the key of the business session.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "features §17.6")]
#[serde(default)]
pub struct Party {
    /// `person` or `company`.
    pub entity_type: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub company_name: Option<String>,
    pub registration_number: Option<String>,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub nationality: Option<String>,
    pub date_of_birth: Option<String>,
    pub position: Option<String>,
    pub custom_fields: Map<String, Value>,
    pub is_skipped: bool,
    pub roles: Vec<Role>,
    /// Whether it has to be verified; decided when it was named.
    pub requires_verification: bool,
}

/// What a party is to the company.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "features §17.6")]
pub struct Role {
    pub role: String,
    pub ownership_percent: Option<f64>,
    pub voting_percent: Option<f64>,
}

impl Party {
    /// How people call it.
    pub fn name(&self) -> String {
        if self.is_company() {
            return self.company_name.clone().unwrap_or_default();
        }
        let names = [self.first_name.as_deref(), self.last_name.as_deref()];
        names.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Whether it is a company.
    pub fn is_company(&self) -> bool {
        self.entity_type == "company"
    }
}

/// A party with its own session, as others see them.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "features §17.6")]
pub struct Standing {
    pub id: PartyId,
    pub party: Party,
    pub child: Option<Child>,
}

/// A party's own session.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "features §17.6")]
pub struct Child {
    pub session_id: SessionId,
    /// `Expired` for one that was deleted.
    pub status: SessionStatus,
    /// Where the party opens it; nothing once it was deleted.
    pub url: Option<String>,
}

/// Why the parties of a session were not named, or one was given no new session.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such business session.
    #[error("no such business session")]
    NotFound,
    /// The session has no such party.
    #[error("no such party")]
    PartyNotFound,
    /// The session is not where its parties are named.
    #[error("the session does not wait for its parties to be named")]
    NotNow,
    /// Nobody was named, neither before nor now.
    #[error("nobody was named")]
    Nobody,
    /// The party's own session is still good, or its business session waits no longer.
    #[error("the party's session cannot be replaced")]
    StillGood,
    /// The workflow of a party's session is gone.
    #[error("the workflow of the parties cannot be used")]
    Workflow,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<ChangeRefused> for Refused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::Store(error) => Self::Store(error),
            ChangeRefused::NotFound => Self::NotFound,
            ChangeRefused::Lifecycle(_) => Self::NotNow,
        }
    }
}

impl From<CreateRefused> for Refused {
    fn from(refused: CreateRefused) -> Self {
        match refused {
            CreateRefused::Store(error) => Self::Store(error),
            _ => Self::Workflow,
        }
    }
}

fn place(id: PartyId) -> Place {
    Place::new("session_parties", id)
}
