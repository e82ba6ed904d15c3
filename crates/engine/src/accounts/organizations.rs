//! An operator's organisations.

use model::id::OrganizationId;
use serde_json::json;
use store::members::MemberRow;

use super::token::Operator;
use super::{Refused, email_of, provision};
use crate::Engine;
use crate::access::{Member, SystemRole};
use crate::audit::{self, Subject};

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

/// Where the operator is a member, oldest membership first.
pub async fn list_organizations(engine: &Engine, operator: &Operator) -> Result<Vec<Organization>, Refused> {
    let mut tx = engine.store.read().await?;
    let account = store::accounts::find(&mut tx, operator.account()).await?.ok_or(Refused::WrongToken)?;
    let contact_email = email_of(engine, &account)?;
    let mut organizations = Vec::new();
    for membership in store::members::list_of_account(&mut tx, account.id).await? {
        let row = store::organizations::find(&mut tx, membership.organization_id).await?;
        organizations.extend(row.map(|row| Organization {
            id: row.id,
            name: row.name,
            contact_email: contact_email.clone(),
        }));
    }
    Ok(organizations)
}

/// Adds an organisation that the operator owns. It has no application yet.
pub async fn make_organization(
    engine: &Engine,
    operator: &Operator,
    name: &str,
) -> Result<Organization, Refused> {
    let mut tx = engine.store.begin().await?;
    let account = store::accounts::find(&mut tx, operator.account()).await?.ok_or(Refused::WrongToken)?;
    let id = provision::create_organization(engine, &mut tx, name).await?;
    let owner = MemberRow {
        id: engine.uuid(),
        organization_id: id,
        account_id: account.id,
        role: SystemRole::Owner.slug().to_owned(),
        created_at: engine.now(),
    };
    store::members::insert(&mut tx, &owner).await?;
    let subject = Subject {
        organization: id,
        application: None,
        actor: store::Actor::Account(account.id),
        source: operator.source(),
    };
    audit::note_of(engine, &mut tx, subject, "organization.created", id, json!({})).await?;
    tx.commit().await?;
    Ok(Organization { id, name: name.to_owned(), contact_email: email_of(engine, &account)? })
}

/// Gives the member's organisation another name.
pub async fn rename_organization(engine: &Engine, member: &Member, name: &str) -> Result<(), Refused> {
    let id = member.organization();
    let mut tx = engine.store.begin().await?;
    store::organizations::rename(&mut tx, id, name).await?;
    audit::note_of(engine, &mut tx, member, "organization.renamed", id, json!({})).await?;
    tx.commit().await?;
    Ok(())
}
