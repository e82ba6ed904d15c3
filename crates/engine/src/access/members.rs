//! Members of an organisation, and invitations to become one.

use jiff::{SignedDuration, Timestamp};
use model::id::{AccountId, OrganizationId};
use outbound::mail::MemberInvite;
use serde_json::json;
use store::members::{InvitationRow, MemberRow};
use store::{Place, Tx};
use uuid::Uuid;

use super::{Member, Refused, Role, SystemRole, role};
use crate::accounts::{self, Operator, email_hash};
use crate::audit::{self, Subject};
use crate::{Engine, secrets};

/// How long an invitation is good for.
const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a member's row, opened")]
pub struct MemberRecord {
    pub id: Uuid,
    pub account: AccountId,
    pub email: String,
    pub role: Role,
    pub created_at: Timestamp,
}

/// Someone who may become a member.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "an invitation's row, opened")]
pub struct Invitation {
    pub id: Uuid,
    pub email: String,
    pub role: Role,
    pub expires_at: Timestamp,
    pub created_at: Timestamp,
}

/// The organisation's members, oldest first.
pub async fn list_members(engine: &Engine, member: &Member) -> Result<Vec<MemberRecord>, Refused> {
    let mut tx = engine.store.read().await?;
    let mut members = Vec::new();
    for row in store::members::list(&mut tx, member.organization()).await? {
        members.push(opened(engine, &mut tx, row).await?);
    }
    Ok(members)
}

/// Mails an invitation to an address, which may or may not have an account. Asking again replaces the invitation.
pub async fn invite(
    engine: &Engine,
    member: &Member,
    email: &str,
    role: &str,
) -> Result<Invitation, Refused> {
    let organization = member.organization();
    let mut tx = engine.store.begin().await?;
    let role = givable(&mut tx, member, role).await?;
    let email_hash = email_hash(engine, email);
    if let Some(account) = store::accounts::find_by_email_hash(&mut tx, &email_hash).await?
        && store::members::find_by_account(&mut tx, organization, account.id).await?.is_some()
    {
        return Err(Refused::AlreadyMember);
    }
    let (id, token, now) = (engine.uuid(), secrets::token::<32>(), engine.now());
    let row = InvitationRow {
        id,
        organization_id: organization,
        email_hash,
        sealed_email: engine.keyring.seal(&place(id), email.as_bytes()),
        role: role.key(),
        token_hash: token_hash(engine, &token),
        expires_at: now + LIFETIME,
        created_at: now,
    };
    store::members::put_invitation(&mut tx, &row).await?;
    audit::note_of(engine, &mut tx, member, "member.invited", id, json!({ "role": role.slug })).await?;
    let name = store::organizations::find(&mut tx, organization).await?.map(|row| row.name);
    tx.commit().await?;
    let name = name.unwrap_or_default();
    let mail = MemberInvite { organization: &name, token: &token, days: 7 }.mail(email, "en");
    engine.mailer.send(&mail, now).await.map_err(Refused::Mail)?;
    Ok(Invitation { id, email: email.to_owned(), role, expires_at: row.expires_at, created_at: now })
}

/// Invitations that were not accepted, oldest first.
pub async fn list_invitations(engine: &Engine, member: &Member) -> Result<Vec<Invitation>, Refused> {
    let mut tx = engine.store.read().await?;
    let mut invitations = Vec::new();
    for row in store::members::list_invitations(&mut tx, member.organization()).await? {
        let role = role::resolve(&mut tx, row.organization_id, &row.role).await?;
        let email = engine.keyring.open_text(&place(row.id), &row.sealed_email)?;
        let (expires_at, created_at) = (row.expires_at, row.created_at);
        invitations.push(Invitation { id: row.id, email, role, expires_at, created_at });
    }
    Ok(invitations)
}

/// Takes an invitation back.
pub async fn withdraw_invitation(engine: &Engine, member: &Member, id: Uuid) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    if !store::members::delete_invitation(&mut tx, member.organization(), id).await? {
        return Err(Refused::NotFound);
    }
    audit::note_of(engine, &mut tx, member, "member.invitation_withdrawn", id, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the operator a member. The invitation must have been mailed to the address of their account.
pub async fn accept_invitation(
    engine: &Engine,
    operator: &Operator,
    token: &str,
) -> Result<OrganizationId, Refused> {
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    let invitation = store::members::find_invitation(&mut tx, &token_hash(engine, token)).await?;
    let invitation = invitation.filter(|row| now < row.expires_at).ok_or(Refused::WrongInvitation)?;
    let account = store::accounts::find(&mut tx, operator.account()).await?;
    let account = account.filter(|account| account.email_hash == invitation.email_hash);
    let account = account.ok_or(Refused::WrongInvitation)?;
    let organization = invitation.organization_id;
    if !store::members::delete_invitation(&mut tx, organization, invitation.id).await? {
        return Err(Refused::WrongInvitation);
    }
    let row = MemberRow {
        id: engine.uuid(),
        organization_id: organization,
        account_id: account.id,
        role: invitation.role,
        created_at: now,
    };
    if !store::members::insert(&mut tx, &row).await? {
        return Err(Refused::AlreadyMember);
    }
    let subject = Subject {
        organization,
        application: None,
        actor: store::Actor::Account(account.id),
        source: operator.source(),
    };
    audit::note_of(engine, &mut tx, subject, "member.joined", row.id, json!({ "role": row.role })).await?;
    tx.commit().await?;
    Ok(organization)
}

/// Gives a member another role; it counts from their next request on.
pub async fn change_role(
    engine: &Engine,
    member: &Member,
    id: Uuid,
    role: &str,
) -> Result<MemberRecord, Refused> {
    let organization = member.organization();
    let mut tx = engine.store.begin().await?;
    let changed = changeable(engine, &mut tx, member, id).await?;
    let role = givable(&mut tx, member, role).await?;
    if role.key() != SystemRole::Owner.slug() {
        keep_an_owner(&mut tx, &changed).await?;
    }
    store::members::set_role(&mut tx, organization, id, &role.key()).await?;
    let details = json!({ "role": role.slug });
    audit::note_of(engine, &mut tx, member, "member.role_changed", id, details).await?;
    let record = opened(engine, &mut tx, MemberRow { role: role.key(), ..changed }).await?;
    tx.commit().await?;
    Ok(record)
}

/// Ends a membership; it counts from the member's next request on.
pub async fn remove_member(engine: &Engine, member: &Member, id: Uuid) -> Result<(), Refused> {
    let mut tx = engine.store.begin().await?;
    let removed = changeable(engine, &mut tx, member, id).await?;
    keep_an_owner(&mut tx, &removed).await?;
    store::members::delete(&mut tx, member.organization(), id).await?;
    audit::note_of(engine, &mut tx, member, "member.removed", id, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// A member whose role allows no more than the asking one's. Changes of one organisation's members take turns, so that
/// two owners cannot remove each other.
async fn changeable(engine: &Engine, tx: &mut Tx, member: &Member, id: Uuid) -> Result<MemberRow, Refused> {
    let organization = member.organization();
    store::attempts::take_turn(tx, "members", &organization.to_string(), engine.now()).await?;
    let row = store::members::find(tx, organization, id).await?.ok_or(Refused::NotFound)?;
    let role = role::resolve(tx, organization, &row.role).await?;
    if member.role().permissions.include_all(&role.permissions) { Ok(row) } else { Err(Refused::TooMuch) }
}

async fn keep_an_owner(tx: &mut Tx, changed: &MemberRow) -> Result<(), Refused> {
    let owner = SystemRole::Owner.slug();
    if changed.role != owner {
        return Ok(());
    }
    match store::members::count_with_role(tx, changed.organization_id, owner).await? {
        ..2 => Err(Refused::LastOwner),
        _ => Ok(()),
    }
}

/// The role of this key, if the member may give it: nobody gives more than they have.
async fn givable(tx: &mut Tx, member: &Member, key: &str) -> Result<Role, Refused> {
    let role = role::find(tx, member.organization(), key).await?.ok_or(Refused::UnknownRole)?;
    if member.role().permissions.include_all(&role.permissions) { Ok(role) } else { Err(Refused::TooMuch) }
}

async fn opened(engine: &Engine, tx: &mut Tx, row: MemberRow) -> Result<MemberRecord, Refused> {
    let role = role::resolve(tx, row.organization_id, &row.role).await?;
    let email = accounts::email(engine, tx, row.account_id).await?.unwrap_or_default();
    Ok(MemberRecord { id: row.id, account: row.account_id, email, role, created_at: row.created_at })
}

fn token_hash(engine: &Engine, token: &str) -> String {
    engine.keyring.lookup("invitations.token", token)
}

fn place(id: Uuid) -> Place {
    Place::new("invitations", id)
}
