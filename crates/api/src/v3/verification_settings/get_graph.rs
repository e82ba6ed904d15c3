//! `GET …/verification-settings/{uuid}/workflow-graph/`

use axum::Json;
use axum::extract::State;
use engine::{Engine, workflows};
use model::id::WorkflowVersionId;
use serde_json::json;

use super::graph_body::GraphView;
use crate::caller::{Console, may};
use crate::openapi::{KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Read a workflow's graph
///
/// Nodes by id, each with where it leads.
#[utoipa::path(
    get, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/{uuid}/workflow-graph/", tag = "verification settings",
    security(("bearer" = [])),
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications."), ("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 200, description = "The graph.", body = GraphView), ObjectRefusals, KeyRefusals)
)]
pub(super) async fn get_graph(
    LastPathId(id): LastPathId<WorkflowVersionId>,
    operator: Console<may::ReadWorkflows>,
    State(engine): State<Engine>,
) -> Result<Json<GraphView>, Problem> {
    let workflow = workflows::get(&engine, &operator.scope, id).await?;
    Ok(Json(GraphView { graph: json!(workflow.definition.graph) }))
}
