//! Changing what is known of an entity.

use serde_json::{Map, Value, json};
use store::Scope;

use super::activity::{self, Activity};
use super::record::Record;
use super::{Entity, EntityStatus, Kind, Profile, Refused, block, read};
use crate::{Engine, audit};

/// The fields of a patch; what is absent stays, an inner `None` empties.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "core API §10.1")]
pub struct Changes {
    pub display_name: Option<Option<String>>,
    pub full_name: Option<Option<String>>,
    pub date_of_birth: Option<Option<String>>,
    pub approved_emails: Option<Vec<String>>,
    pub approved_phones: Option<Vec<String>>,
    pub issuing_states: Option<Vec<String>>,
    pub legal_name: Option<Option<String>>,
    pub registration_number: Option<Option<String>>,
    pub country_code: Option<Option<String>>,
    /// Replaces the whole object.
    pub metadata: Option<Map<String, Value>>,
    pub status: Option<EntityStatus>,
}

impl Changes {
    /// Applies them; says what they changed.
    fn apply(self, profile: &mut Profile) -> Vec<(&'static str, Value, Value)> {
        fn set<T: PartialEq + serde::Serialize>(
            changes: &mut Vec<(&'static str, Value, Value)>,
            name: &'static str,
            field: &mut T,
            change: Option<T>,
        ) {
            if let Some(new) = change
                && *field != new
            {
                changes.push((name, json!(field), json!(new)));
                *field = new;
            }
        }
        let mut changes = Vec::new();
        set(&mut changes, "display_name", &mut profile.display_name, self.display_name);
        set(&mut changes, "full_name", &mut profile.full_name, self.full_name);
        set(&mut changes, "date_of_birth", &mut profile.date_of_birth, self.date_of_birth);
        set(&mut changes, "approved_emails", &mut profile.approved_emails, self.approved_emails);
        set(&mut changes, "approved_phones", &mut profile.approved_phones, self.approved_phones);
        set(&mut changes, "issuing_states", &mut profile.issuing_states, self.issuing_states);
        set(&mut changes, "legal_name", &mut profile.legal_name, self.legal_name);
        set(&mut changes, "registration_number", &mut profile.registration_number, self.registration_number);
        set(&mut changes, "country_code", &mut profile.country_code, self.country_code);
        set(&mut changes, "metadata", &mut profile.metadata, self.metadata);
        changes
    }
}

/// Applies a patch. A user's status changes here without an activity and without the system block list, a business's
/// with the list: so the contract has it.
pub async fn update(
    engine: &Engine,
    scope: &Scope,
    kind: Kind,
    vendor_data: &str,
    changes: Changes,
) -> Result<Entity, Refused> {
    let mut tx = engine.store.begin().await?;
    let found = Record::claim(engine, &mut tx, scope, kind, vendor_data).await?;
    let mut record = found.ok_or(Refused::NotFound)?;
    let (previous, status) = (record.status(), changes.status.unwrap_or(record.status()));
    let changed = changes.apply(&mut record.profile);
    if previous != status || !changed.is_empty() {
        record.set_status(status);
        record.save(engine, &mut tx, scope).await?;
        let mut names: Vec<&str> = changed.iter().map(|(name, _, _)| *name).collect();
        if previous != status {
            names.push("status");
        }
        let details = json!({"changed_fields": names});
        audit::note(engine, &mut tx, scope, &format!("{}.updated", kind.as_str()), record.row.id, details)
            .await?;
        if !changed.is_empty() {
            activity::note(engine, &mut tx, &record, &Activity::profile_updated(changed)).await?;
        }
        if kind == Kind::Business {
            block::follow_status(engine, &mut tx, scope, kind, vendor_data, (previous, status)).await?;
        }
    }
    let entity = read::whole(engine, &mut tx, scope, &record).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(entity)
}
