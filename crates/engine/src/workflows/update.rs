//! Changing a workflow. Sessions stay pinned to the version they began on, so what a published version does never
//! changes: such a change makes the next version. Its name and its being the default may change in place.

use model::id::WorkflowVersionId;
use store::workflows::WorkflowRow;
use store::{Scope, Tx};

use super::{Changes, Refused, Status, Workflow, definition, encoded, has_draft, opened};
use crate::Engine;

/// Applies a patch to one version and answers the resulting one, which may be the next.
pub async fn update(
    engine: &Engine,
    scope: &Scope,
    id: WorkflowVersionId,
    changes: Changes,
) -> Result<Workflow, Refused> {
    let mut tx = engine.store.begin().await?;
    let row = store::workflows::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let published = Status::from_stored(&row.status) == Status::Published;
    if published && changes.status == Some(Status::Draft) {
        return Err(Refused::invalid("status", "Cannot revert a published version to draft."));
    }
    let before = definition(&row)?;
    let after = changes.applied(Some(before.clone()))?;
    let next = WorkflowRow {
        label: changes.workflow_label.unwrap_or_else(|| row.label.clone()),
        definition: encoded(&after),
        is_default: changes.is_default.unwrap_or(row.is_default),
        status: changes.status.unwrap_or(Status::Published).as_str().to_owned(),
        updated_at: engine.now(),
        ..row.clone()
    };
    if next.is_default && !row.is_default {
        store::workflows::clear_default(&mut tx, scope).await?;
    }
    let next = if published && (changes.status == Some(Status::Published) || after != before) {
        next_version(engine, &mut tx, scope, next).await?
    } else {
        store::workflows::save(&mut tx, &next).await?;
        next
    };
    let has_draft = has_draft(&mut tx, scope, next.workflow_id).await?;
    tx.commit().await?;
    Ok(opened(&next, has_draft)?)
}

/// Publishes `next` as a version of its own; a draft of the same workflow has been overtaken and goes.
async fn next_version(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    next: WorkflowRow,
) -> Result<WorkflowRow, store::Error> {
    let drafts = store::workflows::list(tx, scope).await?.into_iter().filter(|row| {
        row.workflow_id == next.workflow_id && Status::from_stored(&row.status) == Status::Draft
    });
    for draft in drafts {
        store::workflows::delete(tx, scope, draft.id, next.updated_at).await?;
    }
    if next.is_default {
        store::workflows::clear_default(tx, scope).await?;
    }
    let latest = store::workflows::latest_version(tx, scope, next.workflow_id).await?.unwrap_or(0);
    let row = WorkflowRow {
        id: WorkflowVersionId(engine.uuid()),
        version: latest + 1,
        created_at: next.updated_at,
        ..next
    };
    store::workflows::insert(tx, &row).await?;
    Ok(row)
}
