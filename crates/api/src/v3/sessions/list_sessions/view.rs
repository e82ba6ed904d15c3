//! Rows of the list on the wire.

use engine::decision::instant;
use engine::sessions::{BusinessRow, Listed, PersonRow};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// A session of either kind; `session_kind` tells which.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = SessionRow)]
#[expect(clippy::large_enum_variant, reason = "one row at a time, and never for long")]
pub(in crate::v3::sessions) enum SessionRowView {
    /// Of a person.
    User(Box<UserRowView>),
    /// Of a business.
    Business(BusinessRowView),
}

/// A person's session. What no step has said yet is null.
#[derive(Serialize, ToSchema)]
#[schema(as = UserSessionRow)]
pub(in crate::v3::sessions) struct UserRowView {
    session_id: Uuid,
    #[schema(example = "user")]
    session_kind: &'static str,
    session_number: i64,
    /// Null for a session that was brought from elsewhere.
    #[schema(format = "uri")]
    session_url: Option<String>,
    /// A link that works for 60 minutes: the chip's picture, else the document's, else liveness's.
    #[schema(format = "uri")]
    portrait_image: Option<String>,
    #[schema(example = "Passport")]
    document_type: Option<&'static str>,
    #[schema(example = "Jane Marie Doe")]
    full_name: Option<String>,
    /// ISO 3166-1 alpha-3.
    #[schema(example = "ESP")]
    country: Option<String>,
    #[schema(example = "Approved")]
    status: &'static str,
    vendor_data: Option<String>,
    /// Your user behind it, over all their sessions.
    didit_internal_id: Option<Uuid>,
    #[schema(format = "date-time")]
    created_at: String,
    /// Every step of the workflow, in its order.
    features: Vec<FeatureStateView>,
    phone_number: Option<PhoneNumberView>,
    email_address: Option<EmailAddressView>,
    /// A few fields of each feature that ran, under `aml`, `database_validation`, `poa`, `liveness`, `face_match`,
    /// `phone_verification` and `email_verification`. Scores lie between 0 and 1 here.
    #[schema(value_type = Option<Object>)]
    additional_details: Option<Map<String, Value>>,
}

/// How far one step is.
#[derive(Serialize, ToSchema)]
#[schema(as = FeatureState)]
struct FeatureStateView {
    #[schema(example = "ID_VERIFICATION")]
    feature: &'static str,
    #[schema(example = "Approved")]
    status: &'static str,
}

/// The telephone number that was verified, else the one that was given.
#[derive(Serialize, ToSchema)]
#[schema(as = PhoneNumber)]
struct PhoneNumberView {
    number: String,
    is_verified: bool,
}

/// The e-mail address that was verified, else the one that was given.
#[derive(Serialize, ToSchema)]
#[schema(as = EmailAddress)]
struct EmailAddressView {
    email: String,
    is_verified: bool,
}

/// A business's session.
#[derive(Serialize, ToSchema)]
#[schema(as = BusinessSessionRow)]
pub(in crate::v3::sessions) struct BusinessRowView {
    session_id: Uuid,
    #[schema(example = "business")]
    session_kind: &'static str,
    session_number: i64,
    status: &'static str,
    vendor_data: Option<String>,
    #[schema(format = "date-time")]
    created_at: String,
    workflow_id: Uuid,
    #[schema(example = "kyb")]
    workflow_type: Option<String>,
    workflow_label: String,
    company_name: Option<String>,
    registration_number: Option<String>,
    country: Option<String>,
}

impl From<Listed> for SessionRowView {
    fn from(listed: Listed) -> Self {
        match listed {
            Listed::User(row) => Self::User(Box::new((*row).into())),
            Listed::Business(row) => Self::Business(row.into()),
        }
    }
}

impl From<PersonRow> for UserRowView {
    fn from(row: PersonRow) -> Self {
        let features = row.features.into_iter();
        Self {
            session_id: row.session_id.0,
            session_kind: "user",
            session_number: row.session_number,
            session_url: row.session_url,
            portrait_image: row.portrait_image,
            document_type: row.document_type,
            full_name: row.full_name,
            country: row.country,
            status: row.status.as_str(),
            vendor_data: row.vendor_data,
            didit_internal_id: None,
            created_at: instant(row.created_at),
            features: features.map(|(feature, status)| FeatureStateView { feature, status }).collect(),
            phone_number: row.phone.map(|(number, is_verified)| PhoneNumberView { number, is_verified }),
            email_address: row.email.map(|(email, is_verified)| EmailAddressView { email, is_verified }),
            additional_details: row.additional_details,
        }
    }
}

impl From<BusinessRow> for BusinessRowView {
    fn from(row: BusinessRow) -> Self {
        Self {
            session_id: row.session_id.0,
            session_kind: "business",
            session_number: row.session_number,
            status: row.status.as_str(),
            vendor_data: row.vendor_data,
            created_at: instant(row.created_at),
            workflow_id: row.workflow_id.0,
            workflow_type: row.workflow_type,
            workflow_label: row.workflow_label,
            company_name: row.company_name,
            registration_number: row.registration_number,
            country: row.country,
        }
    }
}
