//! One row of a file of persons: judged, then settled as a session.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::feature::Feature;
use model::id::SessionId;
use model::report::Report;
use model::session::State;
use model::status::{FeatureStatus, SessionStatus};
use serde_json::{Map, Value, json};
use store::workflows::WorkflowRow;
use store::{Scope, SessionKey, Tx};

use crate::checks::id_verification::blank_fields;
use crate::sessions::{Arrival, Personal};
use crate::workflows::Definition;
use crate::{Engine, secrets};

/// Columns of the template. Only the first and `status` have to be filled in.
pub const COLUMNS: [&str; 23] = [
    "external_id",
    "vendor_data",
    "status",
    "provider",
    "created_at",
    "first_name",
    "last_name",
    "full_name",
    "date_of_birth",
    "gender",
    "nationality",
    "document_type",
    "document_number",
    "personal_number",
    "issuing_state",
    "date_of_issue",
    "expiration_date",
    "place_of_birth",
    "address",
    "marital_status",
    "email",
    "phone",
    "metadata",
];

/// Statuses that a verification made elsewhere can have ended in.
const STATUSES: [SessionStatus; 6] = [
    SessionStatus::Approved,
    SessionStatus::Declined,
    SessionStatus::InReview,
    SessionStatus::Abandoned,
    SessionStatus::Expired,
    SessionStatus::KycExpired,
];

/// Codes of document types and what the report calls them.
const DOCUMENT_TYPES: [(&str, &str); 12] = [
    ("P", "Passport"),
    ("ID", "Identity Card"),
    ("DL", "Driver's License"),
    ("RP", "Residence Permit"),
    ("HIC", "Health Insurance Card"),
    ("TC", "Tax Card"),
    ("SSC", "Social Security Card"),
    ("WP", "Work Permit"),
    ("VISA", "Visa"),
    ("PSC", "Public Service Card"),
    ("BC", "Birth Certificate"),
    ("OTHER", "Other"),
];

/// Longer than anything that a document says.
const LONGEST: usize = 500;

/// A row that can be settled.
#[derive(Debug)]
pub(super) struct Person {
    external_id: String,
    status: SessionStatus,
    created_at: Timestamp,
    vendor_data: Option<String>,
    metadata: Option<Value>,
    contact: Map<String, Value>,
    /// What the document said; empty if the row says nothing of one.
    document: Map<String, Value>,
}

/// The row as a person, or what is wrong with it: `column: why`.
pub(super) fn of(engine: &Engine, row: &Map<String, Value>) -> Result<Person, String> {
    let external_id = text(row, "external_id")?.ok_or("external_id: this field is required")?;
    let status = status(text(row, "status")?)?;
    let created_at = match text(row, "created_at")? {
        Some(text) => instant(&text).filter(|at| *at <= engine.now()),
        None => Some(engine.now()),
    };
    let mut contact = Map::new();
    for name in ["email", "phone"] {
        if let Some(value) = text(row, name)? {
            contact.insert(name.to_owned(), json!(value));
        }
    }
    Ok(Person {
        external_id,
        status,
        created_at: created_at.ok_or("created_at: not an instant in the past")?,
        vendor_data: text(row, "vendor_data")?,
        metadata: metadata(row.get("metadata"))?,
        contact,
        document: document(row)?,
    })
}

/// A text without blanks around it; numbers count as written. Nothing if it is empty.
fn text(row: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    let text = match row.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err(format!("{name}: not a text")),
    };
    if text.contains('\0') || text.chars().count() > LONGEST {
        return Err(format!("{name}: not a text of at most {LONGEST} characters"));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn status(text: Option<String>) -> Result<SessionStatus, String> {
    let text = text.ok_or("status: this field is required")?;
    let spelled = |text: &str| text.to_lowercase().replace(['_', '-'], " ");
    let found = STATUSES.into_iter().find(|status| spelled(status.as_str()) == spelled(&text));
    found.ok_or_else(|| format!("status: invalid value '{text}'"))
}

/// An instant with its offset, or a day in UTC.
fn instant(text: &str) -> Option<Timestamp> {
    let day = || text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok();
    text.parse::<Timestamp>().ok().or_else(|| day().map(|day| day.timestamp()))
}

/// Any JSON, in a CSV as text.
fn metadata(value: Option<&Value>) -> Result<Option<Value>, String> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => {
            serde_json::from_str(text).map(Some).map_err(|_| "metadata: not JSON".to_owned())
        }
        Some(value) => Ok(Some(value.clone())),
    }
}

fn document(row: &Map<String, Value>) -> Result<Map<String, Value>, String> {
    let mut fields = Map::new();
    for name in ["first_name", "last_name", "document_number", "personal_number", "place_of_birth", "address"]
    {
        fields.extend(text(row, name)?.map(|value| (name.to_owned(), json!(value))));
    }
    for name in ["date_of_birth", "date_of_issue", "expiration_date"] {
        if let Some(value) = text(row, name)? {
            let date: Date = value.parse().map_err(|_| format!("{name}: invalid date '{value}'"))?;
            fields.insert(name.to_owned(), json!(date));
        }
    }
    for name in ["nationality", "issuing_state"] {
        if let Some(value) = text(row, name)? {
            let code = value.to_uppercase();
            if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                return Err(format!("{name}: '{value}' is not an ISO 3166-1 alpha-3 code"));
            }
            fields.insert(name.to_owned(), json!(code));
        }
    }
    for (name, allowed) in [
        ("gender", &["M", "F", "U"][..]),
        ("marital_status", &["SINGLE", "MARRIED", "DIVORCED", "WIDOWED", "UNKNOWN"][..]),
    ] {
        if let Some(value) = text(row, name)? {
            let code = value.to_uppercase();
            if !allowed.contains(&code.as_str()) {
                return Err(format!("{name}: invalid value '{value}'"));
            }
            fields.insert(name.to_owned(), json!(code));
        }
    }
    if let Some(value) = text(row, "document_type")? {
        let known = |(code, name): &&(&str, &str)| {
            code.eq_ignore_ascii_case(&value) || name.eq_ignore_ascii_case(&value)
        };
        let (_, name) =
            DOCUMENT_TYPES.iter().find(known).ok_or(format!("document_type: invalid value '{value}'"))?;
        fields.insert("document_type".to_owned(), json!(name));
    }
    if let Some(full_name) = text(row, "full_name")?.or_else(|| joined(&fields)) {
        fields.insert("full_name".to_owned(), json!(full_name));
    }
    if !fields.is_empty()
        && let Some(provider) = text(row, "provider")?
    {
        fields.insert("extra_fields".to_owned(), json!({"provider": provider}));
    }
    Ok(fields)
}

fn joined(fields: &Map<String, Value>) -> Option<String> {
    let names: Vec<&str> =
        ["first_name", "last_name"].into_iter().filter_map(|name| fields.get(name)?.as_str()).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// Makes the session. False, and nothing done, if an import has brought it before.
pub(super) async fn settle(
    engine: &Engine,
    tx: &mut Tx,
    scope: &Scope,
    workflow: &WorkflowRow,
    person: Person,
) -> Result<bool, store::Error> {
    let known = format!("{}/{}", scope.application_id(), person.external_id);
    let external_hash = engine.keyring.lookup("sessions.external", &known);
    if store::imports::is_brought(tx, scope, &external_hash).await? {
        return Ok(false);
    }
    let definition: Definition = serde_json::from_str(&workflow.definition)
        .map_err(|_| store::Error::Corrupt { table: "workflows", id: workflow.id.to_string() })?;
    let arrival = Arrival {
        id: SessionId(engine.uuid()),
        key: SessionKey::generate(),
        kind: "user".to_owned(),
        session_type: "MIGRATED",
        state: state(person.status, person.created_at),
        attempts: 0,
        reports: reports(&definition, &person),
        personal: Personal {
            token: secrets::token::<9>(),
            vendor_data: person.vendor_data,
            metadata: person.metadata,
            contact_details: Some(person.contact).filter(|contact| !contact.is_empty()),
            ..Personal::default()
        },
        blobs: Vec::new(),
        created_at: person.created_at,
        shared_from: None,
        external_hash: Some(external_hash),
    };
    match arrival.settle(engine, tx, scope, workflow).await {
        // Another import brought it at the same moment: look again.
        Err(store::Error::Taken(store::Constraint::ExternalHash)) => Err(store::Error::Stale),
        settled => settled.map(|_| true),
    }
}

fn state(status: SessionStatus, at: Timestamp) -> State {
    match status {
        SessionStatus::Approved => State::Approved { decided_at: at, kyc_expires_at: None },
        SessionStatus::Declined => State::Declined { decided_at: at },
        SessionStatus::Abandoned => State::Abandoned { at },
        SessionStatus::Expired => State::Expired { at },
        SessionStatus::KycExpired => State::KycExpired { at },
        _ => State::InReview { decided_at: at },
    }
}

/// What the row says of a document, under the workflow's step for documents.
fn reports(definition: &Definition, person: &Person) -> BTreeMap<model::workflow::NodeId, Report> {
    let nodes = definition.graph.features_in_order();
    let node =
        nodes.into_iter().find(|(_, feature, _)| *feature == Feature::Ocr).map(|(node, _, _)| node.clone());
    let node = node.filter(|_| !person.document.is_empty());
    let status = match person.status {
        SessionStatus::Approved => FeatureStatus::Approved,
        SessionStatus::Declined => FeatureStatus::Declined,
        SessionStatus::InReview => FeatureStatus::InReview,
        SessionStatus::KycExpired => FeatureStatus::Expired,
        _ => FeatureStatus::NotFinished,
    };
    let report = node.map(|node| {
        let mut fields = blank_fields();
        fields.extend(person.document.clone());
        let judged = Report::judged(node.clone(), Feature::Ocr, fields, Vec::new());
        (node, Report { status, ..judged })
    });
    report.into_iter().collect()
}
