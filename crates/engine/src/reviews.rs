//! What people and programs noted and changed by hand about a session, oldest first (features §18).

use jiff::Timestamp;
use model::id::{ReviewId, SessionId};
use model::status::SessionStatus;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::reviews::ReviewRow;
use store::{Actor, Place, Scope, SessionKey, Tx};

use crate::decision::instant;
use crate::sessions::Record;
use crate::{Engine, accounts};

mod add;
mod list;

pub use add::{Note, add};
pub use list::{Order, list};

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the contract's own words, features §18.2")]
pub enum Activity {
    StatusUpdated,
    KycDataUpdated,
    PoaDataUpdated,
    AmlStatusUpdated,
}

impl Activity {
    const ALL: [Self; 4] =
        [Self::StatusUpdated, Self::KycDataUpdated, Self::PoaDataUpdated, Self::AmlStatusUpdated];

    /// As on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StatusUpdated => "STATUS_UPDATED",
            Self::KycDataUpdated => "KYC_DATA_UPDATED",
            Self::PoaDataUpdated => "POA_DATA_UPDATED",
            Self::AmlStatusUpdated => "AML_STATUS_UPDATED",
        }
    }
}

/// One note or change.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// What it is about.
    pub activity: Activity,
    /// When it was written.
    pub created_at: Timestamp,
    /// Everything else.
    pub entry: Entry,
}

/// The part of an entry that may hold personal data; sealed with the session's key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Who wrote it.
    pub author: Author,
    /// Where the session stood afterwards.
    pub session_status: SessionStatus,
    /// The session's status that it records, if it is about one.
    pub new_status: Option<SessionStatus>,
    /// The one before.
    pub previous_status: Option<SessionStatus>,
    /// Why.
    pub comment: Option<String>,
    /// What was changed, before.
    pub previous_value: Option<Value>,
    /// What was changed, after.
    pub new_value: Option<Value>,
    /// The names of what was changed.
    pub changed_fields: Vec<String>,
    /// Facts that belong to this activity.
    pub metadata: Option<Value>,
    /// Who is mailed about it.
    #[serde(default)]
    pub notify: Option<Addressee>,
}

impl Entry {
    /// An entry about a session that stays as it is.
    pub fn about(status: SessionStatus, author: Author) -> Self {
        Self {
            author,
            session_status: status,
            new_status: None,
            previous_status: None,
            comment: None,
            previous_value: None,
            new_value: None,
            changed_fields: Vec::new(),
            metadata: None,
            notify: None,
        }
    }
}

/// Who gets a mail, in which language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// Where.
    pub address: String,
    /// The language's tag; English for what we do not speak.
    pub language: String,
}

/// Who wrote an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// For people to read.
    pub display: String,
    /// Of someone who operates the organisation.
    pub email: Option<String>,
    /// `API_KEY`, `CONSOLE_USER` or `SYSTEM`.
    pub kind: String,
}

impl Author {
    fn named(display: &str, kind: &str) -> Self {
        Self { display: display.to_owned(), email: None, kind: kind.to_owned() }
    }

    /// An entry that says nothing of who wrote it.
    pub fn unknown() -> Self {
        Self::named("Unknown", "CONSOLE_USER")
    }

    /// On whose word this scope acts.
    pub(crate) async fn of(engine: &Engine, tx: &mut Tx, scope: &Scope) -> Result<Self, store::Error> {
        Ok(match scope.actor() {
            Actor::ApiKey(_) => Self::named("API Client", "API_KEY"),
            Actor::System => Self::named("System", "SYSTEM"),
            Actor::Person => Self::unknown(),
            Actor::Account(id) => match accounts::email(engine, tx, id).await? {
                Some(email) => Self {
                    display: email.split('@').next().unwrap_or(&email).to_owned(),
                    email: Some(email),
                    kind: "CONSOLE_USER".to_owned(),
                },
                None => Self::unknown(),
            },
        })
    }
}

impl Review {
    /// The item of the decision's `reviews`.
    pub fn in_decision(&self) -> Value {
        let Entry { author, session_status, new_status, comment, .. } = &self.entry;
        json!({
            "user": author.email.as_ref().unwrap_or(&author.display),
            "new_status": new_status.unwrap_or(*session_status),
            "comment": comment.as_deref().unwrap_or_default(),
            "created_at": instant(self.created_at),
        })
    }
}

impl Record {
    /// Writes an entry; it belongs to the decision from now on. The caller commits.
    pub(crate) async fn note(
        &mut self,
        engine: &Engine,
        tx: &mut Tx,
        activity: Activity,
        entry: Entry,
    ) -> Result<ReviewId, store::Error> {
        let id = ReviewId(engine.uuid());
        let created_at = engine.now();
        let row = ReviewRow {
            id,
            session_id: self.row.id,
            activity_type: activity.as_str().to_owned(),
            sealed: self.key.seal_json(&place(id), &entry),
            created_at,
        };
        store::reviews::insert(tx, &row).await?;
        self.reviews.push(Review { id, activity, created_at, entry });
        Ok(id)
    }
}

/// A session's entries, opened.
pub(crate) async fn load(
    tx: &mut Tx,
    scope: &Scope,
    key: &SessionKey,
    session: SessionId,
) -> Result<Vec<Review>, store::Error> {
    let rows = store::reviews::list(tx, scope, session).await?;
    rows.into_iter().map(|row| opened(key, &row)).collect()
}

fn opened(key: &SessionKey, row: &ReviewRow) -> Result<Review, store::Error> {
    let known = Activity::ALL.into_iter().find(|activity| activity.as_str() == row.activity_type);
    let activity = known.ok_or_else(|| store::Error::Corrupt { table: "reviews", id: row.id.to_string() })?;
    let entry = key.open_json(&place(row.id), &row.sealed)?;
    Ok(Review { id: row.id, activity, created_at: row.created_at, entry })
}

fn place(id: ReviewId) -> Place {
    Place::new("reviews", id)
}
