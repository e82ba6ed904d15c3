//! The record of an identity document: what is answered, and what follows from what was corrected.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::checks::id_verification::age_on;

/// Codes and the names that decisions show (features §2.2).
const KINDS: [(&str, &str); 12] = [
    ("P", "Passport"),
    ("ID", "Identity Card"),
    ("DL", "Driver's License"),
    ("RP", "Residence Permit"),
    ("HIC", "Health Insurance Card"),
    ("TC", "Tax Card"),
    ("SSC", "Social Security Card"),
    ("WP", "Work Permit"),
    ("VISA", "Visa"),
    ("PSC", "PSC"),
    ("BC", "BC"),
    ("OTHER", "Other"),
];

const ANSWERED: [&str; 17] = [
    "document_type",
    "document_subtype",
    "document_number",
    "personal_number",
    "date_of_birth",
    "date_of_issue",
    "expiration_date",
    "issuing_state",
    "first_name",
    "last_name",
    "gender",
    "address",
    "place_of_birth",
    "nationality",
    "marital_status",
    "extra_fields",
    "parsed_address",
];

/// What follows from other fields, and the name of the document's kind for its code.
pub(super) fn derive(fields: &mut Map<String, Value>, now: Timestamp) {
    let text = |fields: &Map<String, Value>, name: &str| {
        fields.get(name).and_then(Value::as_str).map(str::trim).unwrap_or_default().to_owned()
    };
    let full = format!("{} {}", text(fields, "first_name"), text(fields, "last_name")).trim().to_owned();
    fields.insert("full_name".to_owned(), if full.is_empty() { Value::Null } else { json!(full) });
    let state = text(fields, "issuing_state");
    fields.insert("issuing_state_name".to_owned(), json!(document::mrz::country_name(&state)));
    let today = now.to_zoned(TimeZone::UTC).date();
    let born: Option<Date> = text(fields, "date_of_birth").parse().ok();
    fields.insert("age".to_owned(), json!(born.and_then(|born| age_on(today, born))));
    let kind = text(fields, "document_type");
    if let Some((_, name)) = KINDS.iter().find(|(code, _)| *code == kind) {
        fields.insert("document_type".to_owned(), json!(name));
    }
}

/// The whole record, with the code of the document's kind.
pub(super) fn view(fields: &Map<String, Value>) -> Value {
    let answered = ANSWERED.into_iter().map(|name| {
        let value = fields.get(name).cloned().unwrap_or_default();
        let value = match (name, value.as_str()) {
            ("document_type", Some(kind)) => {
                json!(KINDS.iter().find(|(_, name)| *name == kind).map_or(kind, |(code, _)| code))
            }
            _ => value,
        };
        (name.to_owned(), value)
    });
    answered.collect()
}
