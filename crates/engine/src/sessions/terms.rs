//! What a session is found by. Personal data lies sealed, so what is searched has a keyed hash of its own: of every word
//! of a name, of numbers and addresses as a whole, of what lists are filtered by.

use std::collections::BTreeSet;

use model::feature::Feature;
use model::session::Session;
use model::status::FeatureStatus;
use serde_json::{Map, Value};
use store::{Scope, Tx};

use super::summary::Summary;
use super::{Personal, Record};
use crate::Engine;

mod words;

pub(super) use words::{alternatives, digits, folded, letters_and_digits, words};

/// One thing that a session is found by: its kind, and the value in the spelling that is hashed.
pub(super) type Term = (Kind, String);

/// What kind of value a term is; terms of different kinds never meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A word of a name or of the integrator's vendor data.
    Word,
    /// The vendor data in any letter case.
    Vendor,
    /// A document's or a person's number.
    Number,
    /// A telephone number, digits only.
    Phone,
    /// An e-mail address in lower case; also what stands before its `@`.
    Email,
    /// Where the document is from.
    Country,
    /// The document's type by its code.
    DocumentType,
    /// The document's own name.
    DocumentName,
    /// The region within the country.
    Region,
    /// The code of a warning.
    Warning,
    /// A word of a name that was screened; its feature stands before it.
    Screened,
    /// The single check that a session of type `API` is.
    Service,
    /// Whether the document waits for a reviewer: `true` or `false`.
    DocumentReview,
    /// A document: where it is from, what it is and its number.
    Document,
    /// A person: their names in any order, and the day they were born on.
    Identity,
}

impl Kind {
    /// The context of the hash. Part of the storage format: changing one loses what was found by it.
    const fn column(self) -> &'static str {
        match self {
            Self::Word => "session_terms.word",
            Self::Vendor => "session_terms.vendor",
            Self::Number => "session_terms.number",
            Self::Phone => "session_terms.phone",
            Self::Email => "session_terms.email",
            Self::Country => "session_terms.country",
            Self::DocumentType => "session_terms.document_type",
            Self::DocumentName => "session_terms.document_name",
            Self::Region => "session_terms.region",
            Self::Warning => "session_terms.warning",
            Self::Screened => "session_terms.screened",
            Self::Service => "session_terms.service",
            Self::DocumentReview => "session_terms.document_review",
            Self::Document => "session_terms.document",
            Self::Identity => "session_terms.identity",
        }
    }
}

/// The keyed hash under which an application's sessions are found by this.
pub(super) fn hash(engine: &Engine, scope: &Scope, kind: Kind, value: &str) -> String {
    engine.keyring.lookup(kind.column(), &format!("{}/{value}", scope.application_id()))
}

/// Everything that a session is found by.
pub(super) fn of(personal: &Personal, session: &Session) -> BTreeSet<Term> {
    let summary = Summary::of(personal, session);
    let mut terms = BTreeSet::new();
    if let Some(vendor) = &personal.vendor_data {
        terms.insert((Kind::Vendor, folded(vendor)));
        add_words(&mut terms, Kind::Word, "", vendor);
    }
    add_names(&mut terms, &summary);
    add_contacts(&mut terms, &summary);
    add_document(&mut terms, &summary);
    for report in summary.reports() {
        terms.extend(report.warnings.iter().map(|warning| (Kind::Warning, warning.risk.code().to_owned())));
    }
    terms
}

fn add_names(terms: &mut BTreeSet<Term>, summary: &Summary) {
    if let Some(name) = summary.full_name() {
        add_words(terms, Kind::Word, "", &name);
    }
    for (feature, path) in [
        (Feature::Ocr, "full_name"),
        (Feature::Ocr, "first_name"),
        (Feature::Ocr, "last_name"),
        (Feature::Nfc, "chip_data/full_name"),
        (Feature::ProofOfAddress, "name_on_document"),
    ] {
        add_words(terms, Kind::Word, "", summary.text(feature, path).unwrap_or_default());
    }
    for feature in [Feature::Aml, Feature::DatabaseValidation] {
        let name = summary.text(feature, "screened_data/full_name").unwrap_or_default();
        add_words(terms, Kind::Word, "", name);
        add_words(terms, Kind::Screened, "", name);
        add_words(terms, Kind::Screened, feature.workflow_name(), name);
    }
}

fn add_contacts(terms: &mut BTreeSet<Term>, summary: &Summary) {
    if let Some((number, _)) = summary.phone() {
        terms.insert((Kind::Phone, digits(number)));
    }
    if let Some((address, _)) = summary.email() {
        let address = folded(address);
        let local = address.split('@').next().unwrap_or_default().to_owned();
        terms.extend([(Kind::Email, local), (Kind::Email, address)]);
    }
}

fn add_document(terms: &mut BTreeSet<Term>, summary: &Summary) {
    let numbers = [
        (Feature::Ocr, "document_number"),
        (Feature::Ocr, "personal_number"),
        (Feature::Nfc, "chip_data/document_number"),
        (Feature::Aml, "screened_data/document_number"),
        (Feature::DatabaseValidation, "screened_data/document_number"),
    ];
    for number in numbers.into_iter().filter_map(|(feature, path)| summary.text(feature, path)) {
        terms.insert((Kind::Number, letters_and_digits(number)));
    }
    let country = summary.country().map(|country| (Kind::Country, country.to_uppercase()));
    let kind = summary.document_code().map(|code| (Kind::DocumentType, code.to_owned()));
    let name = summary.text(Feature::Ocr, "document_name");
    let region = summary.text(Feature::Ocr, "region");
    terms.extend(country);
    terms.extend(kind);
    terms.extend(name.map(|name| (Kind::DocumentName, folded(name))));
    terms.extend(region.map(|region| (Kind::Region, folded(region))));
    if let Some(document) = summary.report(Feature::Ocr) {
        terms.extend(same_document(&document.fields));
        let waits = document.status == FeatureStatus::InReview;
        terms.insert((Kind::DocumentReview, waits.to_string()));
    }
}

/// What other sessions that show the same document, or the same person, are found by.
fn same_document(fields: &Map<String, Value>) -> Vec<Term> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let mut terms = Vec::new();
    let (number, name, born) = (text("document_number"), text("full_name"), text("date_of_birth"));
    if !number.is_empty() {
        let value =
            format!("{}|{}|{}", text("issuing_state"), text("document_type"), letters_and_digits(&number));
        terms.push((Kind::Document, value));
    }
    let mut names: Vec<String> = words(&name).into_iter().collect();
    names.sort();
    if !names.is_empty() && !born.is_empty() {
        terms.push((Kind::Identity, format!("{}|{born}", names.join(" "))));
    }
    terms
}

/// The hashes under which other sessions with the same document, and with the same person, are found.
pub(crate) fn hashes_of_document(
    engine: &Engine,
    scope: &Scope,
    fields: &Map<String, Value>,
) -> (Option<String>, Option<String>) {
    let terms = same_document(fields);
    let of = |kind: Kind| {
        let term = terms.iter().find(|(found, _)| *found == kind);
        term.map(|(kind, value)| hash(engine, scope, *kind, value))
    };
    (of(Kind::Document), of(Kind::Identity))
}

/// Every spelling of every word, with `before` in front of it.
fn add_words(terms: &mut BTreeSet<Term>, kind: Kind, before: &str, text: &str) {
    for word in words(text) {
        terms.extend(alternatives(&word).into_iter().map(|spelling| (kind, format!("{before}{spelling}"))));
    }
}

/// Writes what is new and removes what is over.
pub(super) async fn write(
    engine: &Engine,
    tx: &mut Tx,
    record: &Record,
    before: &BTreeSet<Term>,
) -> Result<(), store::Error> {
    let after = of(&record.personal, &record.session);
    let hashes = |terms: Vec<&Term>| -> Vec<String> {
        terms.into_iter().map(|(kind, value)| hash(engine, &record.scope, *kind, value)).collect()
    };
    let (new, over) =
        (hashes(after.difference(before).collect()), hashes(before.difference(&after).collect()));
    store::session_terms::remove(tx, record.row.id, &over).await?;
    store::session_terms::insert(tx, record.row.id, &new).await
}
