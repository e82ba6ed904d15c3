//! Users and businesses: what is known of whom sessions are about, over all of their sessions (core API §10.1).
//!
//! An entity comes to be with the first session of a new `vendor_data`, or by API. Sessions keep its counters and fields
//! current in the transaction that changes the session. It outlives its sessions, so it is sealed with a key of its own.

use jiff::Timestamp;
use model::id::{EntityId, SessionId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::Scope;

use crate::Engine;

mod activity;
mod announce;
mod block;
mod create;
mod delete;
mod follow;
mod read;
mod record;
mod status;
mod update;

pub use activity::Activity;
pub use create::{NewEntity, create};
pub(crate) use delete::delete_within;
pub use delete::{Selector, delete};
pub use read::{get, list};
pub use status::{EntityStatus, update_status};
pub use update::{Changes, update};

pub(crate) use block::{block, is_blocked, unblock};
pub(crate) use follow::{id_of, kind_of, session_changed, session_created};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    User,
    /// A company.
    Business,
}

impl Kind {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Business => "business",
        }
    }
}

/// What is known of an entity; sealed with its key. Users have the first group of names, businesses the second.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "core API §10.1")]
#[serde(default)]
pub struct Profile {
    /// The integrator's name for it, exactly as sent.
    pub vendor_data: Option<String>,
    pub display_name: Option<String>,
    pub full_name: Option<String>,
    pub date_of_birth: Option<String>,
    pub approved_emails: Vec<String>,
    pub approved_phones: Vec<String>,
    /// ISO 3166-1 alpha-3, of approved documents.
    pub issuing_states: Vec<String>,
    /// The session and the blob of the newest approved portrait.
    pub portrait: Option<(SessionId, String)>,
    pub legal_name: Option<String>,
    pub registration_number: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    /// Any object.
    pub metadata: Map<String, Value>,
    /// The latest status of every feature, under its display name, in the order in which they were first seen.
    pub features: Map<String, Value>,
}

/// An entity, opened.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "core API §10.1")]
pub struct Entity {
    pub id: EntityId,
    pub kind: Kind,
    pub status: EntityStatus,
    pub profile: Profile,
    pub session_count: i64,
    pub approved_count: i64,
    pub declined_count: i64,
    pub in_review_count: i64,
    pub first_session_at: Option<Timestamp>,
    pub last_session_at: Option<Timestamp>,
    pub last_activity_at: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// A signed link to the portrait, while its session lives.
    pub portrait_url: Option<String>,
    /// What was done to it, newest first; only where one entity is read.
    pub activities: Vec<Activity>,
}

impl Entity {
    /// The best name there is: the integrator's own, else the verified or registered one.
    pub fn effective_name(&self) -> Option<&str> {
        let profile = &self.profile;
        let names = [&profile.display_name, &profile.full_name, &profile.legal_name];
        names.into_iter().flatten().map(String::as_str).find(|name| !name.is_empty())
    }
}

/// Why an entity is not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The application has no such entity.
    #[error("no such entity")]
    NotFound,
    /// Another has this vendor data.
    #[error("an entity with this vendor_data exists")]
    Taken(Kind),
    /// A delete that says neither whom nor everyone.
    #[error("nothing was selected")]
    NoSelector(Kind),
    /// Somebody else must approve it: the request that waits for them.
    #[error("request {0} waits for a second person")]
    NeedsApproval(uuid::Uuid),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The keyed hash under which an entity is found. Vendor data is taken exactly as sent (contract, `/v3/users/`).
pub(crate) fn vendor_hash(engine: &Engine, scope: &Scope, kind: Kind, vendor_data: &str) -> String {
    let (application, kind) = (scope.application_id(), kind.as_str());
    engine.keyring.lookup("entities.vendor", &format!("{application}/{kind}/{vendor_data}"))
}
