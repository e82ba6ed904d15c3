//! What a hit does to a check: the report says so and is declined.

use model::feature::Feature;
use model::report::Report;
use model::status::FeatureStatus;
use model::warning::{Risk, Warning};
use serde_json::{Value, json};
use store::{Scope, Tx};

use super::{EntryType, find_hit};
use crate::Engine;

/// Declines a report whose value is on a block list; says whether it was. Phone and e-mail checks look for
/// themselves, before a code is sent.
pub(crate) async fn screen(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    report: &mut Report,
) -> Result<bool, store::Error> {
    let (kind, field, risk) = match report.feature {
        Feature::Ocr => (EntryType::Document, "document_number", Risk::IdDocumentInBlocklist),
        _ => return Ok(false),
    };
    let Some(value) = report.fields.get(field).and_then(Value::as_str) else { return Ok(false) };
    let Some(hit) = find_hit(engine, tx, scope, kind, value).await? else { return Ok(false) };
    let session = match hit.reference_session_id {
        Some(id) => store::sessions::find(tx, scope, id).await?,
        None => None,
    };
    let data = json!({
        "blocklisted_session_id": session.as_ref().map(|session| session.id),
        "blocklisted_session_number": session.map(|session| session.number),
    });
    let config = model::workflow::Config::new();
    report.warnings.push(Warning::under(risk, &config, &report.node_id).with(data));
    report.status = FeatureStatus::Declined;
    Ok(true)
}
