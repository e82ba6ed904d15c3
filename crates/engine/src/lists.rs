//! Lists that let in or keep out (core API §10.2).
//!
//! Every application has ten system block lists, made when they are first needed; what is on them declines. Allow lists
//! and custom lists are the integrator's own record: they decide nothing by themselves.

use jiff::Timestamp;
use model::id::{ListEntryId, ListId, SessionId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Place, Scope};

use crate::Engine;

mod add;
mod hit;
mod manage;
mod older;
mod read;
mod reference;
mod remove;
mod screen;
mod system;
mod value;

pub use add::{NewEntry, add_entry};
pub use hit::{Hit, find_hit};
pub use manage::{ListChanges, NewList, create, delete, update};
pub use older::{Blocked, BlockedItem, add_session, blocked, remove_session};
pub use read::{entries, get, list};
pub use remove::remove_entry;
pub use store::lists::{Order, Wanted};

pub(crate) use screen::screen;
pub(crate) use system::{put_system, take_system};

macro_rules! entry_types {
    ($($name:ident $text:literal)+) => {
        /// What kind of value is on a list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "core API §10.2")]
        pub enum EntryType { $($name,)+ }

        impl EntryType {
            /// Every one, as on the wire.
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// As on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The type of exactly this name.
            pub fn of_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

entry_types! {
    Face "face"
    Document "document"
    Phone "phone"
    Email "email"
    IpAddress "ip_address"
    DeviceFingerprint "device_fingerprint"
    WalletAddress "wallet_address"
    BankAccount "bank_account"
    Country "country"
    User "user"
    Business "business"
    Key "key"
}

/// What a list does.
pub const LIST_TYPES: [&str; 3] = ["blocklist", "allowlist", "custom"];

/// A list, opened.
pub use store::lists::ListRow as List;

/// One value on a list, opened.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "core API §10.2")]
pub struct Entry {
    pub id: ListEntryId,
    pub list_id: ListId,
    pub content: Content,
    pub added_by: String,
    pub reference_session_id: Option<SessionId>,
    pub reference_session_number: Option<i64>,
    pub reference_object_uuid: Option<String>,
    pub created_at: Timestamp,
}

/// The sealed part of an entry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Normalised.
    pub value: String,
    /// As it was given; names an entity exactly.
    pub given: String,
    /// What people see instead of the value.
    pub display_label: Option<String>,
    /// Why it is there.
    pub comment: Option<String>,
    /// The integrator's own data.
    pub metadata: Map<String, Value>,
}

/// Why a list is not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The application has no such list.
    #[error("no such list")]
    NotFound,
    /// System lists stay as they are.
    #[error("system lists cannot be changed")]
    System,
    /// Another list has the name.
    #[error("a list with this name exists")]
    NameTaken,
    /// A field of the request is wrong.
    #[error("{field}: {reason}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// Why.
        reason: String,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Refused {
    fn invalid(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid { field, reason: reason.into() }
    }
}

fn place(id: ListEntryId) -> Place {
    Place::new("list_entries", id)
}

/// The keyed hash under which a normalised value is found.
fn value_hash(engine: &Engine, scope: &Scope, kind: EntryType, normalised: &str) -> String {
    let (application, kind) = (scope.application_id(), kind.as_str());
    engine.keyring.lookup("list_entries.value", &format!("{application}/{kind}/{normalised}"))
}
