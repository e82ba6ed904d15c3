//! What the routes of users and businesses have in common.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use engine::decision::instant;
use engine::entities::{Activity, Entity, EntityStatus, Kind, Refused};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::approvals::needs_second_person;
use crate::body::fields::{Parsed, wrong};
use crate::body::{Fields, Read, values};
use crate::problem::{Code, Problem};

/// The vendor data in a path, exactly as sent.
pub(super) struct VendorData(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for VendorData {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| Code::NotFound)?;
        Ok(Self(text))
    }
}

/// Where an entity shall stand.
#[derive(ToSchema)]
#[schema(example = json!({"status": "BLOCKED"}))]
pub(super) struct UpdateEntityStatus {
    /// `ACTIVE`, `FLAGGED` or `BLOCKED`.
    #[schema(value_type = String)]
    pub(super) status: EntityStatus,
}

impl Read for UpdateEntityStatus {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self { status: fields.required("status", status)? })
    }
}

/// A status by its exact name.
pub(super) fn status(value: &Value) -> Parsed<EntityStatus> {
    let found = value.as_str().and_then(EntityStatus::of_name);
    let names = EntityStatus::NAMES.join(", ");
    found.map_or_else(|| wrong(format!("Invalid status. Valid options are: {names}")), Ok)
}

/// Any object.
pub(super) fn metadata(value: &Value) -> Parsed<Map<String, Value>> {
    value.as_object().cloned().map_or_else(|| wrong("Metadata must be a JSON object."), Ok)
}

/// A field that may be missing, or null, which empties it. The outer `None` is a recorded mistake.
#[expect(clippy::option_option, reason = "wrong, absent, emptied, set: four answers")]
pub(super) fn nullable<T>(
    fields: &mut Fields,
    name: &str,
    parse: impl FnOnce(&Value) -> Parsed<T>,
) -> Option<Option<Option<T>>> {
    if fields.is_null(name) {
        return Some(Some(None));
    }
    Some(fields.optional(name, parse)?.map(Some))
}

/// Whom a delete means: `vendor_data_list`.
pub(super) fn names(value: &Value) -> Parsed<Vec<String>> {
    values::list(values::opaque(2048))(value)
}

/// How many were deleted.
#[derive(Serialize, ToSchema)]
pub(super) struct DeletedView {
    pub(super) deleted: usize,
}

/// The latest status of one feature.
#[derive(Serialize, ToSchema)]
pub(super) struct EntityFeatureView {
    feature: String,
    status: String,
}

/// A tag.
#[derive(Serialize, ToSchema)]
pub(super) struct TagView {
    uuid: Uuid,
    name: String,
    color: String,
}

/// The features as a list, in the order in which they were first seen.
pub(super) fn features_list(features: &Map<String, Value>) -> Vec<EntityFeatureView> {
    let view = |(feature, status): (&String, &Value)| EntityFeatureView {
        feature: feature.clone(),
        status: status.as_str().unwrap_or_default().to_owned(),
    };
    features.iter().map(view).collect()
}

/// One act in the record of a user.
#[derive(Serialize, ToSchema)]
pub(super) struct CommentView {
    uuid: Uuid,
    /// `STATUS_CHANGED`, `PROFILE_UPDATED` or `METADATA_UPDATED`.
    comment_type: String,
    comment: Option<String>,
    actor_email: Option<String>,
    actor_name: Option<String>,
    previous_status: Option<String>,
    new_status: Option<String>,
    #[schema(value_type = Option<Object>)]
    previous_value: Option<Map<String, Value>>,
    #[schema(value_type = Option<Object>)]
    new_value: Option<Map<String, Value>>,
    changed_fields: Vec<String>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Value>,
    mentioned_emails: Vec<String>,
    #[schema(format = "date-time")]
    created_at: String,
}

impl From<Activity> for CommentView {
    fn from(activity: Activity) -> Self {
        Self {
            uuid: activity.id,
            comment_type: activity.comment_type,
            comment: None,
            actor_email: None,
            actor_name: None,
            previous_status: activity.previous_status,
            new_status: activity.new_status,
            previous_value: activity.previous_value,
            new_value: activity.new_value,
            changed_fields: activity.changed_fields,
            metadata: None,
            mentioned_emails: Vec::new(),
            created_at: instant(activity.created_at),
        }
    }
}

/// The best name there is.
pub(super) fn effective_name(entity: &Entity) -> Option<String> {
    entity.effective_name().map(str::to_owned)
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::new(Code::NotFound),
            Refused::Taken(kind) => {
                let message = format!("A {} with this vendor_data already exists.", kind.as_str());
                Self::field("vendor_data", message)
            }
            Refused::NoSelector(Kind::User) => Self::list("Provide vendor_data_list or set delete_all=true."),
            Refused::NoSelector(Kind::Business) => {
                Self::list("Provide vendor_data_list, didit_internal_id_list, or set delete_all=true.")
            }
            Refused::NeedsApproval(request) => needs_second_person(request),
            Refused::Store(error) => Self::server_error(&error),
        }
    }
}
