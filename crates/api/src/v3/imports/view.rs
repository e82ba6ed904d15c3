//! An import on the wire.

use engine::decision::instant;
use engine::imports::{Import, RefusedRow};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// How far an import is (`OpenAPI`, `SessionImportJob`).
#[derive(Serialize, ToSchema)]
#[schema(as = SessionImportJob)]
pub(in crate::v3::imports) struct ImportView {
    uuid: Uuid,
    /// `PENDING`, `PROCESSING`, `COMPLETED` or `FAILED`.
    #[schema(example = "PROCESSING")]
    status: String,
    #[schema(example = "user_verification")]
    import_type: String,
    /// `csv` or `ndjson`.
    #[schema(example = "ndjson")]
    source_format: String,
    source_filename: String,
    workflow_id: Uuid,
    total_rows: i64,
    processed_rows: i64,
    checkpoint_row: i64,
    created_count: i64,
    /// Always 0: a row that was brought before is skipped.
    updated_count: i64,
    skipped_count: i64,
    failed_count: i64,
    /// Always 0: media are not imported.
    total_media_bytes: i64,
    /// Why it failed as a whole.
    last_error: Option<String>,
    #[schema(format = "date-time")]
    created_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
    #[schema(format = "date-time")]
    started_at: Option<String>,
    #[schema(format = "date-time")]
    completed_at: Option<String>,
}

impl From<Import> for ImportView {
    fn from(import: Import) -> Self {
        Self {
            uuid: import.id.0,
            status: import.status,
            import_type: import.import_type,
            source_format: import.source_format,
            source_filename: import.source_filename,
            workflow_id: import.workflow_id.0,
            total_rows: import.total_rows,
            processed_rows: import.checkpoint_row,
            checkpoint_row: import.checkpoint_row,
            created_count: import.created_count,
            updated_count: 0,
            skipped_count: import.skipped_count,
            failed_count: import.failed_count,
            total_media_bytes: 0,
            last_error: import.last_error,
            created_at: instant(import.created_at),
            updated_at: instant(import.updated_at),
            started_at: import.started_at.map(instant),
            completed_at: import.completed_at.map(instant),
        }
    }
}

/// A row that was refused (`OpenAPI`, `SessionImportError`).
#[derive(Serialize, ToSchema)]
#[schema(as = SessionImportError)]
pub(in crate::v3::imports) struct RefusedRowView {
    uuid: Uuid,
    /// From 1, the header not counted.
    row_number: i64,
    external_id: Option<String>,
    #[schema(example = "status: invalid value 'unknown_status'")]
    error: String,
    #[schema(value_type = Object)]
    raw_row: Map<String, Value>,
    #[schema(format = "date-time")]
    created_at: String,
}

impl From<RefusedRow> for RefusedRowView {
    fn from(row: RefusedRow) -> Self {
        Self {
            uuid: row.id.0,
            row_number: row.row_number,
            external_id: row.external_id,
            error: row.error,
            raw_row: row.raw_row,
            created_at: instant(row.created_at),
        }
    }
}
