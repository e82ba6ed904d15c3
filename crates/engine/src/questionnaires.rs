//! Questionnaires: forms that a workflow asks a person to fill in (core API §5.8, features §15).

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::feature::Feature;
use model::id::QuestionnaireId;
use model::workflow::{Config, Graph};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::questionnaires::QuestionnaireRow;
use store::{Scope, Tx};

use crate::workflows;

pub mod answers;
pub mod content;

mod change;
mod changes;
mod elements;
mod form;
mod item;
mod read;
mod report;

pub use change::{create, delete, update};
pub use changes::Changes;
pub use content::{Content, Element, Kind};
pub(crate) use form::form;
pub use item::{Section, sections};
pub use read::{get, list};
pub(crate) use report::{report, sample};

/// One version of a questionnaire, opened. Sessions keep a copy of the one they began with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Questionnaire {
    /// This version.
    pub id: QuestionnaireId,
    /// All versions.
    pub group_id: QuestionnaireId,
    /// From 1, rising.
    pub version: i64,
    /// Whether it may not be used yet.
    pub is_draft: bool,
    /// Title, languages and questions.
    pub content: Content,
    /// When it could first be used.
    pub published_at: Option<Timestamp>,
    /// When this version was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Why a questionnaire is not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The application has no such version.
    #[error("no such questionnaire version")]
    NotFound,
    /// A field of the request is wrong.
    #[error("{field} is wrong")]
    Invalid {
        /// Which.
        field: &'static str,
        /// Why: a sentence, a list of them, or mistakes under their places.
        errors: Value,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Refused {
    fn invalid(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Invalid { field, errors: json!([sentence.into()]) }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a row that was opened is not used again")]
fn opened(row: QuestionnaireRow) -> Result<Questionnaire, store::Error> {
    let content = serde_json::from_str(&row.content)
        .map_err(|_| store::Error::Corrupt { table: "questionnaires", id: row.id.to_string() })?;
    Ok(Questionnaire {
        id: row.id,
        group_id: row.group_id,
        version: row.version,
        is_draft: row.status == DRAFT,
        content,
        published_at: row.published_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

const DRAFT: &str = "draft";
const PUBLISHED: &str = "published";

/// The id that a QUESTIONNAIRE step's settings name.
fn named(config: &Config) -> Option<QuestionnaireId> {
    config.get("questionnaire_uuid")?.as_str()?.parse().ok()
}

/// What an id stands for: a group's id means its newest published version, any other that very version.
async fn resolve(
    tx: &mut Tx,
    scope: &Scope,
    id: QuestionnaireId,
) -> Result<Option<QuestionnaireRow>, store::Error> {
    match store::questionnaires::find_published(tx, scope, id).await? {
        Some(row) => Ok(Some(row)),
        None => store::questionnaires::find(tx, scope, id).await,
    }
}

/// Refuses a graph that asks for a questionnaire which the application does not have, or has only as a draft.
pub(crate) async fn known(tx: &mut Tx, scope: &Scope, graph: &Graph) -> Result<(), workflows::Refused> {
    for (_, feature, config) in graph.features_in_order() {
        let Some(id) = named(config).filter(|_| feature == Feature::Questionnaire) else { continue };
        let why = match resolve(tx, scope, id).await? {
            Some(row) if row.status == PUBLISHED => continue,
            Some(_) => format!("Questionnaire '{id}' is a draft. Publish it first."),
            None => format!(
                "Questionnaire '{id}' was not found for this application. Create the questionnaire first, then use \
                 its questionnaire_id."
            ),
        };
        return Err(workflows::Refused::Invalid { field: "features", errors: Value::from(why) });
    }
    Ok(())
}

/// The questionnaires of a workflow as they are now, by node, for a session to keep. One that is gone or inactive is
/// left out: its step then says that it did not run.
pub(crate) async fn pin(
    tx: &mut Tx,
    scope: &Scope,
    graph: &Graph,
) -> Result<BTreeMap<String, Questionnaire>, store::Error> {
    let mut pinned = BTreeMap::new();
    for (node, feature, config) in graph.features_in_order() {
        let Some(id) = named(config).filter(|_| feature == Feature::Questionnaire) else { continue };
        let row = resolve(tx, scope, id).await?.filter(|row| row.status == PUBLISHED);
        let questionnaire = row.map(opened).transpose()?.filter(|found| found.content.is_active);
        if let Some(questionnaire) = questionnaire {
            pinned.insert(node.0.clone(), questionnaire);
        }
    }
    Ok(pinned)
}
