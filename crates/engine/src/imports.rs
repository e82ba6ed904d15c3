//! Verifications that were made elsewhere, brought from a file (`OpenAPI`, verification imports).
//!
//! The file is read by a job in small transactions that each move the import's checkpoint: a crash repeats at most one of
//! them, and what it made is made once.

use jiff::Timestamp;
use model::id::{ImportErrorId, ImportId, WorkflowId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::imports::ImportRow;
use store::{Place, SessionKey};

use crate::Engine;

mod create;
mod file;
mod person;
mod read;
mod run;

pub use create::{CreateRefused, NewImport, Source, create};
pub use file::Format;
use file::rows;
pub use person::COLUMNS;
pub use read::{RefusedRow, errors, get};
pub(crate) use run::run;

/// The largest file that is read.
pub const FILE_BYTES: usize = 25 * 1024 * 1024;
/// Rows that are read of one file.
const MOST_ROWS: usize = 200_000;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the contract's own words")]
pub enum Status {
    Pending,
    Processing,
    Completed,
    Failed,
}

impl Status {
    /// As on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Processing => "PROCESSING",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
        }
    }
}

/// An import as its owner sees it.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "OpenAPI, SessionImportJob")]
pub struct Import {
    pub id: ImportId,
    pub status: String,
    pub import_type: String,
    pub source_format: String,
    pub source_filename: String,
    pub workflow_id: WorkflowId,
    pub total_rows: i64,
    pub checkpoint_row: i64,
    pub created_count: i64,
    pub skipped_count: i64,
    pub failed_count: i64,
    pub last_error: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
}

/// The sealed part of an import.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Origin {
    /// Where the file is fetched; nothing for one that was sent.
    url: Option<String>,
    filename: String,
}

/// The sealed part of a refused row.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct SealedRow {
    external_id: Option<String>,
    error: String,
    raw_row: Map<String, Value>,
}

fn origin(key: &SessionKey, row: &ImportRow) -> Result<Origin, store::Error> {
    key.open_json(&origin_place(row.id), &row.sealed_source)
}

fn origin_place(id: ImportId) -> Place {
    Place::new("session_imports.source", id)
}

fn row_place(id: ImportErrorId) -> Place {
    Place::new("session_import_errors", id)
}

fn view(engine: &Engine, row: ImportRow) -> Result<Import, store::Error> {
    let key = store::imports::unwrap(&engine.keyring, &row)?;
    let source_filename = origin(&key, &row)?.filename;
    Ok(Import {
        id: row.id,
        status: row.status,
        import_type: row.import_type,
        source_format: row.source_format,
        source_filename,
        workflow_id: row.workflow_id,
        total_rows: row.total_rows,
        checkpoint_row: row.checkpoint_row,
        created_count: row.created_count,
        skipped_count: row.skipped_count,
        failed_count: row.failed_count,
        last_error: row.last_error,
        created_at: row.created_at,
        updated_at: row.updated_at,
        started_at: row.started_at,
        completed_at: row.completed_at,
    })
}
