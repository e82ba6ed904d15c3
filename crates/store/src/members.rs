//! Who operates which organisation, in which role, and who has been asked to.

use jiff::Timestamp;
use model::id::{AccountId, OrganizationId};
use uuid::Uuid;

use crate::column::{IdText, Millis};
use crate::database::on;
use crate::{Error, Tx};

macro_rules! columns {
    () => {
        "id, organization_id, account_id, role, created_at"
    };
}

macro_rules! invitation_columns {
    () => {
        "id, organization_id, email_hash, sealed_email, role, token_hash, expires_at, created_at"
    };
}

/// One operator of one organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0014_access.sql")]
pub struct MemberRow {
    #[sqlx(try_from = "IdText")]
    pub id: Uuid,
    #[sqlx(try_from = "IdText")]
    pub organization_id: OrganizationId,
    #[sqlx(try_from = "IdText")]
    pub account_id: AccountId,
    pub role: String,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Someone who may become a member.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0014_access.sql")]
pub struct InvitationRow {
    #[sqlx(try_from = "IdText")]
    pub id: Uuid,
    #[sqlx(try_from = "IdText")]
    pub organization_id: OrganizationId,
    pub email_hash: String,
    /// Sealed with [`crate::Keyring::seal`].
    pub sealed_email: Vec<u8>,
    pub role: String,
    pub token_hash: String,
    #[sqlx(try_from = "Millis")]
    pub expires_at: Timestamp,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

/// Adds a member. False, and nothing done, if the account is one already.
pub async fn insert(tx: &mut Tx, row: &MemberRow) -> Result<bool, Error> {
    let inserted = on!(tx, c => sqlx::query(concat!(
        "INSERT INTO members (", columns!(), ") VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (organization_id, account_id) DO NOTHING"))
        .bind(row.id.to_string())
        .bind(row.organization_id.to_string())
        .bind(row.account_id.to_string())
        .bind(&row.role)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(inserted == 1)
}

/// The account as a member of this organisation.
pub async fn find_by_account(
    tx: &mut Tx,
    organization_id: OrganizationId,
    account_id: AccountId,
) -> Result<Option<MemberRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM members WHERE organization_id = $1 AND account_id = $2"))
        .bind(organization_id.to_string())
        .bind(account_id.to_string())
        .fetch_optional(c).await)?)
}

/// The organisation's member with this id.
pub async fn find(
    tx: &mut Tx,
    organization_id: OrganizationId,
    id: Uuid,
) -> Result<Option<MemberRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM members WHERE organization_id = $1 AND id = $2"))
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The organisation's members, oldest first.
pub async fn list(tx: &mut Tx, organization_id: OrganizationId) -> Result<Vec<MemberRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM members WHERE organization_id = $1 ORDER BY created_at, id"))
        .bind(organization_id.to_string())
        .fetch_all(c).await)?)
}

/// Where the account is a member, oldest first.
pub async fn list_of_account(tx: &mut Tx, account_id: AccountId) -> Result<Vec<MemberRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM members WHERE account_id = $1 ORDER BY created_at, id"))
        .bind(account_id.to_string())
        .fetch_all(c).await)?)
}

/// How many members have this role.
pub async fn count_with_role(tx: &mut Tx, organization_id: OrganizationId, role: &str) -> Result<i64, Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM members WHERE organization_id = $1 AND role = $2")
        .bind(organization_id.to_string())
        .bind(role)
        .fetch_one(c).await)?,
    )
}

/// Gives a member another role.
pub async fn set_role(
    tx: &mut Tx,
    organization_id: OrganizationId,
    id: Uuid,
    role: &str,
) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE members SET role = $3 WHERE organization_id = $1 AND id = $2")
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .bind(role)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Ends a membership.
pub async fn delete(tx: &mut Tx, organization_id: OrganizationId, id: Uuid) -> Result<(), Error> {
    on!(tx, c => sqlx::query("DELETE FROM members WHERE organization_id = $1 AND id = $2")
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Asks someone in, or asks again: a new invitation to the same address replaces the old one.
pub async fn put_invitation(tx: &mut Tx, row: &InvitationRow) -> Result<(), Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO invitations (", invitation_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (organization_id, email_hash) DO UPDATE
         SET id = excluded.id, sealed_email = excluded.sealed_email, role = excluded.role,
             token_hash = excluded.token_hash, expires_at = excluded.expires_at, created_at = excluded.created_at"))
        .bind(row.id.to_string())
        .bind(row.organization_id.to_string())
        .bind(&row.email_hash)
        .bind(&row.sealed_email)
        .bind(&row.role)
        .bind(&row.token_hash)
        .bind(row.expires_at.as_millisecond())
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(())
}

/// The invitation that this token opens. Whether it has expired is the caller's to judge.
pub async fn find_invitation(tx: &mut Tx, token_hash: &str) -> Result<Option<InvitationRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", invitation_columns!(), " FROM invitations WHERE token_hash = $1"))
        .bind(token_hash)
        .fetch_optional(c).await)?)
}

/// The organisation's invitations, oldest first.
pub async fn list_invitations(
    tx: &mut Tx,
    organization_id: OrganizationId,
) -> Result<Vec<InvitationRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", invitation_columns!(), " FROM invitations WHERE organization_id = $1 ORDER BY created_at, id"))
        .bind(organization_id.to_string())
        .fetch_all(c).await)?)
}

/// Takes an invitation back, or ends one that was accepted. False if there was none.
pub async fn delete_invitation(
    tx: &mut Tx,
    organization_id: OrganizationId,
    id: Uuid,
) -> Result<bool, Error> {
    let deleted = on!(tx, c => sqlx::query("DELETE FROM invitations WHERE organization_id = $1 AND id = $2")
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(deleted == 1)
}
