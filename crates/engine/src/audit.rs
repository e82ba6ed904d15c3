//! The record of who changed what.

use std::fmt::Display;
use std::net::IpAddr;

use jiff::Timestamp;
use model::id::{AccountId, ApplicationId, OrganizationId};
use serde_json::Value;
pub use store::audit::Filter;
use store::audit::{EntryRow, NewEntry};
use store::{Actor, Place, Scope, Tx};
use uuid::Uuid;

use crate::Engine;
use crate::access::Member;

/// In whose record, and on whose word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) organization: OrganizationId,
    pub(crate) application: Option<ApplicationId>,
    pub(crate) actor: Actor,
    pub(crate) source: Option<IpAddr>,
}

impl From<&Scope> for Subject {
    fn from(scope: &Scope) -> Self {
        Self {
            organization: scope.organization_id(),
            application: Some(scope.application_id()),
            actor: scope.actor(),
            source: scope.source(),
        }
    }
}

impl From<&Member> for Subject {
    fn from(member: &Member) -> Self {
        Self {
            organization: member.organization(),
            application: None,
            actor: member.actor(),
            source: member.operator().source(),
        }
    }
}

/// Notes a change in the transaction that makes it.
///
/// `action` is `resource.past_verb` (`session.status_updated`), `object` the id of what changed, `details` a JSON object
/// of facts such as the new status; nothing personal, because the record outlives every person's data.
pub(crate) async fn note(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    action: &str,
    object: impl Display,
    details: Value,
) -> Result<(), store::Error> {
    note_of(engine, tx, scope, action, object, details).await
}

/// [`note`] for changes of an organisation, which belong to no application.
pub(crate) async fn note_of(
    engine: &Engine,
    tx: &mut Tx,
    subject: impl Into<Subject>,
    action: &str,
    object: impl Display,
    details: Value,
) -> Result<(), store::Error> {
    let subject = subject.into();
    let (object, details) = (object.to_string(), details.to_string());
    let id = engine.uuid();
    let sealed_source =
        subject.source.map(|source| engine.keyring.seal(&place(id), source.to_string().as_bytes()));
    let entry = NewEntry {
        id,
        organization_id: subject.organization,
        application_id: subject.application,
        actor: subject.actor,
        action,
        object: &object,
        details: &details,
        sealed_source,
        created_at: engine.now(),
    };
    store::audit::append(tx, &entry).await
}

/// One entry, opened.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "named as the record's columns are")]
pub struct Entry {
    pub id: Uuid,
    /// Counts the organisation's entries without a gap.
    pub number: i64,
    pub application: Option<ApplicationId>,
    /// `api_key`, `account`, `person` or `system`.
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    /// The key's name or the account's address, if there still is one.
    pub actor_name: Option<String>,
    pub action: String,
    pub object: String,
    pub details: Value,
    pub source: Option<String>,
    pub created_at: Timestamp,
}

/// The member's organisation's entries, newest first, and how many there are in all.
pub async fn list(
    engine: &Engine,
    member: &Member,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Entry>, i64), store::Error> {
    let mut tx = engine.store.read().await?;
    let organization = member.organization();
    let count = store::audit::count(&mut tx, organization, filter).await?;
    let rows = store::audit::list(&mut tx, organization, filter, (limit, offset)).await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let actor_name = actor_name(engine, &mut tx, &row.actor_kind, row.actor_id).await?;
        entries.push(opened(engine, row, actor_name)?);
    }
    Ok((entries, count))
}

/// What people call an actor of this kind and id.
pub(crate) async fn actor_name(
    engine: &Engine,
    tx: &mut Tx,
    kind: &str,
    id: Option<Uuid>,
) -> Result<Option<String>, store::Error> {
    let Some(id) = id else { return Ok(None) };
    match kind {
        "api_key" => store::api_keys::name(tx, id).await,
        "account" => crate::accounts::email(engine, tx, AccountId(id)).await,
        _ => Ok(None),
    }
}

fn opened(engine: &Engine, row: EntryRow, actor_name: Option<String>) -> Result<Entry, store::Error> {
    let source =
        row.sealed_source.map(|sealed| engine.keyring.open_text(&place(row.id), &sealed)).transpose()?;
    let details = serde_json::from_str(&row.details)
        .map_err(|_| store::Error::Corrupt { table: "audit_entries", id: row.id.to_string() })?;
    Ok(Entry {
        id: row.id,
        number: row.number,
        application: row.application_id,
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        actor_name,
        action: row.action,
        object: row.object,
        details,
        source,
        created_at: row.created_at,
    })
}

fn place(id: Uuid) -> Place {
    Place::new("audit_entries", id)
}
