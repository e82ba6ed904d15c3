//! Bodies that carry a graph, and the graph as documented.

use model::workflow::NodeId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::body::{Fields, Read, values};

/// `{graph}`; the engine reads what is in it.
pub(super) struct DrawnGraph(pub(super) Value);

impl Read for DrawnGraph {
    fn read(fields: &mut Fields) -> Option<Self> {
        fields.required("graph", |value| Ok(value.clone())).map(Self)
    }
}

/// `{graph, node_id}`
pub(super) struct GraphNode(pub(super) Value, pub(super) NodeId);

impl Read for GraphNode {
    fn read(fields: &mut Fields) -> Option<Self> {
        let graph = fields.required("graph", |value| Ok(value.clone()));
        let node = fields.required("node_id", values::text(100));
        Some(Self(graph?, NodeId(node?)))
    }
}

/// A graph as documented.
#[derive(Serialize, ToSchema)]
#[schema(as = WorkflowGraph, example = json!({"graph": {
    "start_node": "ocr",
    "nodes": {
        "ocr": {"node_type": "feature", "feature": "OCR", "next": "age"},
        "age": {"node_type": "branch", "branches": [
            {"id": "minor", "logic": "and", "rules": [{"field": "kyc.age", "operator": "less_than", "value": 18}], "goto": "no"},
            {"id": "else", "rules": [], "goto": "end"}]},
        "no": {"node_type": "status", "session_status": "Declined"},
        "end": {"node_type": "status", "session_status": "Determine"}
    }
}}))]
pub(super) struct GraphView {
    /// `{start_node, nodes}`
    #[schema(value_type = Object)]
    pub(super) graph: Value,
}

/// A graph and one of its nodes as documented.
#[derive(ToSchema)]
#[schema(as = WorkflowGraphNode)]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct GraphNodeFields {
    #[schema(value_type = Object)]
    pub(super) graph: Value,
    /// The node whose conditions are drawn.
    pub(super) node_id: String,
}
