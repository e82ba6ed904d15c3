//! Users on the wire.

use engine::decision::instant;
use engine::entities::Entity;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::v3::entities::{CommentView, EntityFeatureView, TagView, effective_name, features_list};

/// A user in the list.
#[derive(Serialize, ToSchema)]
#[schema(as = UserRow)]
pub(super) struct UserRowView {
    didit_internal_id: Uuid,
    /// Your name for the user.
    vendor_data: Option<String>,
    display_name: Option<String>,
    full_name: Option<String>,
    #[schema(format = "date")]
    date_of_birth: Option<String>,
    /// `display_name`, else `full_name`.
    effective_name: Option<String>,
    /// `ACTIVE`, `FLAGGED` or `BLOCKED`.
    status: &'static str,
    /// Works for 60 minutes.
    portrait_image_url: Option<String>,
    session_count: i64,
    approved_count: i64,
    declined_count: i64,
    in_review_count: i64,
    /// ISO 3166-1 alpha-3.
    issuing_states: Vec<String>,
    approved_emails: Vec<String>,
    approved_phones: Vec<String>,
    /// The latest status of every feature, by its name.
    #[schema(value_type = Object)]
    features: Map<String, Value>,
    /// The same as a list.
    features_list: Vec<EntityFeatureView>,
    #[schema(format = "date-time")]
    last_session_at: Option<String>,
    #[schema(format = "date-time")]
    last_activity_at: Option<String>,
    #[schema(format = "date-time")]
    first_session_at: Option<String>,
    tags: Vec<TagView>,
    #[schema(format = "date-time")]
    created_at: String,
}

/// A user.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub(super) struct UserView {
    #[serde(flatten)]
    row: UserRowView,
    /// Your own data.
    #[schema(value_type = Object)]
    metadata: Map<String, Value>,
    /// What was done to the user by people and programs, newest first.
    comments: Vec<CommentView>,
    #[schema(format = "date-time")]
    updated_at: String,
}

impl From<Entity> for UserRowView {
    fn from(entity: Entity) -> Self {
        let effective_name = effective_name(&entity);
        let profile = entity.profile;
        Self {
            didit_internal_id: entity.id.0,
            vendor_data: profile.vendor_data,
            display_name: profile.display_name,
            full_name: profile.full_name,
            date_of_birth: profile.date_of_birth,
            effective_name,
            status: entity.status.as_str(),
            portrait_image_url: entity.portrait_url,
            session_count: entity.session_count,
            approved_count: entity.approved_count,
            declined_count: entity.declined_count,
            in_review_count: entity.in_review_count,
            issuing_states: profile.issuing_states,
            approved_emails: profile.approved_emails,
            approved_phones: profile.approved_phones,
            features_list: features_list(&profile.features),
            features: profile.features,
            last_session_at: entity.last_session_at.map(instant),
            last_activity_at: Some(instant(entity.last_activity_at)),
            first_session_at: entity.first_session_at.map(instant),
            tags: Vec::new(),
            created_at: instant(entity.created_at),
        }
    }
}

impl From<Entity> for UserView {
    fn from(entity: Entity) -> Self {
        Self {
            metadata: entity.profile.metadata.clone(),
            comments: entity.activities.clone().into_iter().map(CommentView::from).collect(),
            updated_at: instant(entity.updated_at),
            row: entity.into(),
        }
    }
}
