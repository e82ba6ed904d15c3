//! The record of a proof of address, and addresses in parts.

use serde_json::{Map, Value, json};

const ANSWERED: [&str; 7] = [
    "issuing_state",
    "document_type",
    "document_language",
    "issuer",
    "issue_date",
    "poa_address",
    "name_on_document",
];

/// Always answered, null where unset.
const BANKING: [&str; 8] = [
    "bank_account_number",
    "bank_iban",
    "bank_sort_code",
    "bank_routing_number",
    "bank_swift_bic",
    "bank_branch_name",
    "bank_branch_address",
    "document_phone_number",
];

/// The parts with their one line.
pub(super) fn parsed(mut parts: Map<String, Value>) -> Map<String, Value> {
    let line = ["street_1", "street_2", "city", "region", "postal_code", "country"];
    let line: Vec<&str> =
        line.iter().filter_map(|name| parts.get(*name)?.as_str()).filter(|part| !part.is_empty()).collect();
    let formatted = if line.is_empty() { Value::Null } else { json!(line.join(", ")) };
    parts.insert("formatted_address".to_owned(), formatted);
    parts
}

/// The whole record.
pub(super) fn view(fields: &Map<String, Value>) -> Value {
    let plain = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let mut view: Map<String, Value> =
        ANSWERED.into_iter().map(|name| (name.to_owned(), plain(name))).collect();
    let mut extra: Map<String, Value> =
        BANKING.into_iter().map(|name| (name.to_owned(), Value::Null)).collect();
    extra.insert("additional_names".to_owned(), json!([]));
    extra.extend(plain("extra_fields").as_object().cloned().unwrap_or_default());
    view.insert("extra_fields".to_owned(), Value::Object(extra));
    view.insert("poa_parsed_address".to_owned(), plain("poa_parsed_address"));
    view.insert("poa_formatted_address".to_owned(), plain("poa_formatted_address"));
    Value::Object(view)
}
