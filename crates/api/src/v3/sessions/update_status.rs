//! `PATCH /v3/session/{session_id}/update-status/` (core API §3.7).

use axum::Json;
use axum::extract::State;
use engine::Engine;
use engine::reviews::Addressee;
use engine::sessions::{self, StatusRefused, StatusUpdate, StepChoice};
use model::id::SessionId;
use model::status::SessionStatus;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::approvals::needs_second_person;
use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, Whole, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, ObjectRefusals, RateRefusals, SecondPersonRefusals};
use crate::path_id::PathId;
use crate::problem::{Code, Problem};

/// What a step may be called (features §18.2).
const FEATURES: [&str; 24] = [
    "OCR",
    "OCR_BACK",
    "NFC",
    "AML",
    "FACE",
    "LIVENESS",
    "FACE_MATCH",
    "IP_ANALYSIS",
    "AGE_ESTIMATION",
    "PROOF_OF_ADDRESS",
    "PHONE_VERIFICATION",
    "EMAIL_VERIFICATION",
    "FACE_SEARCH",
    "DATABASE_VALIDATION",
    "QUESTIONNAIRE",
    "DOCUMENT_AI",
    "KYB_REGISTRY",
    "KYB_DOCUMENTS",
    "KYB_KEY_PEOPLE",
    "ID_VERIFICATION",
    "POA",
    "PHONE",
    "EMAIL",
    "KYB",
];

/// A decision made by hand.
#[derive(ToSchema)]
#[schema(as = StatusUpdate, example = json!({"new_status": "Approved", "comment": "All checks passed manual review"}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct StatusUpdateFields {
    /// `Approved`, `Declined` or `Resubmitted`.
    new_status: String,
    /// Why; kept in the session's reviews.
    comment: Option<String>,
    /// For `Resubmitted`: the steps to redo. Without it, those that were tried and not passed.
    nodes_to_resubmit: Option<Vec<StepFields>>,
    /// Whether `email_address` is mailed: the decision, or a link with the reasons.
    #[schema(default = false)]
    send_email: Option<bool>,
    /// Needed with `send_email`.
    #[schema(format = "email")]
    email_address: Option<String>,
    /// A language that we do not speak is answered in English.
    #[schema(default = "en")]
    email_language: Option<String>,
}

/// One step to redo. A text with the node's id or the feature's name does as well.
#[derive(ToSchema)]
#[schema(as = StepToResubmit, example = json!({"node_id": "id_verification_1", "feature": "OCR"}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct StepFields {
    /// A node of the session's workflow.
    node_id: String,
    /// What it verifies. Finds the step alone if the workflow has no such node and one step of this kind.
    feature: String,
}

struct Wanted(StatusUpdate);

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let status = fields.required("new_status", status);
        let comment = fields.optional("comment", values::opaque(10_000));
        let steps = fields.optional("nodes_to_resubmit", steps);
        let send_email = fields.optional("send_email", values::boolean);
        let address = fields.optional("email_address", values::email);
        let language = fields.optional("email_language", values::opaque(100));
        let (send_email, address) = (send_email?.unwrap_or_default(), address?);
        if send_email && address.is_none() {
            return fields.reject("email_address", "Email address is required when send_email is true.");
        }
        let language = language?.unwrap_or_else(|| "en".to_owned());
        let notify = address.filter(|_| send_email).map(|address| Addressee { address, language });
        let comment = comment?.filter(|text| !text.is_empty());
        Some(Self(StatusUpdate { status: status?, steps: steps?.unwrap_or_default(), comment, notify }))
    }
}

fn status(value: &Value) -> Parsed<SessionStatus> {
    use SessionStatus::{Approved, Declined, Resubmitted};
    match super::reviews::status(value)? {
        status @ (Approved | Declined | Resubmitted) => Ok(status),
        _ => wrong("You can only update the status to 'Approved', 'Declined', or 'Resubmitted'."),
    }
}

/// Mistakes stand in a list, one entry per step, as the contract has it.
fn steps(value: &Value) -> Parsed<Vec<StepChoice>> {
    let Value::Array(items) = value else {
        return wrong(format!("Expected a list of items but got type \"{}\".", values::kind(value)));
    };
    let read: Vec<_> = items.iter().map(step).collect();
    if read.iter().all(Result::is_ok) {
        return Ok(read.into_iter().filter_map(Result::ok).collect());
    }
    Err(read.into_iter().map(|step| step.err().unwrap_or_else(|| json!({}))).collect())
}

fn step(value: &Value) -> Parsed<StepChoice> {
    if let Value::String(_) = value {
        return values::text(200)(value).map(|node_id| StepChoice { node_id, feature: None });
    }
    crate::body::fields::nested::<Step>(value).map(|step| step.0)
}

struct Step(StepChoice);

impl Read for Step {
    fn read(fields: &mut Fields) -> Option<Self> {
        let node_id = fields.required("node_id", values::text(200));
        let feature = fields.required("feature", feature);
        Some(Self(StepChoice { node_id: node_id?, feature: Some(feature?) }))
    }
}

fn feature(value: &Value) -> Parsed<String> {
    let found = value.as_str().and_then(|text| FEATURES.iter().find(|name| name.eq_ignore_ascii_case(text)));
    let unknown = || {
        let given = values::plain(value);
        wrong(format!("\"{given}\" is not a valid choice. Valid choices are: {}.", FEATURES.join(", ")))
    };
    found.map_or_else(unknown, |name| Ok((*name).to_owned()))
}

/// The session that was decided.
#[derive(Serialize, ToSchema)]
pub(super) struct StatusUpdated {
    #[schema(value_type = Uuid)]
    session_id: SessionId,
}

/// Approve, decline or ask for steps again
///
/// The session must be `Approved`, `Declined`, `In Review`, `Kyc Expired`, `Abandoned` or `Resubmitted`. Repeating
/// `Approved` or `Declined` changes nothing. `Resubmitted` forgets what the chosen steps found, keeps the others, gives
/// the session fresh time and opens the same link again; steps that need nobody (`AML`, `DATABASE_VALIDATION`,
/// `IP_ANALYSIS`) run at once, every 30 seconds at most. Approving a session that was declined may need a second person.
#[utoipa::path(
    patch, path = "/v3/session/{session_id}/update-status/", tag = "sessions", security(("api_key" = [])),
    params(("session_id" = Uuid, Path, description = "From the create's answer.")),
    request_body = StatusUpdateFields,
    responses((status = 200, description = "Decided.", body = StatusUpdated), BodyRefusals, ObjectRefusals, SecondPersonRefusals, RateRefusals)
)]
pub(super) async fn update_status(
    PathId(id): PathId<SessionId>,
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
    Body(Whole(object)): Body<Whole>,
) -> Result<Json<StatusUpdated>, Problem> {
    // A session that cannot be decided says so before anything is said about the request.
    sessions::is_reviewable(&engine, &caller.scope, id).await?;
    let Wanted(wanted) = read(object)?;
    sessions::update_status(&engine, &caller.scope, id, &wanted).await?;
    Ok(Json(StatusUpdated { session_id: id }))
}

fn read(object: Map<String, Value>) -> Result<Wanted, Problem> {
    Fields::of(object).read()
}

impl From<StatusRefused> for Problem {
    fn from(refused: StatusRefused) -> Self {
        match refused {
            StatusRefused::NotFound => Self::new(Code::NotFound),
            StatusRefused::NotReviewable(status) => Self::detail(
                Code::Invalid,
                format!(
                    "Only sessions with status Approved, Declined, In Review, Kyc Expired, Abandoned, Resubmitted can \
                     be updated. Current status: {status}"
                ),
            ),
            StatusRefused::SameStatus => Self::list("The new status is the same as the current status."),
            StatusRefused::NotResubmittable(features) => {
                let names: Vec<_> = features.iter().map(|feature| feature.workflow_name()).collect();
                let names = names.join(", ");
                Self::field_text(
                    "nodes_to_resubmit",
                    format!(
                        "The following features cannot be resubmitted directly: {names}. Resubmit the relevant child \
                         KYC sessions instead; the parent will recompute automatically."
                    ),
                )
            }
            StatusRefused::UnknownStep(node) => Self::field_text(
                "nodes_to_resubmit",
                format!("'{node}' does not name exactly one step of this session's workflow."),
            ),
            StatusRefused::NothingToRedo => Self::field_text(
                "nodes_to_resubmit",
                "No features found that need resubmission. All features are already approved.",
            ),
            StatusRefused::NeedsApproval(request) => needs_second_person(request),
            StatusRefused::TooSoon(seconds) => Self::throttled(seconds),
            StatusRefused::Store(error) => Self::server_error(&error),
        }
    }
}
