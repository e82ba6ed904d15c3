//! Asking for a second person, and using what was granted.

use model::id::{AccountId, OrganizationId};
use serde_json::json;
use store::approvals::ApprovalRow;
use store::{Actor, Tx};
use uuid::Uuid;

use super::{Consent, LIFETIME, Wish, place};
use crate::Engine;
use crate::audit::{self, Subject};

/// The request that now waits for a second person, or nothing where one is enough. The caller commits, and does
/// nothing else if there is a request. Asked again as long as nothing has changed, the same request is told.
pub(crate) async fn ask(
    engine: &Engine,
    tx: &mut Tx,
    subject: impl Into<Subject>,
    wish: &Wish<'_>,
) -> Result<Option<Uuid>, store::Error> {
    let subject = subject.into();
    if !is_needed(tx, subject).await? {
        return Ok(None);
    }
    let row = row(engine, tx, &subject, wish).await?;
    let key = row.pending_key.clone().unwrap_or_default();
    if let Some(waiting) = store::approvals::find_pending(tx, &key).await? {
        let expired = waiting.expires_at <= engine.now();
        if waiting.object_state == row.object_state && !expired {
            return Ok(Some(waiting.id));
        }
        let status = if expired { "expired" } else { "outdated" };
        store::approvals::settle(tx, &waiting, status, None).await?;
    }
    if !store::approvals::insert(tx, &row).await? {
        // Somebody asked for it at the same moment.
        let waiting = store::approvals::find_pending(tx, &key).await?;
        return waiting.map(|row| Some(row.id)).ok_or(store::Error::Stale);
    }
    let details = json!({ "action": row.action, "object": row.object });
    audit::note_of(engine, tx, subject, "approval.requested", row.id, details).await?;
    Ok(Some(row.id))
}

/// Whether one person is not enough. What an application does by itself needs nobody.
pub(crate) async fn is_needed(tx: &mut Tx, subject: impl Into<Subject>) -> Result<bool, store::Error> {
    let subject = subject.into();
    let by_somebody = matches!(subject.actor, Actor::Account(_) | Actor::ApiKey(_));
    Ok(by_somebody && store::organizations::needs_second_person(tx, subject.organization).await?)
}

async fn row(
    engine: &Engine,
    tx: &mut Tx,
    subject: &Subject,
    wish: &Wish<'_>,
) -> Result<ApprovalRow, store::Error> {
    let (id, now) = (engine.uuid(), engine.now());
    let action = wish.operation.as_str();
    let pending_key = format!("{} {action} {} {}", subject.organization, wish.object, wish.variant);
    Ok(ApprovalRow {
        id,
        organization_id: subject.organization,
        application_id: subject.application,
        action: action.to_owned(),
        object: wish.object.clone(),
        object_state: wish.state.clone(),
        details: wish.details.to_string(),
        sealed: wish.note.as_ref().map(|(key, note)| key.seal_json(&place(id), note)),
        actor_kind: subject.actor.kind().to_owned(),
        actor_id: subject.actor.id(),
        sponsor_id: sponsor(tx, subject.organization, subject.actor).await?,
        status: "pending".to_owned(),
        pending_key: Some(pending_key),
        decided_by: None,
        decided_at: None,
        expires_at: now + LIFETIME,
        created_at: now,
    })
}

/// The member behind a request: the operator, or whoever made the key.
async fn sponsor(
    tx: &mut Tx,
    organization: OrganizationId,
    actor: Actor,
) -> Result<Option<AccountId>, store::Error> {
    let account = match actor {
        Actor::Account(id) => Some(id),
        Actor::ApiKey(Some(key)) => store::api_keys::creator(tx, key).await?,
        _ => None,
    };
    member(tx, organization, account).await
}

/// The account, if it is one of the organisation's members now.
pub(super) async fn member(
    tx: &mut Tx,
    organization: OrganizationId,
    account: Option<AccountId>,
) -> Result<Option<AccountId>, store::Error> {
    let Some(account) = account else { return Ok(None) };
    let found = store::members::find_by_account(tx, organization, account).await?;
    Ok(found.map(|row| row.account_id))
}

/// Who approved this wish of the account's, if somebody has and it can still be used. It can be used once.
pub(crate) async fn take(
    engine: &Engine,
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    wish: &Wish<'_>,
) -> Result<Option<Consent>, store::Error> {
    let about = (wish.operation.as_str(), wish.object.as_str());
    let granted = store::approvals::find_granted(tx, organization, about, account).await?;
    let Some(row) = granted else { return Ok(None) };
    let usable = row.object_state == wish.state && engine.now() < row.expires_at;
    if !usable || !store::approvals::settle(tx, &row, "used", None).await? {
        return Ok(None);
    }
    Ok(row.decided_by.map(|by| Consent { approval: row.id, by }))
}
