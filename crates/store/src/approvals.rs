//! Requests that wait for a second person, and what became of them.

use jiff::Timestamp;
use model::id::{AccountId, ApplicationId, OrganizationId};
use uuid::Uuid;

use crate::column::{IdText, MaybeIdText, MaybeMillis, Millis, millis, text};
use crate::database::on;
use crate::{Error, Tx};

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0017_approvals.sql")]
pub struct ApprovalRow {
    #[sqlx(try_from = "IdText")]
    pub id: Uuid,
    #[sqlx(try_from = "IdText")]
    pub organization_id: OrganizationId,
    #[sqlx(try_from = "MaybeIdText")]
    pub application_id: Option<ApplicationId>,
    pub action: String,
    pub object: String,
    pub object_state: String,
    pub details: String,
    pub sealed: Option<Vec<u8>>,
    pub actor_kind: String,
    #[sqlx(try_from = "MaybeIdText")]
    pub actor_id: Option<Uuid>,
    #[sqlx(try_from = "MaybeIdText")]
    pub sponsor_id: Option<AccountId>,
    /// As it is kept; whether a pending one has expired is the reader's to judge.
    pub status: String,
    pub pending_key: Option<String>,
    #[sqlx(try_from = "MaybeIdText")]
    pub decided_by: Option<AccountId>,
    #[sqlx(try_from = "MaybeMillis")]
    pub decided_at: Option<Timestamp>,
    #[sqlx(try_from = "Millis")]
    pub expires_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Which requests are wanted; what is absent does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is compared with the column of its name")]
pub struct Filter {
    /// Also `expired`.
    pub status: Option<String>,
    pub action: Option<String>,
    pub application_id: Option<ApplicationId>,
    pub object: Option<String>,
}

macro_rules! columns {
    () => {
        "id, organization_id, application_id, action, object, object_state, details, sealed, actor_kind, actor_id,
         sponsor_id, status, pending_key, decided_by, decided_at, expires_at, created_at"
    };
}

/// Adds a request. False, and nothing done, if one for the same thing is pending: then [`find_pending`] finds it, also
/// when it was made in parallel.
pub async fn insert(tx: &mut Tx, row: &ApprovalRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(concat!(
        "INSERT INTO approvals (", columns!(), ")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (pending_key) DO NOTHING"))
        .bind(row.id.to_string())
        .bind(row.organization_id.to_string())
        .bind(text(row.application_id))
        .bind(&row.action)
        .bind(&row.object)
        .bind(&row.object_state)
        .bind(&row.details)
        .bind(&row.sealed)
        .bind(&row.actor_kind)
        .bind(text(row.actor_id))
        .bind(text(row.sponsor_id))
        .bind(&row.status)
        .bind(&row.pending_key)
        .bind(text(row.decided_by))
        .bind(millis(row.decided_at))
        .bind(row.expires_at.as_millisecond())
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// The organisation's request of this id.
pub async fn find(
    tx: &mut Tx,
    organization_id: OrganizationId,
    id: Uuid,
) -> Result<Option<ApprovalRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM approvals WHERE organization_id = $1 AND id = $2"))
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The pending request for one thing. Its key names the organisation.
pub async fn find_pending(tx: &mut Tx, pending_key: &str) -> Result<Option<ApprovalRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM approvals WHERE pending_key = $1"))
        .bind(pending_key)
        .fetch_optional(c).await)?)
}

/// What this account asked for and was granted, and has not made use of, the latest first.
pub async fn find_granted(
    tx: &mut Tx,
    organization_id: OrganizationId,
    (action, object): (&str, &str),
    sponsor: AccountId,
) -> Result<Option<ApprovalRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM approvals
         WHERE organization_id = $1 AND action = $2 AND object = $3 AND sponsor_id = $4 AND status = 'approved'
         ORDER BY id DESC LIMIT 1"))
        .bind(organization_id.to_string())
        .bind(action)
        .bind(object)
        .bind(sponsor.to_string())
        .fetch_optional(c).await)?)
}

/// Lets a person stand behind a pending request.
pub async fn set_sponsor(tx: &mut Tx, row: &ApprovalRow, sponsor: AccountId) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE approvals SET sponsor_id = $3 WHERE organization_id = $1 AND id = $2 AND status = 'pending'")
        .bind(row.organization_id.to_string())
        .bind(row.id.to_string())
        .bind(sponsor.to_string())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Moves a request from the status that its row was read with to another, on this account's word if anybody's. False,
/// and nothing done, if somebody else was faster.
pub async fn settle(
    tx: &mut Tx,
    row: &ApprovalRow,
    status: &str,
    decided: Option<(AccountId, Timestamp)>,
) -> Result<bool, Error> {
    let changed = on!(tx, c => sqlx::query(
        "UPDATE approvals
         SET status = $4, pending_key = NULL, decided_by = COALESCE($5, decided_by), decided_at = COALESCE($6, decided_at)
         WHERE organization_id = $1 AND id = $2 AND status = $3")
        .bind(row.organization_id.to_string())
        .bind(row.id.to_string())
        .bind(&row.status)
        .bind(status)
        .bind(text(decided.map(|(account, _)| account)))
        .bind(millis(decided.map(|(_, at)| at)))
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

macro_rules! wanted {
    () => {
        " FROM approvals
         WHERE organization_id = $1
           AND ($3 IS NULL OR CASE WHEN status = 'pending' AND expires_at <= $2 THEN 'expired' ELSE status END = $3)
           AND ($4 IS NULL OR action = $4)
           AND ($5 IS NULL OR application_id = $5)
           AND ($6 IS NULL OR object = $6)"
    };
}

/// The organisation's requests, newest first.
pub async fn list(
    tx: &mut Tx,
    organization_id: OrganizationId,
    filter: &Filter,
    now: Timestamp,
    (limit, offset): (i64, i64),
) -> Result<Vec<ApprovalRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), wanted!(), " ORDER BY id DESC LIMIT $7 OFFSET $8"))
        .bind(organization_id.to_string())
        .bind(now.as_millisecond())
        .bind(&filter.status)
        .bind(&filter.action)
        .bind(text(filter.application_id))
        .bind(&filter.object)
        .bind(limit)
        .bind(offset)
        .fetch_all(c).await)?)
}

/// How many of the organisation's requests are wanted.
pub async fn count(
    tx: &mut Tx,
    organization_id: OrganizationId,
    filter: &Filter,
    now: Timestamp,
) -> Result<i64, Error> {
    Ok(on!(tx, c => sqlx::query_scalar(concat!("SELECT COUNT(*)", wanted!()))
        .bind(organization_id.to_string())
        .bind(now.as_millisecond())
        .bind(&filter.status)
        .bind(&filter.action)
        .bind(text(filter.application_id))
        .bind(&filter.object)
        .fetch_one(c).await)?)
}
