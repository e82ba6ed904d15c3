//! A new workflow with its first version.

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::id::{WorkflowId, WorkflowVersionId};
use serde_json::json;
use store::workflows::WorkflowRow;
use store::{Scope, Tx};

use super::{Changes, Definition, MAX_WORKFLOWS, Refused, Status, Template, Workflow, encoded, opened};
use crate::{Engine, audit, questionnaires};

/// The contract's name for a workflow that was given none.
const DEFAULT_LABEL: &str = "ID Verification";

/// Makes a workflow from a `features` array; published unless a draft is asked for.
pub async fn create(engine: &Engine, scope: &Scope, changes: Changes) -> Result<Workflow, Refused> {
    let definition = changes.applied(None)?;
    let status = changes.status.unwrap_or(Status::Published);
    let label = changes.workflow_label.unwrap_or_else(|| DEFAULT_LABEL.to_owned());
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    let existing: BTreeSet<_> =
        store::workflows::list(&mut tx, scope).await?.into_iter().map(|row| row.workflow_id).collect();
    if existing.len() >= MAX_WORKFLOWS {
        return Err(Refused::TooMany);
    }
    questionnaires::known(&mut tx, scope, &definition.graph).await?;
    let is_default = changes.is_default == Some(true);
    if is_default {
        store::workflows::clear_default(&mut tx, scope).await?;
    }
    let row = first_version(scope, WorkflowId(engine.uuid()), label, &definition, now);
    let published_at = (status == Status::Published).then_some(now);
    let row = WorkflowRow { status: status.as_str().to_owned(), is_default, published_at, ..row };
    store::workflows::insert(&mut tx, &row).await?;
    audit::note(
        engine,
        &mut tx,
        scope,
        "workflow.created",
        row.id,
        json!({"version": 1, "status": row.status}),
    )
    .await?;
    tx.commit().await?;
    Ok(opened(engine, &row, status == Status::Draft)?)
}

/// Makes a published workflow from a template under this id, within the transaction that makes its application.
pub async fn create_from_template(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    id: WorkflowId,
    template: Template,
) -> Result<(), store::Error> {
    let row = first_version(scope, id, template.label().to_owned(), &template.definition(), engine.now());
    store::workflows::insert(tx, &WorkflowRow { is_default: template == Template::Kyc, ..row }).await
}

/// Version 1 has the id of the workflow itself (core API §5.3).
fn first_version(
    scope: &Scope,
    id: WorkflowId,
    label: String,
    definition: &Definition,
    now: Timestamp,
) -> WorkflowRow {
    WorkflowRow {
        id: WorkflowVersionId(id.0),
        workflow_id: id,
        application_id: scope.application_id(),
        version: 1,
        status: Status::Published.as_str().to_owned(),
        label,
        definition: encoded(definition),
        is_default: false,
        created_at: now,
        updated_at: now,
        deleted_at: None,
        revision: 0,
        published_at: Some(now),
    }
}
