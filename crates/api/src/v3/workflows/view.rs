//! A workflow version on the wire: the row of the list, and the full record.

use engine::decision::instant;
use engine::workflows::{Status, Workflow};
use model::feature::Feature;
use model::workflow::Graph;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// One version in the list (core API §5.3).
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "the contract's own fields")]
#[schema(as = WorkflowRow)]
pub(in crate::v3) struct WorkflowRowView {
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
    /// In dollars, along the unconditional way; 0 where this server charges nothing.
    total_price: f64,
    /// Along the cheapest way.
    min_price: f64,
    /// Along the dearest way; what a session is charged.
    max_price: f64,
    /// Names joined by ` + `.
    #[schema(example = "OCR + LIVENESS + FACE_MATCH")]
    features: String,
    is_simple_workflow: bool,
    /// Drafts are edited in place.
    is_editable: bool,
    /// A link that begins a session of this workflow, for people without one.
    workflow_url: String,
    callback_url: Option<String>,
    max_retry_attempts: u32,
    retry_window_days: Option<u32>,
    /// Minutes.
    session_expiration_time: u32,
    face_liveness_max_attempts: u32,
    face_match_max_attempts: u32,
    /// Minutes without activity until an opened session is abandoned. Ours.
    idle_time: u32,
    /// Days after which an approval ends. Ours.
    kyc_expiration_days: Option<u32>,
    /// Whether an approval ends with its document. Ours.
    kyc_expires_with_document: bool,
    version: i64,
    /// `draft` or `published`.
    status: &'static str,
    has_draft: bool,
    /// Not recorded here; the audit log knows.
    #[schema(value_type = Option<Object>)]
    created_by: Option<Value>,
    created_at: String,
    updated_at: String,
}

/// One version in full.
#[derive(Serialize, ToSchema)]
#[schema(as = WorkflowRecord)]
pub(in crate::v3) struct WorkflowView {
    #[serde(flatten)]
    row: WorkflowRowView,
    /// Nodes by id, each leading to the next.
    #[schema(value_type = Object)]
    workflow_graph: Value,
    /// When this version was published.
    published_at: Option<String>,
    /// `is_liveness_enabled` and the like.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    enabled: Map<String, Value>,
    /// The settings of all features, each under its own key.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    config: Map<String, Value>,
}

/// The flags by which the vendor's record says what a workflow does.
fn enabled(graph: &Graph) -> Map<String, Value> {
    let features = graph.features_in_order();
    let flags = [
        ("is_nfc_enabled", Feature::Nfc),
        ("is_liveness_enabled", Feature::Liveness),
        ("is_face_match_enabled", Feature::FaceMatch),
        ("is_aml_enabled", Feature::Aml),
        ("is_phone_verification_enabled", Feature::PhoneVerification),
        ("is_email_verification_enabled", Feature::EmailVerification),
        ("is_database_validation_enabled", Feature::DatabaseValidation),
        ("is_ip_analysis_enabled", Feature::IpAnalysis),
    ];
    let has = |wanted| features.iter().any(|(_, feature, _)| *feature == wanted);
    flags.into_iter().map(|(flag, feature)| (flag.to_owned(), Value::Bool(has(feature)))).collect()
}

/// Settings by key; of a key that several steps have, the first step's. What the record says itself is left out.
fn flattened(graph: &Graph) -> Map<String, Value> {
    const OWN: [&str; 3] = ["face_liveness_max_attempts", "face_match_max_attempts", "status_rules"];
    let mut flat = Map::new();
    for (key, value) in graph.features_in_order().into_iter().flat_map(|(_, _, config)| config) {
        if !OWN.contains(&key.as_str()) && !flat.contains_key(key) {
            flat.insert(key.clone(), value.clone());
        }
    }
    flat
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
            is_archived: settings.is_archived,
            is_white_label_enabled: settings.is_white_label_enabled,
            is_desktop_allowed: settings.is_desktop_allowed,
            total_price: workflow.price.total.dollars(),
            min_price: workflow.price.min.dollars(),
            max_price: workflow.price.max.dollars(),
            features: names.join(" + "),
            is_simple_workflow: workflow.definition.graph.is_list(),
            is_editable: workflow.status == Status::Draft,
            workflow_url: workflow.url,
            callback_url: settings.callback_url,
            max_retry_attempts: settings.max_retry_attempts,
            retry_window_days: settings.retry_window_days,
            session_expiration_time: settings.session_expiration_time,
            face_liveness_max_attempts: settings.face_liveness_max_attempts,
            face_match_max_attempts: settings.face_match_max_attempts,
            idle_time: settings.idle_time,
            kyc_expiration_days: settings.kyc_expiration_days,
            kyc_expires_with_document: settings.kyc_expires_with_document,
            version: workflow.version,
            status: workflow.status.as_str(),
            has_draft: workflow.has_draft,
            created_by: None,
            created_at: instant(workflow.created_at),
            updated_at: instant(workflow.updated_at),
        }
    }
}

impl From<Workflow> for WorkflowView {
    fn from(workflow: Workflow) -> Self {
        let published = workflow.status == Status::Published;
        let since = workflow.published_at.or(published.then_some(workflow.created_at));
        let graph = &workflow.definition.graph;
        Self {
            workflow_graph: json!(graph),
            published_at: since.map(instant),
            enabled: enabled(graph),
            config: flattened(graph),
            row: workflow.into(),
        }
    }
}
