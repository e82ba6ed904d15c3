//! The person types the code. The guess is counted before it is compared.

use model::report::Report;
use model::session::Event;
use model::status::FeatureStatus;
use model::workflow::NodeId;
use store::verification_codes::CodeRow;
use store::{Mode, Tx};

use super::{Step, StepRefused, TURNS, too_many};
use crate::contact::report::{Draft, interim, settle};
use crate::contact::settings::Settings;
use crate::contact::{Contact, Kind, PhoneNumber, code, signals};
use crate::flow::{self, FlowRefused, FlowView, Visitor};
use crate::sessions::Record;
use crate::{Engine, sandbox};

/// Compares what was typed with the code that was sent last.
pub async fn check_code(
    engine: &Engine,
    visitor: &Visitor,
    node: &NodeId,
    typed: &str,
) -> Result<FlowView, FlowRefused> {
    for _ in 0..TURNS {
        match guess(engine, visitor, node, typed).await {
            // Rolled back with everything else, and its outcome is not told: count it again.
            Err(FlowRefused::Busy) => {}
            Ok(None) => return flow::view(engine, visitor).await,
            Ok(Some(left)) => return Err(StepRefused::WrongCode { left }.into()),
            Err(refused) => return Err(refused),
        }
    }
    Err(FlowRefused::Busy)
}

/// The guesses that are left after a wrong code; nothing once the step is done.
async fn guess(
    engine: &Engine,
    visitor: &Visitor,
    node: &NodeId,
    typed: &str,
) -> Result<Option<i64>, FlowRefused> {
    let now = engine.now();
    let mut tx = engine.store.begin().await?;
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let step = Step::at(&record, node)?;
    let limit = Settings::of(step.kind, &step.config).max_checks;
    let attempt = i64::from(step.attempt);
    let row = store::verification_codes::find(&mut tx, record.row.id, &node.0, attempt).await?;
    let row = row.ok_or(StepRefused::CodeExpired)?;
    let counted = store::verification_codes::count_check(&mut tx, &row, limit, now).await?;
    let row = counted.ok_or(StepRefused::CodeExpired)?;
    // The row was waited for; whoever held it may have moved the session on.
    let record = Record::of_visitor(engine, &mut tx, visitor).await?;
    let step = Step::at(&record, node)?;
    let contact = entered(&record, node, &step).ok_or(StepRefused::CodeExpired)?;
    let right = code::matches(engine, &row, typed);
    let draft = Draft::of(&record, node, step.attempt, &contact).tried(typed, right, now);
    let left = limit - row.checks;
    if right {
        let (warnings, matches) = signals::of(engine, &mut tx, &record, &row, &contact, &step.config).await?;
        let report = played(engine, &record, node, &step)
            .unwrap_or_else(|| draft.with_matches(matches).finished(warnings, now));
        end(engine, &mut tx, record, &row, report).await?;
    } else if left <= 0 {
        let report = draft.finished(vec![too_many(step.kind, &step.config, node)], now);
        end(engine, &mut tx, record, &row, report).await?;
    } else {
        record.apply(engine, &mut tx, Event::Noted(draft.interim())).await?;
    }
    tx.commit().await?;
    engine.nudge();
    Ok((!right && left > 0).then_some(left))
}

/// The report of a sandbox scenario that fails at this step.
fn played(engine: &Engine, record: &Record, node: &NodeId, step: &Step) -> Option<Report> {
    let report = (record.scope.mode() == Mode::Sandbox).then(|| sandbox::report(engine, record, node))?;
    (report.status != FeatureStatus::Approved).then(|| report.of_attempt(step.attempt))
}

async fn end(
    engine: &Engine,
    tx: &mut Tx,
    record: Record,
    row: &CodeRow,
    report: Report,
) -> Result<(), FlowRefused> {
    let state = if report.status == FeatureStatus::Declined { "declined" } else { "approved" };
    store::verification_codes::settle(tx, row, state).await?;
    settle(engine, tx, record, report).await?;
    Ok(())
}

/// The address that the code was sent to.
pub(super) fn entered(record: &Record, node: &NodeId, step: &Step) -> Option<Contact> {
    let report = interim(record, node, step.attempt)?;
    let text = |field: &str| report.fields.get(field).and_then(serde_json::Value::as_str);
    match step.kind {
        Kind::Email => text("email").map(|address| Contact::Email(address.to_owned())),
        Kind::Phone => text("full_number").and_then(PhoneNumber::parse).map(Contact::Phone),
    }
}
