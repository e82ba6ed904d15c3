//! What was done to an entity by people and programs, as its `comments` show it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::entity_activities::ActivityRow;
use store::{Place, Scope, Tx};
use uuid::Uuid;

use super::EntityStatus;
use super::record::Record;
use crate::Engine;

/// So many are shown.
const SHOWN: i64 = 100;

/// One act.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of `comments[]`, contract, `/v3/users/`")]
pub struct Activity {
    #[serde(skip)]
    pub id: Uuid,
    #[serde(skip)]
    pub created_at: Timestamp,
    pub comment_type: String,
    pub previous_status: Option<String>,
    pub new_status: Option<String>,
    pub previous_value: Option<Map<String, Value>>,
    pub new_value: Option<Map<String, Value>>,
    pub changed_fields: Vec<String>,
}

impl Activity {
    pub(super) fn status_changed(previous: EntityStatus, new: EntityStatus) -> Self {
        Self {
            comment_type: "STATUS_CHANGED".to_owned(),
            previous_status: Some(previous.as_str().to_owned()),
            new_status: Some(new.as_str().to_owned()),
            ..Self::default()
        }
    }

    /// What a patch changed: `{field: (previous, new)}`.
    pub(super) fn profile_updated(changes: Vec<(&str, Value, Value)>) -> Self {
        let metadata_alone = changes.iter().all(|(name, _, _)| *name == "metadata");
        let kind = if metadata_alone { "METADATA_UPDATED" } else { "PROFILE_UPDATED" };
        let mut activity = Self { comment_type: kind.to_owned(), ..Self::default() };
        let (mut previous_value, mut new_value) = (Map::new(), Map::new());
        for (name, previous, new) in changes {
            activity.changed_fields.push(name.to_owned());
            previous_value.insert(name.to_owned(), previous);
            new_value.insert(name.to_owned(), new);
        }
        Self { previous_value: Some(previous_value), new_value: Some(new_value), ..activity }
    }
}

pub(super) async fn note(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    activity: &Activity,
) -> Result<(), store::Error> {
    let id = engine.uuid();
    let row = ActivityRow {
        id: id.to_string(),
        entity_id: record.row.id,
        sealed: record.key.seal_json(&place(&id.to_string()), activity),
        created_at: engine.now(),
    };
    store::entity_activities::insert(tx, &row).await
}

/// The latest acts, newest first.
pub(super) async fn list(tx: &mut Tx, scope: &Scope, record: &Record) -> Result<Vec<Activity>, store::Error> {
    let rows = store::entity_activities::list(tx, scope, record.row.id, SHOWN).await?;
    let open = |row: ActivityRow| {
        let activity: Activity = record.key.open_json(&place(&row.id), &row.sealed)?;
        Ok(Activity { id: row.id.parse().unwrap_or_default(), created_at: row.created_at, ..activity })
    };
    rows.into_iter().map(open).collect()
}

fn place(id: &str) -> Place {
    Place::new("entity_activities", id)
}
