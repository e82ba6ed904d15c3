//! A register's answer and a custom document (features §13.2, §16).

use jiff::ToSpan;
use serde_json::{Value, json};

use super::{COUNTRY, Case, DOCUMENT_NUMBER, FIRST_NAME, LAST_NAME};
use crate::sandbox::scenario::Scenario;

pub(super) fn register(case: &Case<'_>) -> Value {
    let born = case.today().saturating_sub(34.years());
    let missed = case.plays(Scenario::DeclineDatabaseNoMatch);
    let (found, outcome) = if missed { ("no_match", "NO_MATCH") } else { ("full_match", "MATCH") };
    json!({
        "issuing_state": COUNTRY,
        "validation_type": "one_by_one",
        "screened_data": {
            "last_name": LAST_NAME,
            "first_name": FIRST_NAME,
            "tax_number": null,
            "personal_number": null,
            "document_number": DOCUMENT_NUMBER,
            "date_of_birth": born,
            "document_type": "P",
            "expiration_date": case.today().saturating_add(5.years()),
        },
        "validations": [{
            "service_id": "uto_sandbox",
            "service_name": "Sandbox register",
            "validation": {"full_name": found, "date_of_birth": found, "identification_number": found},
            "outcome_code": outcome,
            "outcome_detail": null,
            "source_data": {},
        }],
        "match_type": found,
    })
}

pub(super) fn custom(case: &Case<'_>) -> Value {
    json!({
        "items": [{
            "uuid": "00000000-0000-4000-8000-000000000001",
            "node_id": case.node,
            "document_key": "sample",
            "original_filename": "sample.pdf",
            "file_size": 184_213,
            "file_url": null,
            "status": "Approved",
            "extracted_data": {},
            "fields": [],
            "document_metadata": super::address::metadata(&case.today().to_string()),
            "cross_check_result": null,
            "created_at": case.instant(),
        }],
    })
}
