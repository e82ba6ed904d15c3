//! A proof of address (features §9.3).

use jiff::ToSpan;
use serde_json::{Value, json};

use super::{Case, FULL_NAME, STREET};
use crate::sandbox::scenario::Scenario;

pub(super) fn fields(case: &Case<'_>) -> Value {
    let issued = case.today().saturating_sub(1.month());
    let shown = match case.failing {
        Some(Scenario::DeclinePoaAddressMismatch) => "7 Other Road, Elsewhere",
        Some(Scenario::ReviewPoaPartialMatch) => "118 Example Lane Flat 2, Sampletown",
        _ => STREET,
    };
    json!({
        "document_file": null,
        "issuing_state": "US",
        "document_type": "UTILITY_BILL",
        "document_subtype": "ELECTRICITY_BILL",
        "document_language": "en",
        "document_metadata": metadata(&issued.to_string()),
        "issuer": "Sample Energy",
        "issue_date": issued,
        "expiration_date": null,
        "poa_address": shown,
        "poa_formatted_address": shown,
        "poa_parsed_address": parsed(shown),
        "name_on_document": FULL_NAME,
        "name_match_score_expected_details": null,
        "name_match_score_id_verification": 100.0,
        "expected_details_address": STREET,
        "expected_details_formatted_address": STREET,
        "expected_details_parsed_address": parsed(STREET),
        "extra_fields": {
            "bank_account_number": null,
            "bank_iban": null,
            "bank_sort_code": null,
            "bank_routing_number": null,
            "bank_swift_bic": null,
            "bank_branch_name": null,
            "bank_branch_address": null,
            "document_phone_number": null,
            "additional_names": [],
        },
        "extra_files": [],
    })
}

fn parsed(address: &str) -> Value {
    let (street, city) = address.rsplit_once(", ").unwrap_or((address, ""));
    json!({
        "address_type": "Lane",
        "street_1": street,
        "street_2": null,
        "city": city,
        "region": "",
        "country": "US",
        "postal_code": "00000",
        "document_location": {"latitude": 0.0, "longitude": 0.0},
    })
}

/// The sixteen facts of a file, none of them suspicious.
pub(super) fn metadata(created: &str) -> Value {
    json!({
        "file_size": 184_213,
        "content_type": "application/pdf",
        "creation_date": created,
        "modified_date": created,
        "creator": "Sample Writer",
        "producer": "Sample Writer",
        "software": null,
        "encryption": null,
        "is_signed": false,
        "is_tampered": false,
        "signature_info": null,
        "exif_original_date": null,
        "exif_digitized_date": null,
        "processed_by_known_editor": false,
        "has_different_creation_mod_date": false,
        "overlay_manipulation": null,
    })
}
