//! Workflows as integrators manage them: from a `features` array to a versioned graph (core API §5).

use jiff::Timestamp;
use model::id::{WorkflowId, WorkflowVersionId};
use store::workflows::WorkflowRow;
use store::{Scope, Tx};

pub mod definition;
pub mod templates;

mod changes;
mod config;
mod create;
mod delete;
mod features;
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
}

/// Why a workflow is not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The application has no such version.
    #[error("no such workflow version")]
    NotFound,
    /// A field of the request is wrong; one sentence per mistake.
    #[error("{field} is wrong")]
    Invalid {
        /// Which.
        field: &'static str,
        /// Why.
        sentences: Vec<String>,
    },
    /// The application has [`MAX_WORKFLOWS`] already.
    #[error("the application has as many workflows as it may")]
    TooMany,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Refused {
    fn invalid(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Invalid { field, sentences: vec![sentence.into()] }
    }
}

/// A stored definition, opened. One that does not parse was damaged outside of this program.
pub fn definition(row: &WorkflowRow) -> Result<Definition, store::Error> {
    serde_json::from_str(&row.definition)
        .map_err(|_| store::Error::Corrupt { table: "workflows", id: row.id.to_string() })
}

fn opened(row: &WorkflowRow, has_draft: bool) -> Result<Workflow, store::Error> {
    Ok(Workflow {
        id: row.id,
        workflow_id: row.workflow_id,
        version: row.version,
        status: Status::from_stored(&row.status),
        label: row.label.clone(),
        definition: definition(row)?,
        is_default: row.is_default,
        has_draft,
        created_at: row.created_at,
        updated_at: row.updated_at,
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
