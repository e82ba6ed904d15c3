//! A workflow version on the wire: the row of the list, and the full record.

use engine::decision::instant;
use engine::workflows::{Status, Workflow};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// One version in the list (core API §5.3).
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "the contract's own fields")]
#[schema(as = WorkflowRow)]
pub(super) struct WorkflowRowView {
    /// This version; the id of these routes.
    uuid: Uuid,
    /// All versions; the id that sessions are created with. The first version's `uuid`.
    workflow_id: Uuid,
    workflow_label: String,
    /// `kyc` and the like for one made from a template.
    workflow_type: Option<String>,
    is_default: bool,
    is_archived: bool,
    is_white_label_enabled: bool,
    is_desktop_allowed: bool,
    /// Always 0: your own machine charges nothing.
    total_price: u32,
    min_price: u32,
    max_price: u32,
    /// Names joined by ` + `.
    #[schema(example = "OCR + LIVENESS + FACE_MATCH")]
    features: String,
    is_simple_workflow: bool,
    /// Drafts are edited in place.
    is_editable: bool,
    /// Links without a session are not served yet.
    workflow_url: Option<String>,
    callback_url: Option<String>,
    max_retry_attempts: u32,
    retry_window_days: Option<u32>,
    /// Minutes.
    session_expiration_time: u32,
    face_liveness_max_attempts: u32,
    face_match_max_attempts: u32,
    version: i64,
    /// `draft` or `published`.
    status: &'static str,
    has_draft: bool,
    created_at: String,
    updated_at: String,
}

/// One version in full.
#[derive(Serialize, ToSchema)]
#[schema(as = WorkflowRecord)]
pub(super) struct WorkflowView {
    #[serde(flatten)]
    row: WorkflowRowView,
    /// Nodes by id, each leading to the next.
    #[schema(value_type = Object)]
    workflow_graph: Value,
    /// When this version was published.
    published_at: Option<String>,
}

impl From<Workflow> for WorkflowRowView {
    fn from(workflow: Workflow) -> Self {
        let settings = workflow.definition.settings;
        let features = workflow.definition.graph.features_in_order();
        let names: Vec<_> = features.iter().map(|(_, feature, _)| feature.workflow_name()).collect();
        Self {
            uuid: workflow.id.0,
            workflow_id: workflow.workflow_id.0,
            workflow_label: workflow.label,
            workflow_type: settings.workflow_type,
            is_default: workflow.is_default,
            is_archived: false,
            is_white_label_enabled: settings.is_white_label_enabled,
            is_desktop_allowed: settings.is_desktop_allowed,
            total_price: 0,
            min_price: 0,
            max_price: 0,
            features: names.join(" + "),
            is_simple_workflow: true,
            is_editable: workflow.status == Status::Draft,
            workflow_url: None,
            callback_url: settings.callback_url,
            max_retry_attempts: settings.max_retry_attempts,
            retry_window_days: settings.retry_window_days,
            session_expiration_time: settings.session_expiration_time,
            face_liveness_max_attempts: settings.face_liveness_max_attempts,
            face_match_max_attempts: settings.face_match_max_attempts,
            version: workflow.version,
            status: workflow.status.as_str(),
            has_draft: workflow.has_draft,
            created_at: instant(workflow.created_at),
            updated_at: instant(workflow.updated_at),
        }
    }
}

impl From<Workflow> for WorkflowView {
    fn from(workflow: Workflow) -> Self {
        let published_at = (workflow.status == Status::Published).then(|| instant(workflow.created_at));
        Self { workflow_graph: json!(workflow.definition.graph), published_at, row: workflow.into() }
    }
}
