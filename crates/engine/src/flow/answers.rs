//! The person sends a filled-in form. It is judged at once: nothing about it needs a machine's time but its files.

use model::session::{Effect, Event, Refused, Step, Verdict};
use model::workflow::NodeId;
use serde_json::{Map, Value};
use store::blobs::BlobRow;
use store::uploads::UploadRow;

use super::{FlowRefused, FlowView, Visitor, uploads, view};
use crate::Engine;
use crate::checks;
use crate::questionnaires::{self, answers::Answers};
use crate::sessions::{ChangeRefused, Record};

/// Takes the answers of the current step, `{question: {value, text?, entries?}}`, and goes on.
pub async fn answer(
    engine: &Engine,
    visitor: &Visitor,
    node: &NodeId,
    given: &Map<String, Value>,
) -> Result<FlowView, FlowRefused> {
    let mut tx = engine.store.read().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let rows = store::uploads::list(&mut tx, record.row.id).await?;
    drop(tx);
    let attempt = attempt(&record, node)?;
    let mine = |row: &&UploadRow| super::is_evidence(row, node, attempt);
    let files: Vec<UploadRow> = rows.iter().filter(mine).cloned().collect();
    let parts: Vec<String> = files.iter().map(|row| row.part.clone()).collect();
    let mut answers = checked(&record, node, given, &parts)?;
    let kept = keep_files(engine, &record, &files, &mut answers).await?;
    let done = report(engine, visitor, node, attempt, &answers, &kept).await;
    if done.is_ok() {
        for row in &files {
            engine.blobs.delete_upload(record.row.id, row.id).await?;
        }
    }
    done
}

/// The attempt at work, if this node's form is asked for now.
fn attempt(record: &Record, node: &NodeId) -> Result<u32, FlowRefused> {
    let progress = uploads::current(record, node)?;
    progress.consented_at.ok_or(FlowRefused::Lifecycle(Refused::Early))?;
    Ok(progress.attempt)
}

fn checked(
    record: &Record,
    node: &NodeId,
    given: &Map<String, Value>,
    parts: &[String],
) -> Result<Answers, FlowRefused> {
    let questionnaire = record.personal.questionnaires.get(&node.0);
    let questionnaire = questionnaire.ok_or(FlowRefused::Lifecycle(Refused::NotCurrent))?;
    questionnaires::answers::check(&questionnaire.content, given, parts).map_err(FlowRefused::Answers)
}

/// Stores every file for good, pictures without what the camera wrote beside the pixels, and puts its name into the
/// answer. The rows are written with the report.
async fn keep_files(
    engine: &Engine,
    record: &Record,
    files: &[UploadRow],
    answers: &mut Answers,
) -> Result<Vec<BlobRow>, FlowRefused> {
    let mut kept = Vec::new();
    for file in answers.values_mut().flat_map(|answer| &mut answer.files) {
        let Some(row) = files.iter().find(|row| row.part == *file) else { continue };
        let blob = checks::keep_file(engine, record, row, uploads::PDF).await?;
        *file = format!("media:{}", blob.id);
        kept.push(blob);
    }
    Ok(kept)
}

/// The form is complete and reported in one transaction.
async fn report(
    engine: &Engine,
    visitor: &Visitor,
    node: &NodeId,
    seen: u32,
    answers: &Answers,
    files: &[BlobRow],
) -> Result<FlowView, FlowRefused> {
    let mut tx = engine.store.begin().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    if attempt(&record, node)? != seen {
        return Err(FlowRefused::Busy);
    }
    for blob in files {
        store::blobs::insert(&mut tx, blob).await?;
    }
    let questionnaire = record.personal.questionnaires.get(&node.0);
    let questionnaire = questionnaire.ok_or(FlowRefused::Lifecycle(Refused::NotCurrent))?;
    let report = questionnaires::report(node, &record.config(node), questionnaire, answers).of_attempt(seen);
    let (session, now) = (record.session.clone(), engine.now());
    let given = session.apply(Event::EvidenceComplete(node.clone()), now).map_err(ChangeRefused::from)?;
    let reported = Event::Reported { report, verdict: Verdict::Final };
    let judged = given.next.apply(reported, now).map_err(ChangeRefused::from)?;
    // The report is here already; a job would find it done.
    let effects = given.effects.into_iter().filter(|effect| !matches!(effect, Effect::RunCheck { .. }));
    let step = Step { next: judged.next, effects: effects.chain(judged.effects).collect() };
    let record = record.save(engine, &mut tx, step).await?;
    let view = view::of(engine, &mut tx, &record).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(view)
}
