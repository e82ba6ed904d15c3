//! The bodies of creating and changing a list.

use engine::lists::{EntryType, ListChanges, NewList};
use utoipa::ToSchema;

use crate::body::{Fields, Read, values};
use crate::v3::entities::nullable;

const OWN_TYPES: &[&str] = &["allowlist", "custom"];

/// A new list.
#[derive(ToSchema)]
#[schema(example = json!({"name": "Trusted partners", "list_type": "allowlist", "entry_type": "email"}))]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct CreateListFields {
    /// Unique in the application.
    #[schema(max_length = 255)]
    name: String,
    description: Option<String>,
    /// `allowlist` or `custom`. Block lists are the system's own.
    list_type: String,
    /// What may be on it: `face`, `document`, `phone`, `email`, `ip_address`, `device_fingerprint`, `wallet_address`,
    /// `bank_account`, `country`, `user`, `business` or `key`.
    entry_type: String,
}

pub(super) struct CreateList(pub(super) NewList);

impl Read for CreateList {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.required("name", values::text(255));
        let description = fields.optional("description", values::opaque(2000));
        let list_type = fields.required("list_type", values::choice(OWN_TYPES));
        let entry_type = fields.required("entry_type", values::choice(EntryType::NAMES));
        Some(Self(NewList {
            name: name?,
            description: description?.filter(|text| !text.is_empty()),
            list_type: list_type?,
            entry_type: EntryType::of_name(entry_type?)?,
        }))
    }
}

/// What changes of a list.
#[derive(ToSchema)]
#[schema(example = json!({"name": "Trusted partners 2026"}))]
#[expect(dead_code, reason = "describes the body; it is read field by field")]
pub(super) struct UpdateListFields {
    /// Unique in the application.
    #[schema(max_length = 255)]
    name: Option<String>,
    description: Option<String>,
}

pub(super) struct UpdateList(pub(super) ListChanges);

impl Read for UpdateList {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.given("name", values::text(255));
        let description = nullable(fields, "description", values::opaque(2000));
        Some(Self(ListChanges { name: name?, description: description? }))
    }
}
