//! An entity in hand: claimed, changed, saved with what follows from the change.

use model::id::EntityId;
use store::entities::EntityRow;
use store::{Place, Scope, SessionKey, Tx};

use super::{Entity, EntityStatus, Kind, Profile, announce, vendor_hash};
use crate::Engine;

/// A loaded entity. While a transaction holds a claimed one, nobody else changes it.
pub(super) struct Record {
    pub(super) kind: Kind,
    pub(super) row: EntityRow,
    pub(super) profile: Profile,
    pub(super) key: SessionKey,
    /// As it was loaded; nothing for one that is being made.
    before: Option<Entity>,
}

impl Record {
    /// The entity of this vendor data, to be read.
    pub(super) async fn find(
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
        kind: Kind,
        vendor_data: &str,
    ) -> Result<Option<Self>, store::Error> {
        let hash = vendor_hash(engine, scope, kind, vendor_data);
        match store::entities::find_by_vendor(tx, scope, &hash).await? {
            Some(row) => Self::of(engine, tx, kind, row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The entity of this vendor data, to be changed: others wait until this transaction ends.
    pub(super) async fn claim(
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
        kind: Kind,
        vendor_data: &str,
    ) -> Result<Option<Self>, store::Error> {
        let hash = vendor_hash(engine, scope, kind, vendor_data);
        match store::entities::claim(tx, scope, &hash).await? {
            Some(row) => Self::of(engine, tx, kind, row).await.map(Some),
            None => Ok(None),
        }
    }

    pub(super) async fn of(
        engine: &Engine,
        tx: &mut Tx,
        kind: Kind,
        row: EntityRow,
    ) -> Result<Self, store::Error> {
        let corrupt = || store::Error::Corrupt { table: "entity_keys", id: row.id.to_string() };
        let key = store::entity_keys::find(tx, &engine.keyring, row.id).await?.ok_or_else(corrupt)?;
        let profile = key.open_json(&place(row.id), &row.sealed)?;
        let mut record = Self { kind, row, profile, key, before: None };
        record.before = Some(record.entity());
        Ok(record)
    }

    /// A new entity, kept at once so that parallel makers find it. Nothing if another has the vendor data.
    pub(super) async fn insert(
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
        kind: Kind,
        profile: Profile,
        status: EntityStatus,
    ) -> Result<Option<Self>, store::Error> {
        let (id, now, key) = (EntityId(engine.uuid()), engine.now(), SessionKey::generate());
        let vendor_data = profile.vendor_data.as_deref();
        let row = EntityRow {
            id,
            application_id: scope.application_id(),
            kind: kind.as_str().to_owned(),
            vendor_hash: vendor_data.map(|vendor_data| vendor_hash(engine, scope, kind, vendor_data)),
            status: status.as_str().to_owned(),
            session_count: 0,
            approved_count: 0,
            declined_count: 0,
            in_review_count: 0,
            sealed: key.seal_json(&place(id), &profile),
            version: 1,
            first_session_at: None,
            last_session_at: None,
            last_activity_at: now,
            created_at: now,
            updated_at: now,
        };
        if !store::entities::insert(tx, &row).await? {
            return Ok(None);
        }
        store::entity_keys::insert(tx, &engine.keyring, id, &key, now).await?;
        Ok(Some(Self { kind, row, profile, key, before: None }))
    }

    /// Writes what changed and tells subscribers of it; says whether any wants to hear. The caller commits.
    pub(super) async fn save(
        &mut self,
        engine: &Engine,
        tx: &mut Tx,
        scope: &Scope,
    ) -> Result<bool, store::Error> {
        let now = engine.now();
        (self.row.last_activity_at, self.row.updated_at) = (now, now);
        self.row.sealed = self.key.seal_json(&place(self.row.id), &self.profile);
        store::entities::save(tx, &self.row).await?;
        let after = self.entity();
        let told = announce::changes(engine, tx, scope, self.before.as_ref(), &after).await?;
        self.before = Some(after);
        Ok(told)
    }

    pub(super) fn status(&self) -> EntityStatus {
        EntityStatus::from_stored(&self.row.status)
    }

    pub(super) fn set_status(&mut self, status: EntityStatus) {
        status.as_str().clone_into(&mut self.row.status);
    }

    /// What others see of it, but for its activities and the link to its portrait.
    pub(super) fn entity(&self) -> Entity {
        let row = &self.row;
        Entity {
            id: row.id,
            kind: self.kind,
            status: self.status(),
            profile: self.profile.clone(),
            session_count: row.session_count,
            approved_count: row.approved_count,
            declined_count: row.declined_count,
            in_review_count: row.in_review_count,
            first_session_at: row.first_session_at,
            last_session_at: row.last_session_at,
            last_activity_at: row.last_activity_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            portrait_url: None,
            activities: Vec::new(),
        }
    }
}

fn place(id: EntityId) -> Place {
    Place::new("entities", id)
}
