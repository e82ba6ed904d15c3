//! Who changed what. The same transaction that makes a change adds its entry.

use jiff::Timestamp;
use model::id::{ApplicationId, OrganizationId};
use uuid::Uuid;

use crate::column::{IdText, MaybeIdText, Millis, millis, text};
use crate::database::on;
use crate::{Actor, Error, Tx};

/// One change, as its maker describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "columns, described in migrations/0007_audit.sql")]
pub struct NewEntry<'a> {
    pub id: Uuid,
    pub organization_id: OrganizationId,
    pub application_id: Option<ApplicationId>,
    pub actor: Actor,
    pub action: &'a str,
    pub object: &'a str,
    /// A JSON object; nothing personal.
    pub details: &'a str,
    /// The network address it came from, sealed with [`crate::Keyring::seal`].
    pub sealed_source: Option<Vec<u8>>,
    pub created_at: Timestamp,
}

/// One change, as it was kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0007_audit.sql")]
pub struct EntryRow {
    #[sqlx(try_from = "IdText")]
    pub id: Uuid,
    #[sqlx(try_from = "MaybeIdText")]
    pub application_id: Option<ApplicationId>,
    pub number: i64,
    pub actor_kind: String,
    #[sqlx(try_from = "MaybeIdText")]
    pub actor_id: Option<Uuid>,
    pub action: String,
    pub object: String,
    pub details: String,
    pub sealed_source: Option<Vec<u8>>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Which entries are wanted; what is absent does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is compared with the column of its name")]
pub struct Filter {
    pub application_id: Option<ApplicationId>,
    pub actor_kind: Option<String>,
    pub actor_id: Option<Uuid>,
    pub action: Option<String>,
    pub object: Option<String>,
    /// That instant included.
    pub from: Option<Timestamp>,
    /// That instant not included.
    pub until: Option<Timestamp>,
}

/// Adds an entry under the organisation's next number.
///
/// The number is taken in this transaction, so that none is ever missing.
pub async fn append(tx: &mut Tx, entry: &NewEntry<'_>) -> Result<(), Error> {
    let organization = entry.organization_id.to_string();
    let number: i64 = on!(tx, c => sqlx::query_scalar(
        "INSERT INTO audit_numbers (organization_id, latest) VALUES ($1, 1)
         ON CONFLICT (organization_id) DO UPDATE SET latest = audit_numbers.latest + 1
         RETURNING latest")
        .bind(&organization)
        .fetch_one(c).await)?;
    on!(tx, c => sqlx::query(
        "INSERT INTO audit_entries
           (id, organization_id, application_id, number, actor_kind, actor_id, action, object, details,
            sealed_source, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(entry.id.to_string())
        .bind(&organization)
        .bind(text(entry.application_id))
        .bind(number)
        .bind(entry.actor.kind())
        .bind(text(entry.actor.id()))
        .bind(entry.action)
        .bind(entry.object)
        .bind(entry.details)
        .bind(&entry.sealed_source)
        .bind(entry.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

macro_rules! wanted {
    () => {
        " FROM audit_entries
         WHERE organization_id = $1
           AND ($2 IS NULL OR application_id = $2)
           AND ($3 IS NULL OR actor_kind = $3)
           AND ($4 IS NULL OR actor_id = $4)
           AND ($5 IS NULL OR action = $5)
           AND ($6 IS NULL OR object = $6)
           AND ($7 IS NULL OR created_at >= $7)
           AND ($8 IS NULL OR created_at < $8)"
    };
}

/// An organisation's entries, newest first. The caller has authenticated one of its members.
pub async fn list(
    tx: &mut Tx,
    organization_id: OrganizationId,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<Vec<EntryRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT id, application_id, number, actor_kind, actor_id, action, object, details, sealed_source, created_at",
        wanted!(), " ORDER BY number DESC LIMIT $9 OFFSET $10"))
        .bind(organization_id.to_string())
        .bind(text(filter.application_id))
        .bind(&filter.actor_kind)
        .bind(text(filter.actor_id))
        .bind(&filter.action)
        .bind(&filter.object)
        .bind(millis(filter.from))
        .bind(millis(filter.until))
        .bind(limit)
        .bind(offset)
        .fetch_all(c).await)?)
}

/// How many of an organisation's entries are wanted.
pub async fn count(tx: &mut Tx, organization_id: OrganizationId, filter: &Filter) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(concat!("SELECT COUNT(*)", wanted!()))
        .bind(organization_id.to_string())
        .bind(text(filter.application_id))
        .bind(&filter.actor_kind)
        .bind(text(filter.actor_id))
        .bind(&filter.action)
        .bind(&filter.object)
        .bind(millis(filter.from))
        .bind(millis(filter.until))
        .fetch_one(c).await)?)
}
