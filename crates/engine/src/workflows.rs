//! Workflows as integrators manage them: from a `features` array to a versioned graph (core API §5).

use jiff::Timestamp;
use model::id::{WorkflowId, WorkflowVersionId};
use serde_json::{Value, json};
use store::workflows::WorkflowRow;
use store::{Scope, Tx};

use crate::Engine;
use crate::credits::{self, Price};

pub mod definition;
pub mod templates;

mod changes;
mod config;
pub mod console;
mod create;
mod delete;
mod features;
pub mod fields;
mod graph;
pub mod link;
mod read;
mod update;

pub use changes::{Changes, Status};
pub use create::{create, create_from_template};
pub use definition::{Definition, Settings};
pub use delete::delete;
pub use features::FeatureChoice;
pub use read::{Page, get, list};
pub use templates::Template;
pub use update::update;

/// So many workflows may an application have (features §1.9).
pub const MAX_WORKFLOWS: usize = 50;

/// One version of a workflow, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Workflow {
    /// This version.
    pub id: WorkflowVersionId,
    /// All versions.
    pub workflow_id: WorkflowId,
    /// From 1, rising.
    pub version: i64,
    /// Draft or published.
    pub status: Status,
    /// The name people see.
    pub label: String,
    /// What it does.
    pub definition: Definition,
    /// Whether it is the application's default.
    pub is_default: bool,
    /// Whether any version of it is a draft.
    pub has_draft: bool,
    /// When this version was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When sessions could first begin on it.
    pub published_at: Option<Timestamp>,
    /// Begins a session for whoever opens it.
    pub url: String,
    /// What a session on it costs; nothing where nothing is charged.
    pub price: Price,
}

/// Why a workflow is not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The application has no such version.
    #[error("no such workflow version")]
    NotFound,
    /// A field of the request is wrong.
    #[error("{field} is wrong")]
    Invalid {
        /// Which.
        field: &'static str,
        /// Why: a sentence, a list of them, or mistakes under their places.
        errors: Value,
    },
    /// The application has [`MAX_WORKFLOWS`] already.
    #[error("the application has as many workflows as it may")]
    TooMany,
    /// Published versions do not change under the console's hands.
    #[error("a published version is not edited in place")]
    NotEditable,
    /// Published versions are archived, not deleted.
    #[error("a published version is not deleted")]
    NotDeletable,
    /// Another request changed the workflow at the same moment.
    #[error("another request was faster")]
    Busy,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Refused {
    fn invalid(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Invalid { field, errors: json!([sentence.into()]) }
    }
}

/// A stored definition, opened. One that does not parse was damaged outside of this program.
pub fn definition(row: &WorkflowRow) -> Result<Definition, store::Error> {
    read_definition(&row.definition, row.id)
}

fn read_definition(text: &str, id: WorkflowVersionId) -> Result<Definition, store::Error> {
    serde_json::from_str(text).map_err(|_| store::Error::Corrupt { table: "workflows", id: id.to_string() })
}

/// What a version said at the revision that a session began on.
pub(crate) async fn pinned(
    tx: &mut Tx,
    scope: &Scope,
    id: WorkflowVersionId,
    revision: i64,
) -> Result<Definition, store::Error> {
    let corrupt = || store::Error::Corrupt { table: "workflows", id: id.to_string() };
    let row = store::workflows::find_pinned(tx, scope, id).await?.ok_or_else(corrupt)?;
    if row.revision == revision {
        return definition(&row);
    }
    let kept = store::workflows::find_revision(tx, scope, id, revision).await?;
    read_definition(&kept.ok_or_else(corrupt)?, id)
}

fn opened(engine: &Engine, row: &WorkflowRow, has_draft: bool) -> Result<Workflow, store::Error> {
    let definition = definition(row)?;
    let metered = engine.credits.metered;
    let price =
        if metered { credits::of_workflow(&engine.credits, &definition.graph) } else { Price::default() };
    Ok(Workflow {
        id: row.id,
        workflow_id: row.workflow_id,
        version: row.version,
        status: Status::from_stored(&row.status),
        label: row.label.clone(),
        definition,
        is_default: row.is_default,
        has_draft,
        created_at: row.created_at,
        updated_at: row.updated_at,
        published_at: row.published_at,
        url: link::url(engine, row.workflow_id),
        price,
    })
}

fn encoded(definition: &Definition) -> String {
    serde_json::to_string(definition).expect("a definition has text keys only")
}

/// Whether any version of this workflow is a draft.
async fn has_draft(tx: &mut Tx, scope: &Scope, id: WorkflowId) -> Result<bool, store::Error> {
    let rows = store::workflows::list(tx, scope).await?;
    Ok(rows.iter().any(|row| row.workflow_id == id && row.status == Status::Draft.as_str()))
}
