//! Looking at workflows.

use std::collections::BTreeSet;

use model::id::WorkflowVersionId;
use store::Scope;

use super::{Refused, Status, Workflow, has_draft, opened};
use crate::Engine;

/// Some of a list, and how long it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// How many there are in all.
    pub count: usize,
    /// These of them.
    pub items: Vec<T>,
}

/// Every version of the application's workflows, newest first.
pub async fn list(
    engine: &Engine,
    scope: &Scope,
    limit: usize,
    offset: usize,
) -> Result<Page<Workflow>, Refused> {
    let mut tx = engine.store.read().await?;
    let rows = store::workflows::list(&mut tx, scope).await?;
    let drafts: BTreeSet<_> =
        rows.iter().filter(|row| row.status == Status::Draft.as_str()).map(|row| row.workflow_id).collect();
    let items = rows
        .iter()
        .skip(offset)
        .take(limit)
        .map(|row| opened(engine, row, drafts.contains(&row.workflow_id)))
        .collect::<Result<_, _>>()?;
    Ok(Page { count: rows.len(), items })
}

/// One version.
pub async fn get(engine: &Engine, scope: &Scope, id: WorkflowVersionId) -> Result<Workflow, Refused> {
    let mut tx = engine.store.read().await?;
    let row = store::workflows::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let has_draft = has_draft(&mut tx, scope, row.workflow_id).await?;
    Ok(opened(engine, &row, has_draft)?)
}
