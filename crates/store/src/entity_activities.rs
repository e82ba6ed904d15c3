//! What people and programs did to a user or a business.

use jiff::Timestamp;
use model::id::EntityId;

use crate::column::{IdText, Millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

/// One act.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0012_entities.sql")]
pub struct ActivityRow {
    pub id: String,
    #[sqlx(try_from = "IdText")]
    pub entity_id: EntityId,
    /// What was done, sealed with the entity's key.
    pub sealed: Vec<u8>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds an act.
pub async fn insert(tx: &mut Tx, row: &ActivityRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query("INSERT INTO entity_activities (id, entity_id, sealed, created_at) VALUES ($1, $2, $3, $4)")
        .bind(&row.id)
        .bind(row.entity_id.to_string())
        .bind(&row.sealed)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// An entity's acts, newest first, at most so many.
pub async fn list(
    tx: &mut Tx,
    scope: &Scope,
    entity_id: EntityId,
    limit: i64,
) -> Result<Vec<ActivityRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT id, entity_id, sealed, created_at FROM entity_activities
         WHERE entity_id = $2 AND EXISTS (SELECT 1 FROM entities WHERE application_id = $1 AND entities.id = $2)
         ORDER BY id DESC LIMIT $3")
        .bind(scope.application_id().to_string())
        .bind(entity_id.to_string())
        .bind(limit)
        .fetch_all(c).await)?)
}
