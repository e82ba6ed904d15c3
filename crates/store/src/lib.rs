//! Keeps what happened: SQLite and PostgreSQL from one SQL text, migrations, leased jobs, encrypted blobs.
//!
//! It knows tables, transactions, keys and objects. It refuses to know the rules: which status may follow which, what a
//! job does, what a person may see. Rows are plain structs; lifecycle state is text it does not read, and personal data
//! is bytes that only the session's key opens.
//!
//! One function per statement, one module per aggregate, a transaction first:
//!
//! ```no_run
//! # async fn example(store: store::Store, scope: store::Scope, id: model::id::SessionId) -> Result<(), store::Error> {
//! let mut tx = store.begin().await?;
//! if let Some(mut session) = store::sessions::find(&mut tx, &scope, id).await? {
//!     session.status = "Approved".into();
//!     store::sessions::save(&mut tx, &session, session.version).await?;
//! }
//! tx.commit().await
//! # }
//! ```

mod column;
mod database;
mod error;
mod meta;
mod migrations;
mod scope;

pub mod accounts;
pub mod api_keys;
pub mod applications;
pub mod approvals;
pub mod attempts;
pub mod audit;
pub mod blobs;
pub mod credits;
pub mod deliveries;
pub mod destinations;
pub mod entities;
pub mod entity_activities;
pub mod entity_keys;
pub mod erasure;
pub mod events;
pub mod imports;
pub mod jobs;
pub mod list_entries;
pub mod lists;
pub mod logins;
pub mod members;
pub mod organizations;
pub mod parties;
pub mod questionnaires;
pub mod receipts;
pub mod replays;
pub mod reports;
pub mod request_counts;
pub mod reviews;
pub mod roles;
pub mod seal;
pub mod second_factors;
pub mod send_windows;
pub mod session_keys;
pub mod session_terms;
pub mod sessions;
pub mod signing_keys;
pub mod uploads;
pub mod verification_codes;
pub mod webhook_settings;
pub mod workflows;

pub use database::{Store, Tx};
pub use error::{Constraint, Error};
pub use migrations::FILES as MIGRATIONS;
pub use scope::{Actor, Mode, Scope};
pub use seal::{Keyring, Place, SessionKey};
