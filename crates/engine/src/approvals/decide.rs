//! A second person approves or refuses.

use model::id::AccountId;
use serde_json::json;
use store::Tx;
use store::approvals::ApprovalRow;
use uuid::Uuid;

use super::ask::member as still_member;
use super::carry_out::{Left, carry_out};
use super::{Approval, Consent, Operation, Refused, read};
use crate::access::Member;
use crate::{Engine, audit};

/// A session that changes meanwhile is looked at again this often.
const TURNS: u32 = 20;

/// Approves a request and does what it asks for, or, where nobody stands behind it yet, stands behind it.
pub async fn approve(engine: &Engine, member: &Member, id: Uuid) -> Result<Approval, Refused> {
    for _ in 0..TURNS {
        match Box::pin(attempt(engine, member, id)).await {
            Err(Refused::Store(store::Error::Stale)) => {}
            Err(Refused::Changed) => return outdate(engine, member, id).await,
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

async fn attempt(engine: &Engine, member: &Member, id: Uuid) -> Result<Approval, Refused> {
    let mut tx = engine.store.begin().await?;
    let row = pending(engine, &mut tx, member, id).await?;
    let operation = operation(&row)?;
    if !member.may(operation.permission()) {
        return Err(Refused::TooMuch);
    }
    let approver = member.operator().account();
    let Some(sponsor) = still_member(&mut tx, row.organization_id, row.sponsor_id).await? else {
        return stand_behind(engine, tx, member, row).await;
    };
    if sponsor == approver {
        return Err(Refused::OwnRequest);
    }
    settle(engine, &mut tx, member, &row, "approved").await?;
    let consent = Consent { approval: row.id, by: approver };
    let left = carry_out(engine, &mut tx, member, operation, &row, &consent).await?;
    note(engine, &mut tx, member, "approval.granted", &row).await?;
    let approval = decided(engine, &mut tx, member, id).await?;
    tx.commit().await?;
    Left::follow(left, engine).await;
    Ok(approval)
}

/// Refuses a request for good; whoever asked may do it too.
pub async fn refuse(engine: &Engine, member: &Member, id: Uuid) -> Result<Approval, Refused> {
    let mut tx = engine.store.begin().await?;
    let row = pending(engine, &mut tx, member, id).await?;
    let own = row.sponsor_id == Some(member.operator().account());
    if !own && !member.may(operation(&row)?.permission()) {
        return Err(Refused::TooMuch);
    }
    settle(engine, &mut tx, member, &row, "refused").await?;
    note(engine, &mut tx, member, "approval.refused", &row).await?;
    let approval = decided(engine, &mut tx, member, id).await?;
    tx.commit().await?;
    Ok(approval)
}

/// What was asked for cannot be done any more; that much is kept.
async fn outdate(engine: &Engine, member: &Member, id: Uuid) -> Result<Approval, Refused> {
    let mut tx = engine.store.begin().await?;
    let row = pending(engine, &mut tx, member, id).await?;
    settle(engine, &mut tx, member, &row, "outdated").await?;
    note(engine, &mut tx, member, "approval.outdated", &row).await?;
    tx.commit().await?;
    Err(Refused::Changed)
}

/// The member takes a request on that nobody stands behind; another one approves it.
async fn stand_behind(
    engine: &Engine,
    mut tx: Tx,
    member: &Member,
    row: ApprovalRow,
) -> Result<Approval, Refused> {
    let account: AccountId = member.operator().account();
    if !store::approvals::set_sponsor(&mut tx, &row, account).await? {
        return Err(store::Error::Stale.into());
    }
    note(engine, &mut tx, member, "approval.taken_on", &row).await?;
    let approval = decided(engine, &mut tx, member, row.id).await?;
    tx.commit().await?;
    Ok(approval)
}

async fn pending(engine: &Engine, tx: &mut Tx, member: &Member, id: Uuid) -> Result<ApprovalRow, Refused> {
    let row = store::approvals::find(tx, member.organization(), id).await?.ok_or(Refused::NotFound)?;
    match read::status(engine, &row) {
        "pending" => Ok(row),
        other => Err(Refused::NotPending(other.to_owned())),
    }
}

async fn settle(
    engine: &Engine,
    tx: &mut Tx,
    member: &Member,
    row: &ApprovalRow,
    status: &str,
) -> Result<(), Refused> {
    let decided = Some((member.operator().account(), engine.now()));
    // Somebody else was faster: the next look tells.
    if store::approvals::settle(tx, row, status, decided).await? {
        Ok(())
    } else {
        Err(store::Error::Stale.into())
    }
}

async fn note(
    engine: &Engine,
    tx: &mut Tx,
    member: &Member,
    action: &str,
    row: &ApprovalRow,
) -> Result<(), store::Error> {
    let details = json!({ "action": row.action, "object": row.object, "requested_by": row.sponsor_id });
    let subject = audit::Subject { application: row.application_id, ..member.into() };
    audit::note_of(engine, tx, subject, action, row.id, details).await
}

async fn decided(engine: &Engine, tx: &mut Tx, member: &Member, id: Uuid) -> Result<Approval, Refused> {
    let row = store::approvals::find(tx, member.organization(), id).await?.ok_or(Refused::NotFound)?;
    Ok(read::opened(engine, tx, row).await?)
}

fn operation(row: &ApprovalRow) -> Result<Operation, store::Error> {
    let known = Operation::ALL.into_iter().find(|operation| operation.as_str() == row.action);
    known.ok_or_else(|| store::Error::Corrupt { table: "approvals", id: row.id.to_string() })
}
