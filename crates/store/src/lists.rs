//! Lists that let in or keep out.

use jiff::Timestamp;
use model::id::{ApplicationId, ListId};
use sqlx::AssertSqlSafe;

use crate::column::{IdText, MaybeMillis, Millis};
use crate::database::on;
use crate::{Error, Scope, Tx};

macro_rules! columns {
    () => {
        "id, application_id, name, description, list_type, entry_type, is_system, created_at, updated_at, \
         (SELECT COUNT(*) FROM list_entries WHERE list_id = lists.id) AS entry_count, \
         (SELECT MAX(list_entries.created_at) FROM list_entries WHERE list_id = lists.id) AS last_entry_added_at"
    };
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0012_entities.sql")]
pub struct ListRow {
    #[sqlx(try_from = "IdText")]
    pub id: ListId,
    #[sqlx(try_from = "IdText")]
    pub application_id: ApplicationId,
    pub name: String,
    pub description: Option<String>,
    /// `blocklist`, `allowlist` or `custom`.
    pub list_type: String,
    pub entry_type: String,
    pub is_system: bool,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub updated_at: Timestamp,
    pub entry_count: i64,
    #[sqlx(try_from = "MaybeMillis")]
    pub last_entry_added_at: Option<Timestamp>,
}

/// By what lists are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// When they were made.
    CreatedAt,
    /// How much is on them.
    EntryCount,
    /// When something was last put on them.
    LastEntryAddedAt,
}

/// Which lists are wanted.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Only these.
    pub list_type: Option<&'a str>,
    /// Only these.
    pub entry_type: Option<&'a str>,
    /// By what.
    pub order: Order,
    /// Largest or latest first.
    pub descending: bool,
}

/// Adds a list. False, and nothing done, if the application has one of this name.
pub async fn insert(tx: &mut Tx, row: &ListRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(
        "INSERT INTO lists (id, application_id, name, description, list_type, entry_type, is_system, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (application_id, name) DO NOTHING")
        .bind(row.id.to_string())
        .bind(row.application_id.to_string())
        .bind(&row.name)
        .bind(&row.description)
        .bind(&row.list_type)
        .bind(&row.entry_type)
        .bind(row.is_system)
        .bind(row.created_at.as_millisecond())
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// The list with this id.
pub async fn find(tx: &mut Tx, scope: &Scope, id: ListId) -> Result<Option<ListRow>, Error> {
    Ok(
        on!(tx, c => sqlx::query_as(concat!("SELECT ", columns!(), " FROM lists WHERE application_id = $1 AND id = $2"))
        .bind(scope.application_id().to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?,
    )
}

/// The application's own block list for values of this type.
pub async fn find_system(tx: &mut Tx, scope: &Scope, entry_type: &str) -> Result<Option<ListRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM lists
         WHERE application_id = $1 AND is_system = TRUE AND entry_type = $2 ORDER BY id LIMIT 1"))
        .bind(scope.application_id().to_string())
        .bind(entry_type)
        .fetch_optional(c).await)?)
}

/// The wanted lists, one page of them.
pub async fn list(
    tx: &mut Tx,
    scope: &Scope,
    wanted: &Wanted<'_>,
    limit: i64,
    offset: i64,
) -> Result<Vec<ListRow>, Error> {
    let column = match wanted.order {
        Order::CreatedAt => "created_at",
        Order::EntryCount => "entry_count",
        Order::LastEntryAddedAt => "COALESCE(last_entry_added_at, 0)",
    };
    let direction = if wanted.descending { "DESC" } else { "ASC" };
    let sql = format!(
        "SELECT * FROM (SELECT {} FROM lists
         WHERE application_id = $1 AND ($2 = '' OR list_type = $2) AND ($3 = '' OR entry_type = $3)) AS wanted
         ORDER BY {column} {direction}, id {direction} LIMIT $4 OFFSET $5",
        columns!()
    );
    Ok(on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(scope.application_id().to_string())
        .bind(wanted.list_type.unwrap_or_default())
        .bind(wanted.entry_type.unwrap_or_default())
        .bind(limit)
        .bind(offset)
        .fetch_all(c).await)?)
}

/// How many are wanted.
pub async fn count(tx: &mut Tx, scope: &Scope, wanted: &Wanted<'_>) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM lists
         WHERE application_id = $1 AND ($2 = '' OR list_type = $2) AND ($3 = '' OR entry_type = $3)")
        .bind(scope.application_id().to_string())
        .bind(wanted.list_type.unwrap_or_default())
        .bind(wanted.entry_type.unwrap_or_default())
        .fetch_one(c).await)?)
}

/// Whether another list of the application has this name.
pub async fn is_name_taken(tx: &mut Tx, scope: &Scope, name: &str, but: ListId) -> Result<bool, Error> {
    let others: i64 = on!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM lists WHERE application_id = $1 AND name = $2 AND id <> $3")
        .bind(scope.application_id().to_string())
        .bind(name)
        .bind(but.to_string())
        .fetch_one(c).await)?;
    Ok(others > 0)
}

/// Writes what changes of a list: its name and description. [`crate::Constraint::ListName`] if another has the name.
pub async fn save(tx: &mut Tx, row: &ListRow) -> Result<(), Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE lists SET name = $3, description = $4, updated_at = $5 WHERE application_id = $1 AND id = $2")
        .bind(row.application_id.to_string())
        .bind(row.id.to_string())
        .bind(&row.name)
        .bind(&row.description)
        .bind(row.updated_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Removes a list with all that is on it. False if there was none.
pub async fn delete(tx: &mut Tx, scope: &Scope, id: ListId) -> Result<bool, Error> {
    let (application, id) = (scope.application_id().to_string(), id.to_string());
    on!(tx, c => sqlx::query("DELETE FROM list_entries WHERE application_id = $1 AND list_id = $2")
        .bind(&application)
        .bind(&id)
        .execute(c).await.map(drop))?;
    let deleted = on!(tx, c => sqlx::query("DELETE FROM lists WHERE application_id = $1 AND id = $2")
        .bind(&application)
        .bind(&id)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(deleted == 1)
}
