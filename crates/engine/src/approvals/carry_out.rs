//! What was asked for is done, on the word of whoever asked, if its object is still what it was.

use model::id::{AccountId, EntityId, SessionId};
use model::status::SessionStatus;
use serde_json::{Value, json};
use store::approvals::ApprovalRow;
use store::{Actor, Scope, Tx};

use super::{Consent, Operation, Refused, noted, read};
use crate::access::Member;
use crate::entities::{self, Kind};
use crate::sessions::{self, Record, StatusRefused, StatusUpdate, Whom};
use crate::{Engine, audit};

/// What is left to do once it is committed.
pub(super) enum Left {
    /// Nothing.
    Nothing,
    /// Jobs wait.
    Jobs,
    /// Objects of an erased session.
    Objects(SessionId),
}

impl Left {
    pub(super) async fn follow(self, engine: &Engine) {
        match self {
            Self::Nothing => {}
            Self::Jobs => engine.nudge(),
            Self::Objects(id) => sessions::delete_objects(engine, id).await,
        }
    }
}

pub(super) async fn carry_out(
    engine: &Engine,
    tx: &mut Tx,
    member: &Member,
    operation: Operation,
    row: &ApprovalRow,
    consent: &Consent,
) -> Result<Left, Refused> {
    if operation == Operation::EndSecondPerson {
        let organization = member.organization();
        store::organizations::set_second_person(tx, organization, false).await?;
        let details = noted(json!({}), Some(consent));
        let subject = audit::Subject { actor: actor(row), source: None, ..member.into() };
        let action = "organization.second_person_ended";
        audit::note_of(engine, tx, subject, action, organization, details).await?;
        return Ok(Left::Nothing);
    }
    let scope = scope(tx, member, row).await?;
    match operation {
        Operation::ApproveSession => approve(engine, tx, &scope, row, consent).await,
        Operation::DeleteSession => delete(engine, tx, &scope, row, consent).await,
        Operation::DeleteSessions => delete_many(engine, tx, &scope, row, consent).await,
        Operation::DeleteUsers => delete_entities(engine, tx, &scope, Kind::User, row, consent).await,
        Operation::DeleteBusinesses => {
            delete_entities(engine, tx, &scope, Kind::Business, row, consent).await
        }
        // Whoever asked looks at the key themselves, once; see `take`.
        Operation::RevealKey | Operation::EndSecondPerson => Ok(Left::Nothing),
    }
}

async fn approve(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    row: &ApprovalRow,
    consent: &Consent,
) -> Result<Left, Refused> {
    let note = read::note(engine, tx, row).await?.ok_or(Refused::Changed)?;
    let wanted = StatusUpdate {
        status: SessionStatus::Approved,
        steps: Vec::new(),
        comment: note.comment,
        notify: note.notify,
    };
    let record = Record::load(engine, tx, scope, session(row)?).await.map_err(StatusRefused::from);
    let record = record.map_err(undecided)?;
    if record.row.version.to_string() != row.object_state {
        return Err(Refused::Changed);
    }
    let decided = sessions::decide(engine, tx, record, &wanted, Some(consent)).await;
    decided.map_err(undecided)?.map(|_| Left::Jobs).ok_or(Refused::Changed)
}

async fn delete(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    row: &ApprovalRow,
    consent: &Consent,
) -> Result<Left, Refused> {
    let id = session(row)?;
    let found = store::sessions::find(tx, scope, id).await?.ok_or(Refused::Changed)?;
    if found.version.to_string() != row.object_state {
        return Err(Refused::Changed);
    }
    let erased = sessions::erase_within(engine, tx, scope, id, Some(consent)).await?;
    if erased { Ok(Left::Objects(id)) } else { Err(Refused::Changed) }
}

async fn delete_many(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    row: &ApprovalRow,
    consent: &Consent,
) -> Result<Left, Refused> {
    let details = details(row)?;
    let whom = match (details["through_number"].as_i64(), details["session_numbers"].as_array()) {
        (Some(number), _) => Whom::Through(number),
        (None, Some(numbers)) => Whom::Numbers(numbers.iter().filter_map(Value::as_i64).collect()),
        (None, None) => return Err(corrupt(row).into()),
    };
    if let Whom::Numbers(numbers) = &whom
        && sessions::standing(tx, scope, numbers).await? != row.object_state
    {
        return Err(Refused::Changed);
    }
    let erased = sessions::erase_many_within(engine, tx, scope, whom, Some(consent)).await?;
    if erased { Ok(Left::Jobs) } else { Err(Refused::Changed) }
}

async fn delete_entities(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    kind: Kind,
    row: &ApprovalRow,
    consent: &Consent,
) -> Result<Left, Refused> {
    let ids = serde_json::from_value(details(row)?["didit_internal_ids"].take());
    let ids: Vec<EntityId> = ids.map_err(|_| corrupt(row))?;
    let deleted = entities::delete_within(engine, tx, scope, kind, &ids, Some(consent)).await?;
    // Somebody who is gone or came back under another id was not asked about.
    if deleted == ids.len() { Ok(Left::Nothing) } else { Err(Refused::Changed) }
}

/// The application, on the word of whoever asked.
async fn scope(tx: &mut Tx, member: &Member, row: &ApprovalRow) -> Result<Scope, Refused> {
    let id = row.application_id.ok_or_else(|| corrupt(row))?;
    let found = store::applications::find_for_member(tx, member.organization(), id).await?;
    Ok(found.ok_or(Refused::Changed)?.0.acting(actor(row)))
}

fn actor(row: &ApprovalRow) -> Actor {
    match (row.actor_kind.as_str(), row.actor_id) {
        ("account", Some(id)) => Actor::Account(AccountId(id)),
        (_, key) => Actor::ApiKey(key),
    }
}

fn session(row: &ApprovalRow) -> Result<SessionId, store::Error> {
    row.object.parse().map_err(|_| corrupt(row))
}

/// Whatever stands in the way of the decision was not so when it was asked for.
fn undecided(refused: StatusRefused) -> Refused {
    match refused {
        StatusRefused::Store(error) => Refused::Store(error),
        _ => Refused::Changed,
    }
}

fn details(row: &ApprovalRow) -> Result<Value, store::Error> {
    serde_json::from_str(&row.details).map_err(|_| corrupt(row))
}

fn corrupt(row: &ApprovalRow) -> store::Error {
    store::Error::Corrupt { table: "approvals", id: row.id.to_string() }
}
