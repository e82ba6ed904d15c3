//! What an operator sees of their organisation.

use model::id::{ApplicationId, OrganizationId};

use super::provision::{self, NewApplication};
use super::token::Operator;
use super::{Refused, email_of};
use crate::Engine;

/// A customer of this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// The address of the operator who asks.
    pub contact_email: String,
}

/// The operator's organisations; today everyone has one.
pub async fn list_organizations(engine: &Engine, operator: &Operator) -> Result<Vec<Organization>, Refused> {
    let mut tx = engine.store.read().await?;
    let account = store::accounts::find(&mut tx, operator.account()).await?.ok_or(Refused::WrongToken)?;
    let organization = store::organizations::find(&mut tx, account.organization_id).await?;
    let contact_email = email_of(engine, &account)?;
    Ok(organization
        .into_iter()
        .map(|row| Organization { id: row.id, name: row.name, contact_email: contact_email.clone() })
        .collect())
}

/// The organisation's applications, oldest first, with their keys.
pub async fn list_applications(
    engine: &Engine,
    operator: &Operator,
    organization: OrganizationId,
) -> Result<Vec<NewApplication>, Refused> {
    operator.belongs_to(organization)?;
    let mut tx = engine.store.read().await?;
    let rows = store::applications::list_for_member(&mut tx, organization).await?;
    rows.into_iter().map(|(scope, row)| Ok(provision::opened(engine, scope, row)?)).collect()
}

/// One application with its live key.
pub async fn get_application(
    engine: &Engine,
    operator: &Operator,
    organization: OrganizationId,
    id: ApplicationId,
) -> Result<NewApplication, Refused> {
    operator.belongs_to(organization)?;
    let mut tx = engine.store.read().await?;
    let found = store::applications::find_for_member(&mut tx, organization, id).await?;
    let (scope, row) = found.ok_or(Refused::NotFound)?;
    Ok(provision::opened(engine, scope, row)?)
}

/// An application with its key, for whoever holds the machine: the command line and its local loop.
pub async fn application_for_command_line(
    engine: &Engine,
    id: ApplicationId,
) -> Result<Option<NewApplication>, store::Error> {
    let mut tx = engine.store.read().await?;
    let Some(scope) = store::applications::scope_for_command_line(&mut tx, id).await? else {
        return Ok(None);
    };
    let row = store::applications::find(&mut tx, &scope).await?;
    row.map(|row| provision::opened(engine, scope, row)).transpose()
}
