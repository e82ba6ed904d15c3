//! The body of creating and changing a business.

use engine::entities::{Changes, NewEntity, Profile};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::body::{Fields, Read, values};
use crate::v3::entities::{metadata, nullable, status};

/// What is known of a business.
#[derive(ToSchema)]
#[schema(example = json!({"vendor_data": "company-456", "legal_name": "New Corp Ltd", "country_code": "US"}))]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct BusinessFields {
    /// Your name for the business; without it no session finds it. Ignored when changing.
    vendor_data: Option<String>,
    #[schema(max_length = 255)]
    display_name: Option<String>,
    #[schema(max_length = 255)]
    legal_name: Option<String>,
    #[schema(max_length = 100)]
    registration_number: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(max_length = 10)]
    country_code: Option<String>,
    /// `ACTIVE` (default), `FLAGGED` or `BLOCKED`.
    status: Option<String>,
    /// Any object.
    #[schema(value_type = Option<Object>)]
    metadata: Option<Map<String, Value>>,
}

pub(super) struct CreateBusiness(pub(super) NewEntity);

impl Read for CreateBusiness {
    fn read(fields: &mut Fields) -> Option<Self> {
        let vendor_data = fields.optional("vendor_data", values::opaque(2048));
        let changes = changes(fields);
        let (vendor_data, changes) = (vendor_data?, changes?);
        let status = changes.status.unwrap_or_default();
        let profile = Profile {
            vendor_data: vendor_data.filter(|text| !text.is_empty()),
            display_name: changes.display_name.flatten(),
            legal_name: changes.legal_name.flatten(),
            registration_number: changes.registration_number.flatten(),
            country_code: changes.country_code.flatten(),
            metadata: changes.metadata.unwrap_or_default(),
            ..Profile::default()
        };
        Some(Self(NewEntity { profile, status }))
    }
}

pub(super) struct UpdateBusiness(pub(super) Changes);

impl Read for UpdateBusiness {
    fn read(fields: &mut Fields) -> Option<Self> {
        changes(fields).map(Self)
    }
}

fn changes(fields: &mut Fields) -> Option<Changes> {
    let display_name = nullable(fields, "display_name", values::text(255));
    let legal_name = nullable(fields, "legal_name", values::text(255));
    let registration_number = nullable(fields, "registration_number", values::text(100));
    let country_code = nullable(fields, "country_code", values::text(10));
    let status = fields.given("status", status);
    let metadata = nullable(fields, "metadata", metadata);
    Some(Changes {
        display_name: display_name?,
        legal_name: legal_name?,
        registration_number: registration_number?,
        country_code: country_code?,
        status: status?,
        metadata: metadata?.map(Option::unwrap_or_default),
        ..Changes::default()
    })
}
