//! Workflows as operators edit them: drafts are drawn as graphs, a published version is never edited in place (core API
//! §5.6).

use model::id::WorkflowVersionId;
use model::workflow::{Graph, NodeId, validity};
use serde_json::{Value, json};
use store::Scope;
use store::workflows::WorkflowRow;

use super::{Changes, Refused, Settings, Status, Workflow, definition, encoded, fields, graph, opened};
use crate::{Engine, audit, questionnaires};

/// What is wrong with a graph, for the console to show beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Whether it can be published.
    pub is_valid: bool,
    /// Sentences by node; those of the whole under `non_field_errors`.
    pub errors: Value,
    /// The graph as it would be kept.
    pub graph: Option<Graph>,
}

/// Applies a patch. A draft stays one unless it is published; of a published version only the name, its being the
/// default and its being archived change.
pub async fn change(
    engine: &Engine,
    scope: &Scope,
    id: WorkflowVersionId,
    mut changes: Changes,
) -> Result<Workflow, Refused> {
    let mut tx = engine.store.read().await?;
    let row = store::workflows::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    drop(tx);
    if Status::from_stored(&row.status) == Status::Draft {
        changes.status = changes.status.or(Some(Status::Draft));
    } else {
        let kept = Changes {
            workflow_label: changes.workflow_label.clone(),
            is_default: changes.is_default,
            is_archived: changes.is_archived,
            status: changes.status,
            ..Changes::default()
        };
        if kept != changes {
            return Err(Refused::NotEditable);
        }
        // Published again is published still.
        changes.status = changes.status.filter(|status| *status == Status::Draft);
    }
    super::update(engine, scope, id, changes).await
}

/// A draft of the same workflow that begins as this version; the one there is, if there is one. True if it is new.
pub async fn create_draft(
    engine: &Engine,
    scope: &Scope,
    id: WorkflowVersionId,
) -> Result<(Workflow, bool), Refused> {
    let mut tx = engine.store.begin().await?;
    let row = store::workflows::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let versions = store::workflows::list(&mut tx, scope).await?;
    let mut drafts = versions.iter().filter(|version| {
        version.workflow_id == row.workflow_id && Status::from_stored(&version.status) == Status::Draft
    });
    if let Some(draft) = drafts.next() {
        return Ok((opened(engine, draft, true)?, false));
    }
    let latest = store::workflows::latest_version(&mut tx, scope, row.workflow_id).await?.unwrap_or(0);
    let now = engine.now();
    let draft = WorkflowRow {
        id: WorkflowVersionId(engine.uuid()),
        version: latest + 1,
        status: Status::Draft.as_str().to_owned(),
        is_default: false,
        created_at: now,
        updated_at: now,
        revision: 0,
        published_at: None,
        ..row
    };
    store::workflows::insert(&mut tx, &draft).await.map_err(|error| match error {
        store::Error::Taken(_) => Refused::Busy,
        error => error.into(),
    })?;
    let details = json!({"version": draft.version});
    audit::note(engine, &mut tx, scope, "workflow.draft_created", draft.id, details).await?;
    tx.commit().await?;
    Ok((opened(engine, &draft, true)?, true))
}

/// Removes a draft. What was published is archived instead.
pub async fn delete_draft(engine: &Engine, scope: &Scope, id: WorkflowVersionId) -> Result<(), Refused> {
    let workflow = super::get(engine, scope, id).await?;
    if workflow.status == Status::Published {
        return Err(Refused::NotDeletable);
    }
    super::delete(engine, scope, id).await
}

/// Draws a draft anew.
pub async fn put_graph(
    engine: &Engine,
    scope: &Scope,
    id: WorkflowVersionId,
    drawn: &Value,
) -> Result<Graph, Refused> {
    let mut tx = engine.store.begin().await?;
    let row = store::workflows::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    if Status::from_stored(&row.status) == Status::Published {
        return Err(Refused::NotEditable);
    }
    let mut after = definition(&row)?;
    after.graph = graph::read(drawn, &after.settings)
        .map_err(|faults| Refused::Invalid { field: "graph", errors: graph::to_wire(&faults) })?;
    questionnaires::known(&mut tx, scope, &after.graph).await?;
    let next = WorkflowRow { definition: encoded(&after), updated_at: engine.now(), ..row.clone() };
    store::workflows::save(&mut tx, &next, row.revision).await.map_err(|error| match error {
        store::Error::Stale => Refused::Busy,
        error => error.into(),
    })?;
    audit::note(engine, &mut tx, scope, "workflow.graph_updated", id, json!({"version": row.version}))
        .await?;
    tx.commit().await?;
    Ok(after.graph)
}

/// Judges a graph and keeps nothing.
pub fn judge_graph(drawn: &Value) -> Judged {
    match graph::read(drawn, &Settings::default()) {
        Ok(graph) => Judged { is_valid: true, errors: json!({}), graph: Some(graph) },
        Err(faults) => Judged { is_valid: false, errors: graph::to_wire(&faults), graph: None },
    }
}

/// The fields that conditions of a node may use: those of features that completed on every path reaching it.
pub async fn branch_fields(
    engine: &Engine,
    scope: &Scope,
    id: WorkflowVersionId,
    drawn: &Value,
    node: &NodeId,
) -> Result<Vec<Value>, Refused> {
    let mut tx = engine.store.read().await?;
    let row = store::workflows::find(&mut tx, scope, id).await?.ok_or(Refused::NotFound)?;
    let settings = definition(&row)?.settings;
    let drawn = graph::drawn(drawn, &settings)
        .map_err(|faults| Refused::Invalid { field: "graph", errors: graph::to_wire(&faults) })?;
    if !drawn.nodes.contains_key(node) {
        return Err(Refused::invalid("node_id", "The graph has no such node."));
    }
    let usable = validity::usable(&drawn, node)
        .ok_or_else(|| Refused::invalid("graph", "There is no sound way from the start to this node."))?;
    let questionnaires = questionnaires::pin(&mut tx, scope, &drawn).await?;
    let mut found = Vec::new();
    for (node, feature) in usable {
        let asked =
            questionnaires.get(&node.0).map(|found| found.content.elements.as_slice()).unwrap_or_default();
        let answers = asked.iter().filter(|element| !element.kind.is_layout()).map(fields::answer);
        for mut entry in fields::of(feature).into_iter().chain(answers) {
            entry["node_id"] = json!(node);
            found.push(entry);
        }
    }
    Ok(found)
}
