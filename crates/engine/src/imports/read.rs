//! Looking at imports.

use jiff::Timestamp;
use model::id::{ImportErrorId, ImportId};
use serde_json::{Map, Value};
use store::Scope;

use super::{Import, SealedRow, row_place, view};
use crate::Engine;
use crate::sessions::ReadRefused;
use crate::workflows::Page;

/// A row that was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedRow {
    /// Its id.
    pub id: ImportErrorId,
    /// From 1, the header not counted.
    pub row_number: i64,
    /// The id that it gave itself.
    pub external_id: Option<String>,
    /// What was wrong.
    pub error: String,
    /// What it said.
    pub raw_row: Map<String, Value>,
    /// When it was refused.
    pub created_at: Timestamp,
}

/// How far it is.
pub async fn get(engine: &Engine, scope: &Scope, id: ImportId) -> Result<Import, ReadRefused> {
    let mut tx = engine.store.read().await?;
    let row = store::imports::find(&mut tx, scope, id).await?.ok_or(ReadRefused::NotFound)?;
    Ok(view(engine, row)?)
}

/// The rows that it refused.
pub async fn errors(
    engine: &Engine,
    scope: &Scope,
    id: ImportId,
    limit: i64,
    offset: i64,
) -> Result<Page<RefusedRow>, ReadRefused> {
    let mut tx = engine.store.read().await?;
    let import = store::imports::find(&mut tx, scope, id).await?.ok_or(ReadRefused::NotFound)?;
    let key = store::imports::unwrap(&engine.keyring, &import)?;
    let mut items = Vec::new();
    for row in store::imports::list_errors(&mut tx, id, limit, offset).await? {
        let SealedRow { external_id, error, raw_row } = key.open_json(&row_place(row.id), &row.sealed_row)?;
        let (id, row_number, created_at) = (row.id, row.row_number, row.created_at);
        items.push(RefusedRow { id, row_number, external_id, error, raw_row, created_at });
    }
    Ok(Page { count: usize::try_from(import.failed_count).unwrap_or(0), items })
}
