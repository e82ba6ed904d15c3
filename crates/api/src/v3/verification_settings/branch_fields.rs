//! `POST …/verification-settings/{uuid}/workflow-graph/branch-fields/`

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::workflows::console;
use model::id::WorkflowVersionId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::graph_body::{GraphNode, GraphNodeFields};
use crate::body::Body;
use crate::caller::{Console, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::path_id::LastPathId;
use crate::problem::Problem;

/// What the conditions of a node may ask.
#[derive(Serialize, ToSchema)]
#[schema(as = BranchFields)]
pub(super) struct FieldsView {
    node_id: String,
    /// `{field, feature, node_id, type, operators}` each.
    #[schema(value_type = Vec<Object>)]
    fields: Vec<Value>,
}

/// List the fields that a node may use
///
/// Those of features that completed on every path reaching it.
#[utoipa::path(
    post, path = "/v3/organization/{organization_id}/application/{application_id}/verification-settings/{uuid}/workflow-graph/branch-fields/", tag = "verification settings",
    security(("bearer" = [])),
    request_body = GraphNodeFields,
    params(("organization_id" = Uuid, Path, description = "Yours."), ("application_id" = Uuid, Path, description = "One of its applications."), ("uuid" = Uuid, Path, description = "The version's `uuid`.")),
    responses((status = 200, description = "The fields.", body = FieldsView), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn branch_fields(
    LastPathId(id): LastPathId<WorkflowVersionId>,
    operator: Console<may::ReadWorkflows>,
    State(engine): State<Engine>,
    Body(GraphNode(drawn, node)): Body<GraphNode>,
) -> Result<Json<FieldsView>, Problem> {
    let fields = console::branch_fields(&engine, &operator.scope, id, &drawn, &node).await?;
    Ok(Json(FieldsView { node_id: node.0, fields }))
}
