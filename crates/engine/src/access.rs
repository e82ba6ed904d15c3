//! Who may do what: roles of operators, named keys of programs, and the limits of both (core API §2.1, §2.3, §10.5).
//!
//! A permission is a text `action:resource`. What a caller may do is decided anew for every request, so that revoking a
//! key or changing a role works from the next one.

use std::collections::BTreeSet;

use model::id::{ApplicationId, OrganizationId};
use store::{Actor, Scope, Tx};

use crate::Engine;
use crate::accounts::Operator;

mod api_keys;
mod key_grant;
mod members;
mod role;
mod roles;

pub use api_keys::{ApiKey, NewApiKey, create_api_key, list_api_keys, revoke_api_key};
pub use key_grant::{Grant, Reach, by_api_key, in_reach};
pub use members::{
    Invitation, MemberRecord, accept_invitation, change_role, invite, list_invitations, list_members,
    remove_member, withdraw_invitation,
};
pub use role::{ACTIONS, KEY_RESOURCES, Role, SystemRole, is_permission, resources};
pub use roles::{NewRole, RoleChanges, create_role, delete_role, find_role, list_roles, update_role};

/// Why access is not given, changed or taken away.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The organisation has no such thing.
    #[error("not found")]
    NotFound,
    /// The organisation has no such role.
    #[error("no such role")]
    UnknownRole,
    /// Nobody gives what they do not have themselves.
    #[error("more than the giver has")]
    TooMuch,
    /// An organisation without an owner could not be operated.
    #[error("the last owner stays")]
    LastOwner,
    /// The account is a member already.
    #[error("already a member")]
    AlreadyMember,
    /// The invitation has expired, was withdrawn, or is for another address.
    #[error("not a valid invitation")]
    WrongInvitation,
    /// A role of this slug exists.
    #[error("the slug is taken")]
    SlugTaken,
    /// Members still have the role.
    #[error("the role is assigned")]
    RoleAssigned,
    /// These are no permissions.
    #[error("not permissions: {}", .0.join(", "))]
    UnknownPermissions(Vec<String>),
    /// These workflows are not the application's.
    #[error("unknown workflow")]
    UnknownWorkflow,
    /// The mail could not be sent; asking again is safe.
    #[error("the mail could not be sent")]
    Mail(#[source] outbound::mail::Unsent),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// A set of permissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Permissions {
    /// Every one there is and will be.
    All,
    /// These.
    These(BTreeSet<String>),
}

impl Permissions {
    /// Whether this one is among them.
    pub fn include(&self, permission: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(names) => names.contains(permission),
        }
    }

    /// Whether all of these are among them.
    pub fn include_all(&self, others: &Self) -> bool {
        match (self, others) {
            (Self::All, _) => true,
            (Self::These(_), Self::All) => false,
            (Self::These(own), Self::These(others)) => others.is_subset(own),
        }
    }
}

/// An operator within one of their organisations.
#[derive(Debug, Clone)]
pub struct Member {
    operator: Operator,
    organization: OrganizationId,
    role: Role,
}

impl Member {
    /// Who.
    pub fn operator(&self) -> &Operator {
        &self.operator
    }

    /// Where.
    pub fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// In which role.
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// Whether the role allows this.
    pub fn may(&self, permission: &str) -> bool {
        self.role.permissions.include(permission)
    }

    /// On whose word changes are made.
    pub fn actor(&self) -> Actor {
        Actor::Account(self.operator.account())
    }
}

/// The operator as a member of this organisation, if they are one now.
pub async fn member(
    engine: &Engine,
    operator: &Operator,
    organization: OrganizationId,
) -> Result<Option<Member>, store::Error> {
    let mut tx = engine.store.read().await?;
    let Some(row) = store::members::find_by_account(&mut tx, organization, operator.account()).await? else {
        return Ok(None);
    };
    let role = role::resolve(&mut tx, organization, &row.role).await?;
    Ok(Some(Member { operator: *operator, organization, role }))
}

/// How many members have this permission.
pub(crate) async fn count_who_may(
    tx: &mut Tx,
    organization: OrganizationId,
    permission: &str,
) -> Result<usize, store::Error> {
    let mut count = 0;
    for row in store::members::list(tx, organization).await? {
        let role = role::resolve(tx, organization, &row.role).await?;
        count += usize::from(role.permissions.include(permission));
    }
    Ok(count)
}

/// The organisation's application, on the member's word.
pub async fn application_of(
    engine: &Engine,
    member: &Member,
    application: ApplicationId,
) -> Result<Option<Scope>, store::Error> {
    let mut tx = engine.store.read().await?;
    let found = store::applications::find_for_member(&mut tx, member.organization, application).await?;
    Ok(found.map(|(scope, _)| on_the_word_of(scope, member)))
}

pub(crate) fn on_the_word_of(scope: Scope, member: &Member) -> Scope {
    let scope = scope.acting(member.actor());
    member.operator.source().map_or(scope, |source| scope.coming_from(source))
}

/// Which organisation and application an operator means who named either, both or neither: the organisation of their
/// account and its oldest live application unless they say otherwise.
pub async fn chosen(
    engine: &Engine,
    operator: &Operator,
    organization: Option<OrganizationId>,
    application: Option<ApplicationId>,
) -> Result<Option<(Member, Scope)>, store::Error> {
    let mut tx = engine.store.read().await?;
    let memberships = store::members::list_of_account(&mut tx, operator.account()).await?;
    let home = operator.home();
    let preferred = memberships.iter().find(|row| row.organization_id == home).or(memberships.first());
    let Some(organization) = organization.or(preferred.map(|row| row.organization_id)) else {
        return Ok(None);
    };
    drop(tx);
    let Some(member) = member(engine, operator, organization).await? else { return Ok(None) };
    let mut tx = engine.store.read().await?;
    let applications = store::applications::list_for_member(&mut tx, organization).await?;
    let mut scopes = applications.into_iter().map(|(scope, _)| scope);
    let scope = match application {
        Some(id) => scopes.find(|scope| scope.application_id() == id),
        None => scopes.min_by_key(|scope| scope.mode() == store::Mode::Sandbox),
    };
    Ok(scope.map(|scope| (member.clone(), on_the_word_of(scope, &member))))
}
