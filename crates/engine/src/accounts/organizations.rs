//! An operator's organisations.

use model::id::OrganizationId;
use serde_json::json;
use store::members::MemberRow;

use super::token::Operator;
use super::{Refused, email_of, provision};
use crate::Engine;
use crate::access::{self, Member, SystemRole};
use crate::approvals::{self, Operation, Wish};
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
    /// Whether some things need a second person there.
    pub second_person: bool,
}

/// Approves what others ask.
const APPROVE: &str = "write:approvals";

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
            second_person: row.second_person,
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
    let contact_email = email_of(engine, &account)?;
    Ok(Organization { id, name: name.to_owned(), contact_email, second_person: false })
}

/// What changes of an organisation; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganizationChanges {
    /// Its name.
    pub name: Option<String>,
    /// Whether some things need a second person.
    pub second_person: Option<bool>,
}

/// Changes the member's organisation. That one person shall be enough again is for two to say.
pub async fn change_organization(
    engine: &Engine,
    member: &Member,
    changes: OrganizationChanges,
) -> Result<Organization, Refused> {
    let id = member.organization();
    let mut tx = engine.store.begin().await?;
    let needed = store::organizations::needs_second_person(&mut tx, id).await?;
    if changes.second_person == Some(false) {
        let wish = Wish::of(Operation::EndSecondPerson, &id, &"");
        if let Some(request) = approvals::ask(engine, &mut tx, member, &wish).await? {
            tx.commit().await?;
            return Err(Refused::NeedsApproval(request));
        }
    }
    if changes.second_person == Some(true) && !needed {
        if access::count_who_may(&mut tx, id, APPROVE).await? < 2 {
            return Err(Refused::TooFewApprovers);
        }
        store::organizations::set_second_person(&mut tx, id, true).await?;
        audit::note_of(engine, &mut tx, member, "organization.second_person_required", id, json!({})).await?;
    }
    if let Some(name) = &changes.name {
        store::organizations::rename(&mut tx, id, name).await?;
        audit::note_of(engine, &mut tx, member, "organization.renamed", id, json!({})).await?;
    }
    let row = store::organizations::find(&mut tx, id).await?.ok_or(Refused::NotFound)?;
    let account = store::accounts::find(&mut tx, member.operator().account()).await?;
    let contact_email = email_of(engine, &account.ok_or(Refused::WrongToken)?)?;
    tx.commit().await?;
    Ok(Organization { id, name: row.name, contact_email, second_person: row.second_person })
}
