//! Changing a workflow as the public API does (the vendor's `update_workflow)`: without a `status`, a published version
//! changes in place and a draft is published; `published` on a published version makes the next one. Sessions stay on
//! what they began on: a change in place is a revision, and the one before is kept.

use model::id::WorkflowVersionId;
use serde_json::json;
use store::workflows::WorkflowRow;
use store::{Constraint, Scope, Tx};

use super::{Changes, Refused, Status, Workflow, definition, encoded, has_draft, opened};
use crate::{Engine, audit, questionnaires};

/// Parallel changes of one workflow take turns this often.
const TURNS: u32 = 20;

/// Applies a patch to one version and answers the resulting one, which may be the next.
pub async fn update(
    engine: &Engine,
    scope: &Scope,
    id: WorkflowVersionId,
    changes: Changes,
) -> Result<Workflow, Refused> {
    for _ in 0..TURNS {
        match attempt(engine, scope, id, &changes).await {
            // Another request was faster: its change is what this one builds on.
            Err(Refused::Store(store::Error::Stale | store::Error::Taken(Constraint::WorkflowVersion))) => {}
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

async fn attempt(
    engine: &Engine,
    scope: &Scope,
    id: WorkflowVersionId,
    changes: &Changes,
) -> Result<Workflow, Refused> {
    let mut tx = engine.store.begin().await?;
    let row = store::workflows::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let published = Status::from_stored(&row.status) == Status::Published;
    if published && changes.status == Some(Status::Draft) {
        return Err(Refused::invalid("status", "Cannot revert a published version to draft."));
    }
    let before = definition(&row)?;
    let after = changes.applied(Some(before.clone()))?;
    if changes.features.is_some() || changes.graph.is_some() {
        questionnaires::known(&mut tx, scope, &after.graph).await?;
    }
    let now = engine.now();
    let status = changes.status.unwrap_or(Status::Published);
    let next = WorkflowRow {
        label: changes.workflow_label.clone().unwrap_or_else(|| row.label.clone()),
        definition: encoded(&after),
        is_default: changes.is_default.unwrap_or(row.is_default),
        status: status.as_str().to_owned(),
        updated_at: now,
        published_at: row.published_at.or((status == Status::Published).then_some(now)),
        ..row.clone()
    };
    let next = if !published && status == Status::Published {
        // The next version of the default is the default.
        let versions = store::workflows::list(&mut tx, scope).await?;
        let default = versions.iter().any(|other| other.workflow_id == row.workflow_id && other.is_default);
        WorkflowRow { is_default: changes.is_default.unwrap_or(default), ..next }
    } else {
        next
    };
    let next = if published && changes.status == Some(Status::Published) {
        next_version(engine, &mut tx, scope, next).await?
    } else {
        in_place(&mut tx, scope, &row, next, after != before).await?
    };
    let details = json!({"version": next.version, "status": next.status, "revision": next.revision});
    audit::note(engine, &mut tx, scope, "workflow.updated", next.id, details).await?;
    let has_draft = has_draft(&mut tx, scope, next.workflow_id).await?;
    tx.commit().await?;
    Ok(opened(engine, &next, has_draft)?)
}

/// Changes a version where it stands. What a published one said before is kept for the sessions that began on it.
pub(super) async fn in_place(
    tx: &mut Tx,
    scope: &Scope,
    row: &WorkflowRow,
    mut next: WorkflowRow,
    differs: bool,
) -> Result<WorkflowRow, store::Error> {
    if next.is_default && !row.is_default {
        store::workflows::clear_default(tx, scope).await?;
    }
    if differs && Status::from_stored(&row.status) == Status::Published {
        store::workflows::keep_revision(tx, row, next.updated_at).await?;
        next.revision += 1;
    }
    store::workflows::save(tx, &next, row.revision).await?;
    Ok(next)
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
        revision: 0,
        published_at: Some(next.updated_at),
        created_at: next.updated_at,
        ..next
    };
    store::workflows::insert(tx, &row).await?;
    Ok(row)
}
