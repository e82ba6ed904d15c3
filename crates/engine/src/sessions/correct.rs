//! A reviewer's corrections of what a document said (features §18.2). The session's status stays; nothing is judged anew.

use model::feature::Feature;
use model::id::SessionId;
use model::report::Report;
use model::session::{Event, Refused};
use model::workflow::NodeId;
use serde_json::{Map, Value, json};
use store::{Scope, Tx};

use super::{ChangeRefused, Record};
use crate::reviews::{Activity, Author, Entry};
use crate::{Engine, audit};

mod address;
mod identity;

/// Parallel changes of one session take turns this often.
const TURNS: u32 = 20;

/// Whose data is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// The identity document's.
    Identity,
    /// The proof of address's.
    Address,
}

impl Paper {
    const fn feature(self) -> Feature {
        match self {
            Self::Identity => Feature::Ocr,
            Self::Address => Feature::ProofOfAddress,
        }
    }

    const fn activity(self) -> Activity {
        match self {
            Self::Identity => Activity::KycDataUpdated,
            Self::Address => Activity::PoaDataUpdated,
        }
    }

    /// The field that holds the address in parts.
    const fn parsed(self) -> &'static str {
        match self {
            Self::Identity => "parsed_address",
            Self::Address => "poa_parsed_address",
        }
    }

    /// The field that holds it in one line.
    const fn formatted(self) -> &'static str {
        match self {
            Self::Identity => "formatted_address",
            Self::Address => "poa_formatted_address",
        }
    }
}

/// What is corrected, in the words of the operations; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Correction {
    /// Whose report; the latest unless given.
    pub node: Option<String>,
    /// Plain fields, checked; null empties one.
    pub fields: Map<String, Value>,
    /// Fields of this kind of document, key by key; null or an empty text removes one, nothing at all takes every
    /// correction back.
    pub extra_fields: Option<Option<Map<String, Value>>>,
    /// Parts of the address, key by key; null removes one, nothing at all removes the address.
    pub parsed_address: Option<Option<Map<String, Value>>>,
}

impl Correction {
    fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.extra_fields.is_none() && self.parsed_address.is_none()
    }
}

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum CorrectRefused {
    /// There is no such session, or it was erased.
    #[error("no such session")]
    NotFound,
    /// Nothing is corrected about sessions in its status.
    #[error("the session's status does not allow this")]
    NotNow,
    /// The session has no such report, or none of this node.
    #[error("there is nothing to correct")]
    NoReport(Option<String>),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<ChangeRefused> for CorrectRefused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotFound => Self::NotFound,
            ChangeRefused::Lifecycle(Refused::WrongStatus) => Self::NotNow,
            ChangeRefused::Lifecycle(_) => Self::NoReport(None),
            ChangeRefused::Store(error) => Self::Store(error),
        }
    }
}

/// Whether documents may come from there: ISO 3166-1 alpha-3, or a code of ICAO's own.
pub fn is_issuing_state(code: &str) -> bool {
    document::mrz::country_name(code).is_some()
}

/// Corrects, and answers with the whole record as it stands. Subscribers of `data.updated` are told of every correction
/// of an identity document, and of those of a proof of address that change something.
pub async fn correct(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    paper: Paper,
    correction: &Correction,
) -> Result<Value, CorrectRefused> {
    for _ in 0..TURNS {
        match attempt(engine, scope, id, paper, correction).await {
            Err(CorrectRefused::Store(store::Error::Stale)) => {}
            done => return done,
        }
    }
    Err(store::Error::Stale.into())
}

async fn attempt(
    engine: &Engine,
    scope: &Scope,
    id: SessionId,
    paper: Paper,
    correction: &Correction,
) -> Result<Value, CorrectRefused> {
    let mut tx = engine.store.begin().await?;
    let mut record = Record::load(engine, &mut tx, scope, id).await?;
    if !record.session.status().is_correctable() {
        return Err(CorrectRefused::NotNow);
    }
    let report = report(&record, paper, correction.node.as_deref())?.clone();
    if correction.is_empty() {
        return Ok(view(paper, &report.fields));
    }
    let after = corrected(engine, &record, paper, &report, correction);
    let answer = view(paper, &after);
    let changed: Vec<&String> = after
        .iter()
        .filter(|(name, value)| report.fields.get(*name) != Some(value))
        .map(|(name, _)| name)
        .collect();
    if !changed.is_empty() {
        let entry = entry(engine, &mut tx, &record, &report, &after, &changed).await?;
        record.note(engine, &mut tx, paper.activity(), entry).await?;
    } else if paper == Paper::Address {
        return Ok(answer);
    }
    let details = json!({ "node_id": report.node_id, "fields": changed });
    let event = Event::Corrected { node: report.node_id.clone(), fields: after.clone() };
    record.apply(engine, &mut tx, event).await?;
    audit::note(engine, &mut tx, scope, "session.data_updated", id, details).await?;
    tx.commit().await?;
    engine.nudge();
    Ok(answer)
}

/// The report of this node, else the latest of its kind.
fn report<'record>(
    record: &'record Record,
    paper: Paper,
    node: Option<&str>,
) -> Result<&'record Report, CorrectRefused> {
    let of_kind = record.session.reports.values().filter(|report| report.feature == paper.feature());
    let found = of_kind
        .filter(|report| node.is_none_or(|node| report.node_id == NodeId(node.to_owned())))
        .max_by_key(|report| report.attempt);
    found.ok_or_else(|| CorrectRefused::NoReport(node.map(|node| node.chars().take(100).collect())))
}

async fn entry(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    report: &Report,
    after: &Map<String, Value>,
    changed: &[&String],
) -> Result<Entry, store::Error> {
    let author = Author::of(engine, tx, &record.scope).await?;
    let of = |fields: &Map<String, Value>| -> Value {
        changed.iter().map(|name| ((*name).clone(), fields.get(*name).cloned().unwrap_or_default())).collect()
    };
    Ok(Entry {
        previous_value: Some(of(&report.fields)),
        new_value: Some(of(after)),
        changed_fields: changed.iter().map(|name| (*name).clone()).collect(),
        metadata: Some(json!({ "node_id": report.node_id })),
        ..Entry::about(record.session.status(), author)
    })
}

fn corrected(
    engine: &Engine,
    record: &Record,
    paper: Paper,
    report: &Report,
    correction: &Correction,
) -> Map<String, Value> {
    let mut fields = report.fields.clone();
    fields.extend(correction.fields.clone());
    match &correction.extra_fields {
        Some(Some(extra)) => {
            let merged = merge(fields.get("extra_fields"), extra);
            fields.insert("extra_fields".to_owned(), Value::Object(merged));
        }
        Some(None) => {
            fields.insert("extra_fields".to_owned(), first_extra_fields(record, report));
        }
        None => {}
    }
    if let Some(parts) = &correction.parsed_address {
        let parsed = parts.as_ref().map(|parts| address::parsed(merge(fields.get(paper.parsed()), parts)));
        let formatted = parsed.as_ref().and_then(|parsed| parsed.get("formatted_address")).cloned();
        fields.insert(paper.formatted().to_owned(), formatted.unwrap_or_default());
        fields.insert(paper.parsed().to_owned(), parsed.map_or(Value::Null, Value::Object));
    }
    if paper == Paper::Identity {
        identity::derive(&mut fields, engine.now());
    }
    fields
}

/// Key by key; null or an empty text removes one.
fn merge(before: Option<&Value>, changes: &Map<String, Value>) -> Map<String, Value> {
    let mut merged = before.and_then(Value::as_object).cloned().unwrap_or_default();
    for (key, value) in changes {
        if value.is_null() || value == "" {
            merged.remove(key);
        } else {
            merged.insert(key.clone(), value.clone());
        }
    }
    merged
}

/// Those that were read, before the first correction of them.
fn first_extra_fields(record: &Record, report: &Report) -> Value {
    let mine = |entry: &&Entry| {
        entry.metadata.as_ref().is_some_and(|metadata| metadata["node_id"] == report.node_id.0.as_str())
            && entry.changed_fields.iter().any(|name| name == "extra_fields")
    };
    let first = record.reviews.iter().map(|review| &review.entry).find(mine);
    let before = first.and_then(|entry| entry.previous_value.as_ref()?.get("extra_fields").cloned());
    before.or_else(|| report.fields.get("extra_fields").cloned()).unwrap_or_else(|| json!({}))
}

fn view(paper: Paper, fields: &Map<String, Value>) -> Value {
    match paper {
        Paper::Identity => identity::view(fields),
        Paper::Address => address::view(fields),
    }
}
