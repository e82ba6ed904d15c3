//! What is on a list.

use jiff::Timestamp;
use model::id::{ApplicationId, ListEntryId, ListId, SessionId};
use sqlx::AssertSqlSafe;

use crate::column::{IdText, MaybeIdText, Millis, text};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, application_id, list_id, value_hash, sealed, added_by, reference_session_id, reference_object_uuid, created_at"
    };
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0012_entities.sql")]
pub struct EntryRow {
    #[sqlx(try_from = "IdText")]
    pub id: ListEntryId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    #[sqlx(try_from = "IdText")]
    pub list_id: ListId,
    pub value_hash: String,
    /// Sealed with [`crate::Keyring::seal`].
    pub sealed: Vec<u8>,
    /// `api`, `console`, `email` or `system`.
    pub added_by: String,
    #[sqlx(try_from = "MaybeIdText")]
    pub reference_session_id: Option<SessionId>,
    pub reference_object_uuid: Option<String>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds an entry. False, and nothing done, if the value is on the list.
pub async fn insert(tx: &mut Tx, row: &EntryRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(concat!(
        "INSERT INTO list_entries (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (list_id, value_hash) DO NOTHING"))
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(row.list_id.to_string())
        .bind(&row.value_hash)
        .bind(&row.sealed)
        .bind(&row.added_by)
        .bind(text(row.reference_session_id))
        .bind(&row.reference_object_uuid)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// The entry with this id on this list.
pub async fn find(
    tx: &mut Tx,
    scope: &Scope,
    list: ListId,
    id: ListEntryId,
) -> Result<Option<EntryRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM list_entries WHERE application_id = $1 AND list_id = $2 AND id = $3"))
        .bind(scope.application_id().to_string())
        .bind(list.to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// One page of a list, newest first.
pub async fn list(
    tx: &mut Tx,
    scope: &Scope,
    list: ListId,
    limit: i64,
    offset: i64,
) -> Result<Vec<EntryRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM list_entries WHERE application_id = $1 AND list_id = $2
         ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4"))
        .bind(scope.application_id().to_string())
        .bind(list.to_string())
        .bind(limit)
        .bind(offset)
        .fetch_all(c).await)?)
}

/// The first entry of the application's block lists that has one of these hashes.
pub async fn find_blocked(
    tx: &mut Tx,
    scope: &Scope,
    entry_type: &str,
    hashes: &[String],
) -> Result<Option<EntryRow>, Error> {
    if hashes.is_empty() {
        return Ok(None);
    }
    let places: Vec<String> = (3..3 + hashes.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT {} FROM list_entries
         WHERE application_id = $1 AND value_hash IN ({})
           AND list_id IN (SELECT id FROM lists
                           WHERE application_id = $1 AND is_system = TRUE AND entry_type = $2)
         ORDER BY id LIMIT 1",
        columns!(),
        places.join(", ")
    );
    Ok(on!(tx, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql))
            .bind(scope.application_id().to_string())
            .bind(entry_type);
        for hash in hashes {
            query = query.bind(hash);
        }
        query.fetch_optional(c).await
    })?)
}

/// Removes the entry of this hash from a list. False if there was none.
pub async fn delete_by_hash(
    tx: &mut Tx,
    scope: &Scope,
    list: ListId,
    value_hash: &str,
) -> Result<bool, Error> {
    let deleted = on!(tx, c => sqlx::query(
        "DELETE FROM list_entries WHERE application_id = $1 AND list_id = $2 AND value_hash = $3")
        .bind(scope.application_id().to_string())
        .bind(list.to_string())
        .bind(value_hash)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(deleted == 1)
}
