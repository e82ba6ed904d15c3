//! The session that verifies one party.

use model::id::{SessionId, WorkflowId};
use serde_json::{Map, Value, json};
use store::parties::PartyRow;
use store::{Scope, Tx};

use super::need::{self, Need};
use super::{Child, Party, Refused, Standing, place};
use crate::Engine;
use crate::sessions::{self, CreateSession, Record};

/// Makes the session that a party needs; nothing for one that need not be verified, or for which the application has
/// no workflow: then a human decides.
pub(super) async fn make(
    engine: &Engine,
    tx: &mut Tx,
    parent: &Record,
    party: &Party,
    (need, locale): (Need, Option<&str>),
) -> Result<Option<SessionId>, Refused> {
    if !need.required {
        return Ok(None);
    }
    let workflow = match need.workflow {
        Some(workflow) => Some(workflow),
        None => default_workflow(tx, &parent.scope).await?,
    };
    let Some(workflow) = workflow else { return Ok(None) };
    let config = parent.config(&node(parent).ok_or(Refused::NotFound)?);
    let notify = config.get("kyb_notify_parties_by_email").and_then(Value::as_bool).unwrap_or(false);
    let language = locale.map(str::to_owned).or_else(|| parent.personal.language.clone());
    let mut contact = Map::new();
    if let Some(email) = &party.email {
        contact.insert("email".to_owned(), json!(email));
        contact.insert("send_notification_emails".to_owned(), json!(notify));
        if let Some(language) = &language {
            contact.insert("email_lang".to_owned(), json!(language));
        }
    }
    let wanted = CreateSession {
        workflow_id: Some(workflow),
        language,
        contact_details: (!contact.is_empty()).then_some(contact),
        expected_details: expected(party),
        sandbox_scenario: parent.personal.sandbox_scenario.clone(),
        ..CreateSession::default()
    };
    match Box::pin(sessions::create_within(engine, tx, &parent.scope, wanted)).await {
        Ok(id) => Ok(Some(id)),
        Err(sessions::CreateRefused::Store(error)) => Err(error.into()),
        Err(refused) => {
            tracing::warn!(session = %parent.row.id, %refused, "a party's session could not be made");
            Ok(None)
        }
    }
}

/// What the party's own documents are compared with.
fn expected(party: &Party) -> Option<Map<String, Value>> {
    let pairs = if party.is_company() {
        [
            ("company_name", &party.company_name),
            ("registration_number", &party.registration_number),
            ("registry_country", &None),
        ]
    } else {
        [
            ("first_name", &party.first_name),
            ("last_name", &party.last_name),
            ("date_of_birth", &party.date_of_birth),
        ]
    };
    let given = pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?))));
    let expected: Map<String, Value> = given.collect();
    (!expected.is_empty()).then_some(expected)
}

async fn default_workflow(tx: &mut Tx, scope: &Scope) -> Result<Option<WorkflowId>, store::Error> {
    for row in store::workflows::list(tx, scope).await? {
        if row.is_default
            && row.status == "published"
            && !crate::workflows::definition(&row)?.graph.is_business()
        {
            return Ok(Some(row.workflow_id));
        }
    }
    Ok(None)
}

/// The step at which a business session's parties are named.
pub(super) fn node(parent: &Record) -> Option<model::workflow::NodeId> {
    let nodes = parent.session.graph.features_in_order();
    let found = nodes.into_iter().find(|(_, feature, _)| *feature == model::feature::Feature::KybKeyPeople);
    found.map(|(node, _, _)| node.clone())
}

/// Every party with its session as it stands.
pub(super) async fn standings(
    engine: &Engine,
    tx: &mut Tx,
    parent: &Record,
) -> Result<Vec<(PartyRow, Standing)>, Refused> {
    let mut standings = Vec::new();
    for row in store::parties::list(tx, &parent.scope, parent.row.id).await? {
        let party: Party = parent.key.open_json(&place(row.id), &row.sealed)?;
        let child = match row.child_session_id {
            Some(id) => Some(child(engine, tx, &parent.scope, id).await?),
            None => None,
        };
        standings.push((row.clone(), Standing { id: row.id, party, child }));
    }
    Ok(standings)
}

/// A session that was deleted is over: nobody can finish it.
async fn child(engine: &Engine, tx: &mut Tx, scope: &Scope, id: SessionId) -> Result<Child, Refused> {
    use crate::sessions::ChangeRefused;
    match Record::load(engine, tx, scope, id).await {
        Ok(record) => {
            Ok(Child { session_id: id, status: record.session.status(), url: Some(record.url(engine)) })
        }
        Err(ChangeRefused::Store(error)) => Err(error.into()),
        Err(_) => Ok(Child { session_id: id, status: model::status::SessionStatus::Expired, url: None }),
    }
}

/// How a party is to be verified under its session's workflow.
pub(super) fn need(parent: &Record, party: &Party) -> Need {
    node(parent).map(|node| need::of(&parent.config(&node), party)).unwrap_or_default()
}
