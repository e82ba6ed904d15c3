//! What waits for a second person, and what became of it.

use model::id::{AccountId, SessionId};
use store::Tx;
use store::approvals::{ApprovalRow, Filter};
use uuid::Uuid;

use super::{Approval, Note, Person, Refused, place};
use crate::access::Member;
use crate::workflows::Page;
use crate::{Engine, accounts, audit};

/// The organisation's requests, newest first.
pub async fn list(
    engine: &Engine,
    member: &Member,
    filter: &Filter,
    part: (i64, i64),
) -> Result<Page<Approval>, store::Error> {
    let mut tx = engine.store.read().await?;
    let (organization, now) = (member.organization(), engine.now());
    let count = store::approvals::count(&mut tx, organization, filter, now).await?;
    let mut items = Vec::new();
    for row in store::approvals::list(&mut tx, organization, filter, now, part).await? {
        items.push(opened(engine, &mut tx, row).await?);
    }
    Ok(Page { count: usize::try_from(count).unwrap_or(0), items })
}

/// One of them.
pub async fn get(engine: &Engine, member: &Member, id: Uuid) -> Result<Approval, Refused> {
    let mut tx = engine.store.read().await?;
    let row = store::approvals::find(&mut tx, member.organization(), id).await?;
    Ok(opened(engine, &mut tx, row.ok_or(Refused::NotFound)?).await?)
}

/// Where a request stands now.
pub(super) fn status<'a>(engine: &Engine, row: &'a ApprovalRow) -> &'a str {
    let over = row.status == "pending" && row.expires_at <= engine.now();
    if over { "expired" } else { &row.status }
}

pub(super) async fn opened(engine: &Engine, tx: &mut Tx, row: ApprovalRow) -> Result<Approval, store::Error> {
    let details = serde_json::from_str(&row.details)
        .map_err(|_| store::Error::Corrupt { table: "approvals", id: row.id.to_string() })?;
    let note = note(engine, tx, &row).await?;
    Ok(Approval {
        status: status(engine, &row).to_owned(),
        comment: note.and_then(|note| note.comment),
        actor_name: audit::actor_name(engine, tx, &row.actor_kind, row.actor_id).await?,
        sponsor: person(engine, tx, row.sponsor_id).await?,
        decided_by: person(engine, tx, row.decided_by).await?,
        id: row.id,
        application: row.application_id,
        action: row.action,
        object: row.object,
        details,
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        decided_at: row.decided_at,
        expires_at: row.expires_at,
        created_at: row.created_at,
    })
}

async fn person(
    engine: &Engine,
    tx: &mut Tx,
    account: Option<AccountId>,
) -> Result<Option<Person>, store::Error> {
    let Some(account) = account else { return Ok(None) };
    Ok(Some(Person { account, email: accounts::email(engine, tx, account).await? }))
}

/// What was written beside a request about a session, until the session is erased.
pub(super) async fn note(
    engine: &Engine,
    tx: &mut Tx,
    row: &ApprovalRow,
) -> Result<Option<Note>, store::Error> {
    let Some(sealed) = &row.sealed else { return Ok(None) };
    let Ok(session) = row.object.parse::<SessionId>() else { return Ok(None) };
    let key = store::session_keys::find(tx, &engine.keyring, session).await?;
    key.map(|key| key.open_json(&place(row.id), sealed)).transpose()
}
