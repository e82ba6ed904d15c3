//! The value that a session holds for a list.

use model::feature::Feature;
use model::id::SessionId;
use model::report::Report;
use serde_json::Value;
use store::{Scope, Tx};

use super::{EntryType, Refused};
use crate::Engine;
use crate::entities::Kind;
use crate::sessions::{ChangeRefused, Record};

/// The newest value of this type in the session; [`Refused::Invalid`] if there is no such session or value.
pub(super) async fn value_of(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    id: SessionId,
    kind: EntryType,
) -> Result<String, Refused> {
    let record = match Record::load(engine, tx, scope, id).await {
        Ok(record) => record,
        Err(ChangeRefused::Store(error)) => return Err(error.into()),
        Err(_) => return Err(Refused::invalid("reference_session_id", "Session not found.")),
    };
    values(&record, kind).pop().ok_or_else(|| {
        let reason = format!("The session has no {} to put on a list.", kind.as_str().replace('_', " "));
        Refused::invalid("reference_session_id", reason)
    })
}

/// Every value of this type in the session, oldest first.
fn values(record: &Record, kind: EntryType) -> Vec<String> {
    let of = |feature: Feature, names: &[&str]| -> Vec<String> {
        let mut reports: Vec<&Report> = record.session.reports_in_order();
        reports.retain(|report| report.feature == feature);
        reports.sort_by_key(|report| report.attempt);
        reports.into_iter().filter_map(|report| field(report, names)).collect()
    };
    let vendor_data = || record.personal.vendor_data.clone().into_iter().collect();
    match (kind, crate::entities::kind_of(record)) {
        (EntryType::Document, _) => of(Feature::Ocr, &["document_number"]),
        (EntryType::Country, _) => of(Feature::Ocr, &["issuing_state"]),
        (EntryType::Phone, _) => of(Feature::PhoneVerification, &["full_number", "phone_number"]),
        (EntryType::Email, _) => of(Feature::EmailVerification, &["email"]),
        (EntryType::IpAddress, _) => of(Feature::IpAnalysis, &["ip_address"]),
        (EntryType::User, Kind::User) | (EntryType::Business, Kind::Business) => vendor_data(),
        _ => Vec::new(),
    }
}

fn field(report: &Report, names: &[&str]) -> Option<String> {
    let texts = names.iter().filter_map(|name| report.fields.get(*name).and_then(Value::as_str));
    texts.map(str::to_owned).find(|text| !text.is_empty())
}
