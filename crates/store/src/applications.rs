//! Integrations, and the ways to become one's [`Scope`].

use jiff::Timestamp;
use model::id::{ApplicationId, OrganizationId, WorkflowId};

use crate::column::{IdText, Millis};
use crate::database::{on, once};
use crate::{Error, Mode, Scope, Store, Tx};

macro_rules! columns {
    () => {
        "id, organization_id, name, mode, client_id, api_key_hash, sealed_api_key, created_at"
    };
}

/// One integration.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "columns, described in migrations/0001_tenants.sql")]
pub struct ApplicationRow {
    #[sqlx(try_from = "IdText")]
    pub id: ApplicationId,
    #[sqlx(try_from = "IdText")]
    pub organization_id: OrganizationId,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub mode: Mode,
    pub client_id: String,
    pub api_key_hash: String,
    /// Sealed with [`crate::Keyring::seal`], because its owner may ask to see it again.
    pub sealed_api_key: Vec<u8>,
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

impl ApplicationRow {
    fn scope(&self) -> Scope {
        Scope::new(self.id, self.organization_id, self.mode)
    }
}

/// Adds an application and is its first scope.
pub async fn insert(tx: &mut Tx, row: &ApplicationRow) -> Result<Scope, Error> {
    on!(tx, c => sqlx::query(concat!(
        "INSERT INTO applications (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"))
        .bind(row.id.to_string())
        .bind(row.organization_id.to_string())
        .bind(&row.name)
        .bind(row.mode.as_str())
        .bind(&row.client_id)
        .bind(&row.api_key_hash)
        .bind(&row.sealed_api_key)
        .bind(row.created_at.as_millisecond())
        .execute(c).await.map(drop))?;
    Ok(row.scope())
}

/// Whose API key this is, by its keyed hash, as of now. Every request asks this first, so it is no transaction.
pub async fn authenticate(store: &Store, api_key_hash: &str) -> Result<Option<Scope>, Error> {
    Ok(once!(store, pool => sqlx::query_as(
        "SELECT id AS application_id, organization_id, mode FROM applications WHERE api_key_hash = $1")
        .bind(api_key_hash)
        .fetch_optional(pool).await)?)
}

/// The application a scope speaks for.
pub async fn find(tx: &mut Tx, scope: &Scope) -> Result<Option<ApplicationRow>, Error> {
    Ok(on!(tx, c => sqlx::query_as(concat!("SELECT ", columns!(), " FROM applications WHERE id = $1"))
        .bind(scope.application_id().to_string())
        .fetch_optional(c).await)?)
}

/// Gives an application another name.
pub async fn rename(tx: &mut Tx, scope: &Scope, name: &str) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE applications SET name = $2 WHERE id = $1")
        .bind(scope.application_id().to_string())
        .bind(name)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// Gives an application another key; the old one opens nothing from the commit on.
pub async fn set_api_key(
    tx: &mut Tx,
    scope: &Scope,
    api_key_hash: &str,
    sealed_api_key: &[u8],
) -> Result<(), Error> {
    on!(tx, c => sqlx::query("UPDATE applications SET api_key_hash = $2, sealed_api_key = $3 WHERE id = $1")
        .bind(scope.application_id().to_string())
        .bind(api_key_hash)
        .bind(sealed_api_key)
        .execute(c).await.map(drop))?;
    Ok(())
}

/// An organisation's applications, oldest first. The caller has authenticated one of its members.
pub async fn list_for_member(
    tx: &mut Tx,
    organization_id: OrganizationId,
) -> Result<Vec<(Scope, ApplicationRow)>, Error> {
    let rows: Vec<ApplicationRow> = on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM applications WHERE organization_id = $1 ORDER BY created_at, id"))
        .bind(organization_id.to_string())
        .fetch_all(c).await)?;
    Ok(rows.into_iter().map(|row| (row.scope(), row)).collect())
}

/// One of an organisation's applications. The caller has authenticated one of its members.
pub async fn find_for_member(
    tx: &mut Tx,
    organization_id: OrganizationId,
    id: ApplicationId,
) -> Result<Option<(Scope, ApplicationRow)>, Error> {
    let row: Option<ApplicationRow> = on!(tx, c => sqlx::query_as(concat!(
        "SELECT ", columns!(), " FROM applications WHERE organization_id = $1 AND id = $2"))
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .fetch_optional(c).await)?;
    Ok(row.map(|row| (row.scope(), row)))
}

/// Any application, for whoever holds the machine: the command line and its first start. Never for a request.
pub async fn scope_for_command_line(tx: &mut Tx, id: ApplicationId) -> Result<Option<Scope>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT id AS application_id, organization_id, mode FROM applications WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The application whose workflow a public link names; the live one where a live and a sandbox application share it.
pub async fn scope_for_workflow_link(tx: &mut Tx, id: WorkflowId) -> Result<Option<Scope>, Error> {
    Ok(on!(tx, c => sqlx::query_as(
        "SELECT applications.id AS application_id, applications.organization_id, applications.mode
         FROM workflows JOIN applications ON applications.id = workflows.application_id
         WHERE workflows.workflow_id = $1 AND workflows.deleted_at IS NULL
         ORDER BY applications.mode, applications.id LIMIT 1")
        .bind(id.to_string())
        .fetch_optional(c).await)?)
}

/// The application that a link signed by this server names. The caller has checked the signature.
pub async fn scope_for_signed_link(tx: &mut Tx, id: ApplicationId) -> Result<Option<Scope>, Error> {
    scope_for_command_line(tx, id).await
}

/// The application that a share token names. The caller has checked the token's signature.
pub async fn scope_for_share_token(tx: &mut Tx, id: ApplicationId) -> Result<Option<Scope>, Error> {
    scope_for_command_line(tx, id).await
}

/// Whether there is an application of this id, whoever's it is, and of which mode. Nothing else of it is told.
pub async fn mode_of_any(tx: &mut Tx, id: ApplicationId) -> Result<Option<Mode>, Error> {
    Ok(scope_for_command_line(tx, id).await?.map(|scope| scope.mode()))
}
