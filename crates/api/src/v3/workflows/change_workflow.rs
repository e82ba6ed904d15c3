//! The fields of a create and of a patch: only these, anything else is refused by name (features §1.9).

use engine::workflows::{Changes, FeatureChoice, Status, Template};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::body::fields::{Parsed, nested, wrong};
use crate::body::{Fields, Read, values};

const ACCEPTED: [&str; 15] = [
    "workflow_label",
    "is_default",
    "status",
    "features",
    "is_white_label_enabled",
    "is_desktop_allowed",
    "max_retry_attempts",
    "retry_window_days",
    "session_expiration_time",
    "face_liveness_max_attempts",
    "face_match_max_attempts",
    "callback_url",
    "idle_time",
    "kyc_expiration_days",
    "kyc_expires_with_document",
];

/// A new workflow; `features` is required.
pub(super) struct CreateWorkflow(pub(super) Changes);

/// A change of a workflow; what is absent stays.
pub(super) struct UpdateWorkflow(pub(super) Changes);

impl Read for CreateWorkflow {
    fn read(fields: &mut Fields) -> Option<Self> {
        let features = fields.required("features", values::list(nested::<FeatureItem>));
        let changes = changes(fields, &ACCEPTED);
        let features = features?.into_iter().map(|item| item.0).collect();
        Some(Self(Changes { features: Some(features), ..changes? }))
    }
}

impl Read for UpdateWorkflow {
    fn read(fields: &mut Fields) -> Option<Self> {
        let features = fields.given("features", values::list(nested::<FeatureItem>));
        let changes = changes(fields, &ACCEPTED);
        let features = features?.map(|items| items.into_iter().map(|item| item.0).collect());
        Some(Self(Changes { features, ..changes? }))
    }
}

/// What the console sends: the same, or a graph, or the name of a template.
pub(in crate::v3) struct ConsoleWorkflow(pub(in crate::v3) Changes);

impl Read for ConsoleWorkflow {
    fn read(fields: &mut Fields) -> Option<Self> {
        let console = ["graph", "workflow_graph", "workflow_type", "is_archived"];
        let features = fields.optional("features", values::list(nested::<FeatureItem>));
        let template = fields.optional("workflow_type", template);
        let is_archived = fields.given("is_archived", values::boolean);
        let graph = fields.optional("graph", |value| Ok(value.clone()));
        let drawn = fields.optional("workflow_graph", |value| Ok(value.clone()));
        let accepted: Vec<&str> = ACCEPTED.into_iter().chain(console).collect();
        let changes = changes(fields, &accepted);
        let features = features?.map(|items| items.into_iter().map(|item| item.0).collect());
        let graph = graph?.or(drawn?);
        Some(Self(Changes { features, graph, template: template?, is_archived: is_archived?, ..changes? }))
    }
}

fn template(value: &Value) -> Parsed<Template> {
    let name = value.as_str().unwrap_or_default();
    let found =
        Template::ALL.into_iter().find(|template| template.workflow_type().eq_ignore_ascii_case(name));
    let shown: String = name.chars().take(100).collect();
    found.map_or_else(|| wrong(format!("\"{shown}\" is not a valid choice.")), Ok)
}

/// Everything but the features.
fn changes(fields: &mut Fields, accepted: &[&str]) -> Option<Changes> {
    let unknown: Vec<String> =
        fields.names().filter(|name| !accepted.contains(name)).map(str::to_owned).collect();
    for name in unknown {
        let accepted: Vec<_> = accepted.iter().map(|name| format!("`{name}`")).collect();
        let accepted = accepted.join(", ");
        fields.reject::<()>(&name, format!("The v3 workflow API only accepts {accepted}."));
    }
    let workflow_label = fields.given("workflow_label", values::text(50));
    let is_default = fields.given("is_default", values::boolean);
    let status = fields.given("status", status);
    let is_white_label_enabled = fields.given("is_white_label_enabled", values::boolean);
    let is_desktop_allowed = fields.given("is_desktop_allowed", values::boolean);
    let max_retry_attempts = fields.given("max_retry_attempts", whole(0, 10));
    let all_time = fields.is_null("retry_window_days");
    let retry_window_days = fields.optional("retry_window_days", whole(1, 365));
    let session_expiration_time = fields.given("session_expiration_time", whole(60, 40_320));
    let face_liveness_max_attempts = fields.given("face_liveness_max_attempts", whole(1, 3));
    let face_match_max_attempts = fields.given("face_match_max_attempts", whole(1, 3));
    let idle_time = fields.given("idle_time", whole(10, 40_320));
    let never = fields.is_null("kyc_expiration_days");
    let kyc_expiration_days = fields.optional("kyc_expiration_days", whole(1, 3_650));
    let kyc_expires_with_document = fields.given("kyc_expires_with_document", values::boolean);
    let no_callback = fields.is_null("callback_url");
    let callback_url = fields.optional("callback_url", values::callback);
    Some(Changes {
        workflow_label: workflow_label?,
        features: None,
        is_default: is_default?,
        status: status?,
        callback_url: if no_callback { Some(None) } else { callback_url?.map(Some) },
        is_white_label_enabled: is_white_label_enabled?,
        is_desktop_allowed: is_desktop_allowed?,
        max_retry_attempts: max_retry_attempts?,
        retry_window_days: if all_time { Some(None) } else { retry_window_days?.map(Some) },
        session_expiration_time: session_expiration_time?,
        face_liveness_max_attempts: face_liveness_max_attempts?,
        face_match_max_attempts: face_match_max_attempts?,
        idle_time: idle_time?,
        kyc_expiration_days: if never { Some(None) } else { kyc_expiration_days?.map(Some) },
        kyc_expires_with_document: kyc_expires_with_document?,
        ..Changes::default()
    })
}

fn whole(min: i64, max: i64) -> impl Fn(&Value) -> Parsed<u32> {
    move |value| {
        let number = values::integer(min, max)(value)?;
        u32::try_from(number).or_else(|_| wrong("A valid integer is required."))
    }
}

fn status(value: &Value) -> Parsed<Status> {
    Ok(match values::choice(&["draft", "published"])(value)? {
        "draft" => Status::Draft,
        _ => Status::Published,
    })
}

struct FeatureItem(FeatureChoice);

impl Read for FeatureItem {
    fn read(fields: &mut Fields) -> Option<Self> {
        for key in ["branches", "next", "node_type"] {
            if fields.has(key) {
                fields.reject::<()>(key, "The v3 workflow API only accepts a linear list of features.");
            }
        }
        let feature = fields.required("feature", values::text(50));
        let config = fields.optional("config", object);
        let label = fields.optional("label", values::text(100));
        Some(Self(FeatureChoice { feature: feature?, config: config?.unwrap_or_default(), label: label? }))
    }
}

fn object(value: &Value) -> Parsed<Map<String, Value>> {
    let kind = values::kind(value);
    let message = format!("Expected a dictionary of items but got type \"{kind}\".");
    value.as_object().cloned().map_or_else(|| wrong(message), Ok)
}

/// A workflow as documented.
#[derive(ToSchema)]
#[schema(as = Workflow, example = json!({
    "workflow_label": "Standard KYC",
    "features": [{"feature": "OCR", "config": {"invalid_mrz_action": "REVIEW"}}]
}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(in crate::v3) struct WorkflowFields {
    /// The name people see; `ID Verification` unless given.
    #[schema(max_length = 50)]
    pub(in crate::v3) workflow_label: Option<String>,
    /// The steps in order.
    #[schema(min_items = 1)]
    pub(in crate::v3) features: Vec<FeatureFields>,
    /// Whether it is the application's default.
    pub(in crate::v3) is_default: Option<bool>,
    /// `draft`, or `published` unless given.
    pub(in crate::v3) status: Option<String>,
    /// Where people go when the session does not say. Ours.
    #[schema(format = "uri")]
    pub(in crate::v3) callback_url: Option<String>,
    pub(in crate::v3) is_white_label_enabled: Option<bool>,
    pub(in crate::v3) is_desktop_allowed: Option<bool>,
    /// New sessions allowed after a decline; 3 unless given.
    #[schema(minimum = 0, maximum = 10)]
    pub(in crate::v3) max_retry_attempts: Option<u32>,
    /// Days over which those count, null for ever; 7 unless given.
    #[schema(minimum = 1, maximum = 365)]
    pub(in crate::v3) retry_window_days: Option<u32>,
    /// Minutes until an unfinished session ends; 10080, seven days, unless given.
    #[schema(minimum = 60, maximum = 40320)]
    pub(in crate::v3) session_expiration_time: Option<u32>,
    #[schema(minimum = 1, maximum = 3)]
    pub(in crate::v3) face_liveness_max_attempts: Option<u32>,
    #[schema(minimum = 1, maximum = 3)]
    pub(in crate::v3) face_match_max_attempts: Option<u32>,
    /// Minutes without activity until an opened session is abandoned; 1440, a day, unless given. Ours.
    #[schema(minimum = 10, maximum = 40320)]
    pub(in crate::v3) idle_time: Option<u32>,
    /// Days after which an approval turns `Kyc Expired`; never unless given. Ours.
    #[schema(minimum = 1, maximum = 3650)]
    pub(in crate::v3) kyc_expiration_days: Option<u32>,
    /// Whether an approval ends with the document it rests on, which it does unless told otherwise. Ours.
    pub(in crate::v3) kyc_expires_with_document: Option<bool>,
}

/// One step as documented.
#[derive(ToSchema)]
#[schema(as = WorkflowFeature)]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(in crate::v3) struct FeatureFields {
    /// `OCR`, `NFC`, `LIVENESS`, `FACE_MATCH`, `PROOF_OF_ADDRESS`, `PHONE_VERIFICATION`, `EMAIL_VERIFICATION`, `AML`,
    /// `IP_ANALYSIS`, `DATABASE_VALIDATION`, `QUESTIONNAIRE`, `AGE_ESTIMATION`, `DOCUMENT_AI`, `KYB_REGISTRY`,
    /// `KYB_DOCUMENTS` or `KYB_KEY_PEOPLE`, in any letter case.
    pub(in crate::v3) feature: String,
    /// The step's settings; unknown keys are dropped, words taken in any letter case.
    #[schema(value_type = Option<Object>)]
    pub(in crate::v3) config: Option<Value>,
    /// Your own name for the step.
    pub(in crate::v3) label: Option<String>,
}
