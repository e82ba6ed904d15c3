//! Naming the parties, once.

use model::feature::Feature;
use model::id::{PartyId, SessionId};
use model::session::{Effect, Event, Phase, State, Verdict};
use model::status::SessionStatus;
use serde_json::json;
use store::parties::PartyRow;
use store::{Mode, Scope, Tx};

use super::{MOST, Party, Refused, Standing, child, place, report};
use crate::sessions::Record;
use crate::{Engine, audit, checks, sandbox};

/// Who is named, and in which language they are written to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Submission {
    /// One of the page's languages.
    pub locale: Option<String>,
    /// At most [`MOST`].
    pub parties: Vec<Party>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "features §17.1, API path")]
pub struct Submitted {
    pub session_id: SessionId,
    pub status: SessionStatus,
    pub already_submitted: bool,
    pub parties: Vec<Standing>,
}

/// Names the parties of a business session and makes the sessions of those who have to be verified. Again, it changes
/// nothing and says so.
pub async fn submit(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    submission: Submission,
) -> Result<Submitted, Refused> {
    let mut tx = engine.store.begin().await?;
    let record = Record::load(engine, &mut tx, scope, id).await?;
    if !record.session.graph.is_business() {
        return Err(Refused::NotFound);
    }
    let known = child::standings(engine, &mut tx, &record).await?;
    if !known.is_empty() {
        return Ok(submitted(&record, true, known.into_iter().map(|(_, standing)| standing).collect()));
    }
    let record = reach_key_people(engine, &mut tx, record).await?;
    if submission.parties.is_empty() {
        return Err(Refused::Nobody);
    }
    let node = child::node(&record).ok_or(Refused::NotNow)?;
    keep(engine, &mut tx, &record, submission).await?;
    let standings = child::standings(engine, &mut tx, &record).await?;
    let standings: Vec<Standing> = standings.into_iter().map(|(_, standing)| standing).collect();
    let report = report::of(&node, &record.config(&node), &standings);
    let record = record.apply(engine, &mut tx, Event::PartiesSubmitted(report)).await?;
    let details = json!({"parties": standings.len()});
    audit::note(engine, &mut tx, scope, "session.parties_submitted", id, details).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(submitted(&record, false, standings))
}

fn submitted(record: &Record, already_submitted: bool, parties: Vec<Standing>) -> Submitted {
    Submitted { session_id: record.row.id, status: record.session.status(), already_submitted, parties }
}

async fn keep(engine: &Engine, tx: &mut Tx, record: &Record, submission: Submission) -> Result<(), Refused> {
    let locale = submission.locale.as_deref();
    for (position, mut party) in submission.parties.into_iter().take(MOST).enumerate() {
        let need = child::need(record, &party);
        party.requires_verification = need.required;
        let child_session_id = child::make(engine, tx, record, &party, (need, locale)).await?;
        let id = PartyId(engine.uuid());
        let row = PartyRow {
            id,
            session_id: record.row.id,
            position: i64::try_from(position).unwrap_or(i64::MAX),
            sealed: record.key.seal_json(&place(id), &party),
            child_session_id,
            created_at: engine.now(),
        };
        store::parties::insert(tx, &row).await?;
    }
    Ok(())
}

/// Opens a session that nobody has opened, and passes the steps before its key people that need nobody: an integrator's
/// program names the parties without a browser.
async fn reach_key_people(engine: &Engine, tx: &mut Tx, mut record: Record) -> Result<Record, Refused> {
    for _ in 0..=record.session.graph.nodes.len() {
        let event = match &record.session.state {
            State::NotStarted { .. } => Event::Opened,
            State::InProgress(progress) => {
                let feature = record.session.graph.config(&progress.node).map(|(feature, _)| feature);
                match feature {
                    Some(Feature::KybKeyPeople) => return Ok(record),
                    Some(feature) if feature.is_business() && progress.phase == Phase::Checking => {
                        let node = &progress.node;
                        let report = match record.scope.mode() {
                            Mode::Sandbox => sandbox::report(engine, &record, node),
                            Mode::Live => checks::business::report(&record, node, feature),
                        };
                        Event::Reported {
                            report: report.of_attempt(progress.attempt),
                            verdict: Verdict::Final,
                        }
                    }
                    _ => return Err(Refused::NotNow),
                }
            }
            _ => return Err(Refused::NotNow),
        };
        let applied = record.session.clone().apply(event, engine.now());
        let mut step = applied.map_err(crate::sessions::ChangeRefused::from)?;
        // Their reports follow in this loop; a job would find them done.
        step.effects.retain(|effect| !matches!(effect, Effect::RunCheck { .. }));
        record = record.save(engine, tx, step).await?;
    }
    Err(Refused::NotNow)
}
