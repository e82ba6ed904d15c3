//! `POST …/workflow-graph/validate/`

use axum::Json;
use engine::workflows::console;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::graph_body::{DrawnGraph, GraphView};
use crate::body::Body;
use crate::caller::{Console, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::Problem;

/// What was found in a graph.
#[derive(Serialize, ToSchema)]
#[schema(as = JudgedGraph)]
pub(super) struct JudgedView {
    is_valid: bool,
    /// By node; what concerns the whole under `non_field_errors`.
    #[schema(value_type = Object)]
    errors: Value,
    /// The graph as it would be kept, if it is valid.
    #[schema(value_type = Option<Object>)]
    graph: Option<Value>,
}

/// Judge a graph
///
/// Nothing is kept. `errors` holds sentences by node.
#[utoipa::path(
    post, path = "/v3/organization/{organization_id}/application/{application_id}/workflow-graph/validate/", tag = "verification settings",
    security(("bearer" = [])),
    request_body = GraphView,
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications.")),
    responses((status = 200, description = "What was found.", body = JudgedView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn validate_graph(
    _operator: Console<may::ReadWorkflows>,
    Body(DrawnGraph(drawn)): Body<DrawnGraph>,
) -> Result<Json<JudgedView>, Problem> {
    let judged = console::judge_graph(&drawn);
    Ok(Json(JudgedView {
        is_valid: judged.is_valid,
        errors: judged.errors,
        graph: judged.graph.map(|graph| json!(graph)),
    }))
}
