//! A party's link that died before they began is replaced by a new one.

use model::id::{PartyId, SessionId};
use model::session::{Event, State};
use model::status::SessionStatus;
use serde_json::json;
use store::Scope;

use super::{Refused, Standing, child, report};
use crate::sessions::Record;
use crate::{Engine, audit};

/// Makes the party another session, if theirs was deleted or expired before they began and the business session still
/// waits.
pub async fn regenerate(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    party: PartyId,
) -> Result<Standing, Refused> {
    let mut tx = engine.store.begin().await?;
    let parent = Record::load(engine, &mut tx, scope, id).await?;
    let node = child::node(&parent).ok_or(Refused::NotFound)?;
    let standings = child::standings(engine, &mut tx, &parent).await?;
    let found = standings.into_iter().find(|(row, _)| row.id == party);
    let (row, standing) = found.ok_or(Refused::PartyNotFound)?;
    let dead = standing.child.as_ref().is_none_or(|child| child.status == SessionStatus::Expired);
    let waits = matches!(parent.session.state, State::AwaitingUser { .. });
    if !(waits && dead && standing.party.requires_verification) {
        return Err(Refused::StillGood);
    }
    let need = child::need(&parent, &standing.party);
    let made = child::make(engine, &mut tx, &parent, &standing.party, (need, None)).await?;
    store::parties::set_child(&mut tx, &row, made.ok_or(Refused::Workflow)?).await?;
    let standings = child::standings(engine, &mut tx, &parent).await?;
    let standings: Vec<Standing> = standings.into_iter().map(|(_, standing)| standing).collect();
    let report = report::of(&node, &parent.config(&node), &standings);
    parent.apply(engine, &mut tx, Event::PartyMoved(report)).await?;
    audit::note(engine, &mut tx, scope, "session.party_regenerated", id, json!({"party": party})).await?;
    tx.commit().await?;
    engine.nudge();
    standings.into_iter().find(|standing| standing.id == party).ok_or(Refused::PartyNotFound)
}
