//! One session as the list shows it.

use jiff::Timestamp;
use model::feature::Feature;
use model::id::{SessionId, WorkflowId};
use model::report::Report;
use model::status::{FeatureStatus, SessionStatus};
use serde_json::{Map, Value, json};

use super::super::Record;
use super::super::summary::Summary;
use crate::Engine;
use crate::decision::{MediaLife, link_media};

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed {
    /// A person's session.
    User(Box<PersonRow>),
    /// A business's session.
    Business(BusinessRow),
}

/// A person's session.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "core API §3.5")]
pub struct PersonRow {
    pub session_id: SessionId,
    pub session_number: i64,
    pub session_url: Option<String>,
    /// A signed link.
    pub portrait_image: Option<String>,
    pub document_type: Option<&'static str>,
    pub full_name: Option<String>,
    pub country: Option<String>,
    pub status: SessionStatus,
    pub vendor_data: Option<String>,
    pub created_at: Timestamp,
    /// Display names with how far each is, in workflow order.
    pub features: Vec<(&'static str, &'static str)>,
    /// The number, and whether it was proven.
    pub phone: Option<(String, bool)>,
    /// The address, and whether it was proven.
    pub email: Option<(String, bool)>,
    /// A few fields of each feature that ran.
    pub additional_details: Option<Map<String, Value>>,
}

/// A business's session.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "core API §3.5")]
pub struct BusinessRow {
    pub session_id: SessionId,
    pub session_number: i64,
    pub status: SessionStatus,
    pub vendor_data: Option<String>,
    pub created_at: Timestamp,
    pub workflow_id: WorkflowId,
    pub workflow_type: Option<String>,
    pub workflow_label: String,
    pub company_name: Option<String>,
    pub registration_number: Option<String>,
    pub country: Option<String>,
}

pub(super) fn of(engine: &Engine, record: &Record, label: &str) -> Listed {
    if record.row.kind == "business" {
        Listed::Business(business(record, label))
    } else {
        user(engine, record)
    }
}

fn user(engine: &Engine, record: &Record) -> Listed {
    let summary = Summary::of(&record.personal, &record.session);
    let owned =
        |contact: Option<(&str, bool)>| contact.map(|(contact, verified)| (contact.to_owned(), verified));
    let linked = |value: &mut Value| link_media(engine, &record.scope, record.row.id, MediaLife::Read, value);
    let portrait_image = summary.portrait().map(|portrait| {
        let mut portrait = json!(portrait);
        linked(&mut portrait);
        portrait.as_str().unwrap_or_default().to_owned()
    });
    let mut details = Value::Object(details(&summary));
    linked(&mut details);
    let additional_details = match details {
        Value::Object(details) if !details.is_empty() => Some(details),
        _ => None,
    };
    Listed::User(Box::new(PersonRow {
        session_id: record.row.id,
        session_number: record.row.number,
        session_url: record.hosted_url(engine),
        portrait_image,
        document_type: summary.document_type(),
        full_name: summary.full_name(),
        country: summary.country().map(str::to_owned),
        status: record.session.status(),
        vendor_data: record.personal.vendor_data.clone(),
        created_at: record.row.created_at,
        features: features(record),
        phone: owned(summary.phone()),
        email: owned(summary.email()),
        additional_details,
    }))
}

fn features(record: &Record) -> Vec<(&'static str, &'static str)> {
    let nodes = record.session.graph.features_in_order().into_iter();
    let status = |report: Option<&Report>| match report.map(|report| report.status) {
        // What expired since was approved; that it has expired is the session's status to tell.
        Some(FeatureStatus::Expired) => FeatureStatus::Approved.as_str(),
        Some(status) => status.as_str(),
        None => FeatureStatus::NotFinished.as_str(),
    };
    nodes
        .map(|(node, feature, _)| (feature.display_name(), status(record.session.reports.get(node))))
        .collect()
}

fn business(record: &Record, label: &str) -> BusinessRow {
    let summary = Summary::of(&record.personal, &record.session);
    let company = |path: &str| summary.text(Feature::KybRegistry, path).map(str::to_owned);
    BusinessRow {
        session_id: record.row.id,
        session_number: record.row.number,
        status: record.session.status(),
        vendor_data: record.personal.vendor_data.clone(),
        created_at: record.row.created_at,
        workflow_id: record.row.workflow_id,
        workflow_type: record.definition.settings.workflow_type.clone(),
        workflow_label: label.to_owned(),
        company_name: company("company/name").or_else(|| company("company/legal_name")),
        registration_number: company("company/registration_number"),
        country: company("company/country_code").or_else(|| company("company/country")),
    }
}

/// What each feature adds to the row, by the name under which it does. The list shows scores between 0 and 1.
const DETAILS: [(Feature, &str, &[&str]); 7] = [
    (Feature::Aml, "aml", &["total_hits", "entity_type", "is_adverse_media_fetched", "screened_data"]),
    (
        Feature::DatabaseValidation,
        "database_validation",
        &["validation_type", "match_type", "identification_number"],
    ),
    (Feature::ProofOfAddress, "poa", &["document_type", "issuer", "poa_address", "name_on_document"]),
    (Feature::Liveness, "liveness", &["method", "score"]),
    (Feature::FaceMatch, "face_match", &["score", "source_image", "target_image"]),
    (
        Feature::PhoneVerification,
        "phone_verification",
        &["country_code", "is_temporary", "is_disposable", "is_ported", "is_blocked"],
    ),
    (
        Feature::EmailVerification,
        "email_verification",
        &["is_breached", "is_disposable", "is_undeliverable", "is_blocklisted"],
    ),
];

fn details(summary: &Summary) -> Map<String, Value> {
    let mut details = Map::new();
    for (feature, name, fields) in DETAILS {
        let Some(report) = summary.report(feature) else { continue };
        let mut shown = Map::new();
        for field in fields {
            let Some(value) = report.fields.get(*field).filter(|value| !value.is_null()) else { continue };
            match (*field, value.as_f64()) {
                ("score", Some(score)) => {
                    // Of a hundred to two decimals of one.
                    shown.insert("score".to_owned(), json!(score.round() / 100.0));
                }
                ("poa_address", _) => {
                    shown.insert("address".to_owned(), value.clone());
                }
                ("is_disposable", _) if feature == Feature::PhoneVerification => {
                    shown.insert("is_temporary".to_owned(), value.clone());
                }
                (field, _) => {
                    shown.insert(field.to_owned(), value.clone());
                }
            }
        }
        if !shown.is_empty() {
            details.insert(name.to_owned(), Value::Object(shown));
        }
    }
    details
}
