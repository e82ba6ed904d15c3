//! `PUT …/verification-settings/{uuid}/workflow-graph/`

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::workflows::console;
use model::id::WorkflowVersionId;
use serde_json::json;

use super::graph_body::{DrawnGraph, GraphView};
use crate::body::Body;
use crate::caller::{Console, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// Draw a draft's graph anew
///
/// Refused, with the nodes named, where a way leads nowhere or back, or a condition asks what is not known on every path.
#[utoipa::path(
    put, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/{uuid}/workflow-graph/", tag = "verification settings",
    security(("bearer" = [])),
    request_body = GraphView,
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications."), ("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 200, description = "The graph as kept.", body = GraphView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn put_graph(
    LastPathId(id): LastPathId<WorkflowVersionId>,
    operator: Console<may::WriteWorkflows>,
    State(engine): State<Engine>,
    Body(DrawnGraph(drawn)): Body<DrawnGraph>,
) -> Result<Json<GraphView>, Problem> {
    let graph = console::put_graph(&engine, &operator.scope, id, &drawn).await?;
    Ok(Json(GraphView { graph: json!(graph) }))
}
