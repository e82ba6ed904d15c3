//! The same document, or the same person, in other sessions of the application (features §1.7, §2.5). They are found by
//! keyed hashes; nothing is compared in the clear but what the other sessions say of themselves.

use model::id::SessionId;
use model::report::Report;
use model::status::{FeatureStatus, SessionStatus};
use model::warning::{Action, Risk, Warning};
use model::workflow::Config;
use serde_json::{Map, Value, json};
use store::{Scope, Tx};

use super::names;
use crate::Engine;
use crate::lists::{EntryType, find_hit};
use crate::sessions::{ChangeRefused, Record, Service, hashes_of_document};

/// Matches shown (features §2.4).
const SHOWN: usize = 5;
/// Names less alike than this, of 100, are different.
const SAME_NAME: f64 = 80.0;

/// Whose document it is.
pub(crate) struct Whose<'a> {
    pub(crate) session: SessionId,
    /// The hash of the user's vendor data; without one, every session is another user's.
    pub(crate) vendor: Option<&'a str>,
    pub(crate) config: &'a Config,
}

/// Adds what other sessions say to a report: `matches`, and the warnings that follow.
pub(crate) async fn compare(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    whose: &Whose<'_>,
    report: &mut Report,
) -> Result<(), store::Error> {
    if report.not_run.is_some() {
        return Ok(());
    }
    let (document, person) = hashes_of_document(engine, scope, &report.fields);
    let (same_document, same_person) =
        (others(tx, scope, whose, document).await?, others(tx, scope, whose, person).await?);
    let mut ids = same_document.clone();
    ids.extend(same_person.iter().filter(|id| !same_document.contains(id)));
    let blocked = is_blocked(engine, tx, scope, &report.fields).await?;
    let (mut matches, mut warnings) = (Vec::new(), Vec::new());
    let under = |risk| Warning::under(risk, whose.config, &report.node_id);
    for id in ids.into_iter().take(SHOWN) {
        let Some(other) = load(engine, tx, scope, id).await? else { continue };
        let context = json!({
            "duplicated_session_id": id,
            "duplicated_session_number": other.row.number,
            "api_service": other.service().map(Service::name),
        });
        let warned = |risk| warnings.iter().any(|warning: &Warning| warning.risk == risk);
        if same_document.contains(&id) && !warned(Risk::DuplicatedDocument) {
            warnings.push(under(Risk::DuplicatedDocument).with(context.clone()));
        }
        let approved = other.session.status() == SessionStatus::Approved;
        if approved && !warnings.iter().any(|warning| warning.risk == Risk::PossibleDuplicatedUser) {
            warnings.push(under(Risk::PossibleDuplicatedUser).with(context));
        }
        matches.push(shown(&other, blocked));
    }
    if let Some(differs) = earlier_name(engine, tx, scope, whose, &report.fields).await? {
        warnings.push(under(Risk::DifferentName).with(differs));
    }
    report.fields.insert("matches".to_owned(), Value::Array(matches));
    report.status = match warnings.iter().map(|warning| warning.action).max() {
        Some(Action::Decline) => FeatureStatus::Declined,
        Some(Action::Review) if report.status == FeatureStatus::Approved => FeatureStatus::InReview,
        _ => report.status,
    };
    report.warnings.extend(warnings);
    Ok(())
}

async fn others(
    tx: &mut Tx,
    scope: &Scope,
    whose: &Whose<'_>,
    hash: Option<String>,
) -> Result<Vec<SessionId>, store::Error> {
    let Some(hash) = hash else { return Ok(Vec::new()) };
    let but = (whose.session, whose.vendor);
    store::session_terms::find_others(tx, scope, &hash, but, SHOWN as i64).await
}

async fn is_blocked(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    fields: &Map<String, Value>,
) -> Result<bool, store::Error> {
    let Some(number) = text(fields, "document_number") else { return Ok(false) };
    Ok(find_hit(engine, tx, scope, EntryType::Document, number).await?.is_some())
}

/// The session, unless it was erased meanwhile.
async fn load(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    id: SessionId,
) -> Result<Option<Record>, store::Error> {
    match Record::load(engine, tx, scope, id).await {
        Ok(record) => Ok(Some(record)),
        Err(ChangeRefused::Store(error)) => Err(error),
        Err(ChangeRefused::NotFound | ChangeRefused::Lifecycle(_)) => Ok(None),
    }
}

/// The fields of a session's document.
fn document(record: &Record) -> Option<&Map<String, Value>> {
    let reports = record.session.reports.values();
    let mut documents =
        reports.filter(|report| report.feature == model::feature::Feature::Ocr && report.not_run.is_none());
    documents.next().map(|report| &report.fields)
}

/// Another session as `matches` shows it.
fn shown(other: &Record, blocked: bool) -> Value {
    let field = |name: &str| document(other).and_then(|fields| fields.get(name)).cloned().unwrap_or_default();
    json!({
        "session_id": other.row.id,
        "session_number": other.row.number,
        "vendor_data": other.personal.vendor_data,
        "verification_date": other.row.created_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "user_details": {
            "name": field("full_name"),
            "document_type": crate::sessions::document_code(&field("document_type")),
            "document_number": field("document_number"),
        },
        "status": other.session.status(),
        "is_blocklisted": blocked,
        "api_service": other.service().map(Service::name),
        "front_image_url": null,
        "source": "session",
    })
}

/// The name on a document of the same user that was approved before, if it is another one.
async fn earlier_name(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    whose: &Whose<'_>,
    fields: &Map<String, Value>,
) -> Result<Option<Value>, store::Error> {
    let (Some(vendor), Some(name)) = (whose.vendor, text(fields, "full_name")) else { return Ok(None) };
    let approved =
        store::session_terms::find_approved(tx, scope, vendor, whose.session, SHOWN as i64).await?;
    for id in approved {
        let Some(other) = load(engine, tx, scope, id).await? else { continue };
        let Some(before) = document(&other) else { continue };
        let of = |name: &str| text(before, name).unwrap_or_default().to_owned();
        let (given, surname) = (of("first_name"), of("last_name"));
        let score = names::score(name, &given, &surname, false);
        if !(given.is_empty() && surname.is_empty()) && score < SAME_NAME {
            let context = json!({ "session_id": id, "session_number": other.row.number, "score": score });
            return Ok(Some(context));
        }
    }
    Ok(None)
}

fn text<'f>(fields: &'f Map<String, Value>, name: &str) -> Option<&'f str> {
    fields.get(name)?.as_str().filter(|text| !text.is_empty())
}
