//! The body of creating and changing a user.

use engine::entities::{Changes, EntityStatus, NewEntity, Profile};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Fields, Read, values};
use crate::v3::entities::{metadata, nullable, status};

/// What is known of a user.
#[derive(ToSchema)]
#[schema(example = json!({"vendor_data": "user-abc-456", "full_name": "Jane Smith", "metadata": {"tier": "premium"}}))]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct UserFields {
    /// Your name for the user; required when creating, ignored when changing.
    vendor_data: Option<String>,
    #[schema(max_length = 512)]
    full_name: Option<String>,
    #[schema(max_length = 255)]
    display_name: Option<String>,
    #[schema(format = "date")]
    date_of_birth: Option<String>,
    /// `ACTIVE` (default), `FLAGGED` or `BLOCKED`.
    status: Option<String>,
    /// Any object.
    #[schema(value_type = Option<Object>)]
    metadata: Option<Map<String, Value>>,
    approved_emails: Option<Vec<String>>,
    approved_phones: Option<Vec<String>>,
    /// ISO 3166-1 alpha-3.
    issuing_states: Option<Vec<String>>,
}

pub(super) struct CreateUser(pub(super) NewEntity);

impl Read for CreateUser {
    fn read(fields: &mut Fields) -> Option<Self> {
        let vendor_data = fields.required("vendor_data", vendor_data);
        let changes = changes(fields, status);
        let (vendor_data, changes) = (vendor_data?, changes?);
        let status = changes.status.unwrap_or_default();
        let profile = Profile {
            vendor_data: Some(vendor_data),
            display_name: changes.display_name.flatten(),
            full_name: changes.full_name.flatten(),
            date_of_birth: changes.date_of_birth.flatten(),
            approved_emails: changes.approved_emails.unwrap_or_default(),
            approved_phones: changes.approved_phones.unwrap_or_default(),
            issuing_states: changes.issuing_states.unwrap_or_default(),
            metadata: changes.metadata.unwrap_or_default(),
            ..Profile::default()
        };
        Some(Self(NewEntity { profile, status }))
    }
}

pub(super) struct UpdateUser(pub(super) Changes);

impl Read for UpdateUser {
    fn read(fields: &mut Fields) -> Option<Self> {
        changes(fields, patched_status).map(Self)
    }
}

/// Exactly as sent, but not nothing.
fn vendor_data(value: &Value) -> Parsed<String> {
    let text = values::opaque(2048)(value)?;
    if text.trim().is_empty() { wrong("This field may not be blank.") } else { Ok(text) }
}

/// The contract words the same mistake otherwise in a patch.
fn patched_status(value: &Value) -> Parsed<EntityStatus> {
    let found = value.as_str().and_then(EntityStatus::of_name);
    let shown: String =
        value.as_str().map_or_else(|| value.to_string(), str::to_owned).chars().take(100).collect();
    found.map_or_else(|| wrong(format!("\"{shown}\" is not a valid choice.")), Ok)
}

fn changes(fields: &mut Fields, status: impl FnOnce(&Value) -> Parsed<EntityStatus>) -> Option<Changes> {
    let full_name = nullable(fields, "full_name", values::text(512));
    let display_name = nullable(fields, "display_name", values::text(255));
    let date_of_birth = nullable(fields, "date_of_birth", values::date);
    let status = fields.given("status", status);
    let metadata = nullable(fields, "metadata", metadata);
    let approved_emails = fields.given("approved_emails", values::list(values::text(254)));
    let approved_phones = fields.given("approved_phones", values::list(values::text(32)));
    let issuing_states = fields.given("issuing_states", values::list(values::text(10)));
    Some(Changes {
        full_name: full_name?,
        display_name: display_name?,
        date_of_birth: date_of_birth?,
        status: status?,
        metadata: metadata?.map(Option::unwrap_or_default),
        approved_emails: approved_emails?,
        approved_phones: approved_phones?,
        issuing_states: issuing_states?,
        ..Changes::default()
    })
}
