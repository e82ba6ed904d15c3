//! The wrapped keys of users and businesses. They go with their entity, see [`crate::entities::delete`].

use jiff::Timestamp;
use model::id::EntityId;

use crate::database::on;
use crate::{Error, Keyring, Place, SessionKey, Tx};

/// Keeps a new entity's key, wrapped.
pub async fn insert(
    tx: &mut Tx,
    keyring: &Keyring,
    entity_id: EntityId,
    key: &SessionKey,
    now: Timestamp,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query("INSERT INTO entity_keys (entity_id, wrapped, created_at) VALUES ($1, $2, $3)")
        .bind(entity_id.to_string())
        .bind(key.wrap(keyring, &place(entity_id)))
        .bind(now.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The entity's key; `None` once the entity was deleted.
///
/// A key opens nothing by itself: the caller has found the entity, or an event about it, in its scope.
pub async fn find(tx: &mut Tx, keyring: &Keyring, entity_id: EntityId) -> Result<Option<SessionKey>, Error> {
    let wrapped: Option<Vec<u8>> = on!(tx, c => sqlx::query_scalar("SELECT wrapped FROM entity_keys WHERE entity_id = $1")
        .bind(entity_id.to_string())
        .fetch_optional(c).await)?;
    wrapped.map(|wrapped| SessionKey::unwrap(keyring, &place(entity_id), &wrapped)).transpose()
}

fn place(entity_id: EntityId) -> Place {
    Place::new("entity_keys", entity_id)
}
