//! Businesses on the wire.

use engine::decision::instant;
use engine::entities::Entity;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::v3::entities::{EntityFeatureView, TagView, effective_name, features_list};

/// A business in the list.
#[derive(Serialize, ToSchema)]
#[schema(as = BusinessRow)]
pub(super) struct BusinessRowView {
    didit_internal_id: Uuid,
    /// Your name for the business.
    vendor_data: Option<String>,
    display_name: Option<String>,
    legal_name: Option<String>,
    registration_number: Option<String>,
    /// ISO 3166-1 alpha-2.
    country_code: Option<String>,
    /// `display_name`, else `legal_name`.
    effective_name: Option<String>,
    /// `ACTIVE`, `FLAGGED` or `BLOCKED`.
    status: &'static str,
    session_count: i64,
    approved_count: i64,
    declined_count: i64,
    in_review_count: i64,
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

/// A business.
#[derive(Serialize, ToSchema)]
#[schema(as = Business)]
pub(super) struct BusinessView {
    #[serde(flatten)]
    row: BusinessRowView,
    /// Your own data.
    #[schema(value_type = Object)]
    metadata: Map<String, Value>,
    #[schema(format = "date-time")]
    updated_at: String,
}

impl From<Entity> for BusinessRowView {
    fn from(entity: Entity) -> Self {
        let effective_name = effective_name(&entity);
        let profile = entity.profile;
        Self {
            didit_internal_id: entity.id.0,
            vendor_data: profile.vendor_data,
            display_name: profile.display_name,
            legal_name: profile.legal_name,
            registration_number: profile.registration_number,
            country_code: profile.country_code,
            effective_name,
            status: entity.status.as_str(),
            session_count: entity.session_count,
            approved_count: entity.approved_count,
            declined_count: entity.declined_count,
            in_review_count: entity.in_review_count,
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

impl From<Entity> for BusinessView {
    fn from(entity: Entity) -> Self {
        Self {
            metadata: entity.profile.metadata.clone(),
            updated_at: instant(entity.updated_at),
            row: entity.into(),
        }
    }
}
