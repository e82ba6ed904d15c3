//! `PATCH /v3/session/{session_id}/features/{node_id}/update-status/` (features §18.2).

use axum::Json;
use axum::extract::{Path, State};
use engine::Engine;
use engine::sessions::{self, FeatureRefused, FeatureUpdate};
use model::id::SessionId;
use model::status::FeatureStatus;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Body, Fields, Read, values};
use crate::caller::{Caller, may};
use crate::openapi::{BodyRefusals, KeyRefusals, ObjectRefusals};
use crate::problem::{Code, Problem};

/// One check judged by hand.
#[derive(ToSchema)]
#[schema(as = FeatureUpdate, example = json!({"new_status": "Approved", "comment": "Document verified by compliance."}))]
pub(super) struct UpdateFeature {
    /// `Approved`, `Declined` or `In Review`.
    #[schema(value_type = String)]
    new_status: FeatureStatus,
    /// Why; kept in the session's reviews.
    comment: Option<String>,
}

impl Read for UpdateFeature {
    fn read(fields: &mut Fields) -> Option<Self> {
        let new_status = fields.required("new_status", status);
        let comment = fields.optional("comment", values::opaque(10_000));
        Some(Self { new_status: new_status?, comment: comment?.filter(|text| !text.is_empty()) })
    }
}

fn status(value: &Value) -> Parsed<FeatureStatus> {
    match value.as_str() {
        Some("Approved") => Ok(FeatureStatus::Approved),
        Some("Declined") => Ok(FeatureStatus::Declined),
        Some("In Review") => Ok(FeatureStatus::InReview),
        _ => wrong(format!("\"{}\" is not a valid choice.", values::plain(value))),
    }
}

/// The check that was judged.
#[derive(Serialize, ToSchema)]
pub(super) struct FeatureUpdated {
    #[schema(value_type = Uuid)]
    session_id: SessionId,
    #[schema(example = "id_verification_1")]
    node_id: String,
    /// `KYC`, `Face`, `FaceMatch`, `AML`, `POA` and the like.
    #[schema(example = "KYC")]
    feature_type: &'static str,
    #[schema(example = "Approved")]
    new_status: &'static str,
}

/// Judge one check
///
/// The session's own status stays as it is; subscribers of `data.updated` are told.
#[utoipa::path(
    patch, path = "/v3/session/{session_id}/features/{node_id}/update-status/", tag = "sessions",
    security(("api_key" = [])),
    params(
        ("session_id" = Uuid, Path, description = "From the create's answer."),
        ("node_id" = String, Path, description = "The workflow's node, or `default` for the only one.", example = "id_verification_1"),
    ),
    request_body = UpdateFeature,
    responses((status = 200, description = "Judged.", body = FeatureUpdated), BodyRefusals, ObjectRefusals, KeyRefusals)
)]
pub(super) async fn update_feature(
    Path((session, node)): Path<(String, String)>,
    caller: Caller<may::WriteSessions>,
    State(engine): State<Engine>,
    Body(wanted): Body<UpdateFeature>,
) -> Result<Json<FeatureUpdated>, Problem> {
    let unknown = || Problem::detail(Code::NotFound, "Session not found.");
    let id = SessionId(Uuid::try_parse(&session).map_err(|_| unknown())?);
    let update = FeatureUpdate { status: wanted.new_status, comment: wanted.comment };
    let updated = sessions::update_feature(&engine, &caller.scope, id, &node, &update).await?;
    Ok(Json(FeatureUpdated {
        session_id: id,
        node_id: updated.node.0,
        feature_type: updated.feature.record_name(),
        new_status: update.status.as_str(),
    }))
}

impl From<FeatureRefused> for Problem {
    fn from(refused: FeatureRefused) -> Self {
        match refused {
            FeatureRefused::NotFound => Self::detail(Code::NotFound, "Session not found."),
            FeatureRefused::NoReport(node) => {
                let node: String = node.chars().take(100).collect();
                let sentence = format!("No feature found with node_id '{node}' in this session.");
                Self::detail(Code::NotFound, sentence)
            }
            FeatureRefused::SameStatus => {
                Self::field_text("new_status", "The new status is the same as the current status.")
            }
            FeatureRefused::Store(error) => Self::server_error(&error),
        }
    }
}
