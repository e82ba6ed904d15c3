//! A company, its papers and the people behind it (features §17.4–17.6).

use serde_json::{Value, json};

use super::Case;
use crate::sandbox::scenario::Scenario;

pub(super) fn registry(case: &Case<'_>) -> Value {
    json!({"data_resolved": true, "company": company(case), "ownership_structure": {}})
}

/// What the register says, and every field that it leaves empty.
fn company(case: &Case<'_>) -> Value {
    const EMPTY: [&str; 18] = [
        "tax_number",
        "legal_entity_identifier",
        "vat_number",
        "region",
        "nature_of_business",
        "location_of_registration",
        "registered_capital",
        "registered_capital_amount",
        "registered_capital_currency",
        "website",
        "email",
        "phone",
        "vat_validated_name",
        "vat_validated_address",
        "vat_checked_at",
        "financial_summary",
        "last_console_edit_at",
        "registry_status",
    ];
    const LISTS: [&str; 6] =
        ["alternative_names", "addresses", "industries", "accounts", "officers", "beneficial_owners"];
    let unknown = case.plays(Scenario::DeclineKybRegistryMismatch);
    let mut company = json!({
        "uuid": "00000000-0000-4000-8000-000000000002",
        "node_id": case.node,
        "status": if unknown { "Declined" } else { "Approved" },
        "data_resolved": true,
        "company_name": "Sandbox Holdings Ltd",
        "registration_number": "00000001",
        "country_code": "GB",
        "company_type": "Private limited company",
        "incorporation_date": "2020-01-15",
        "registered_address": "1 Example Street, Sampleton",
        "risk_level": "LOW",
        "verification_status": if unknown { "failed" } else { "verified" },
        "fetch_status": "resolved",
        "is_from_registry": !unknown,
        "is_editable": true,
        "vat_validation_status": "not_applicable",
        "registry_data": {},
        "user_provided_data": {},
        "confirmed_by_user_at": case.instant(),
    });
    for name in EMPTY {
        company[name] = Value::Null;
    }
    for name in LISTS {
        company[name] = json!([]);
    }
    if !unknown {
        company["registry_status"] = json!("active");
    }
    company
}

pub(super) fn documents(case: &Case<'_>) -> Value {
    let required = case.config.get("kyb_required_document_groups").cloned().unwrap_or_else(|| json!([]));
    json!({"items": [], "groups": {}, "required_groups": required})
}

pub(super) fn key_people() -> Value {
    json!({
        "registry": {"officers": [], "beneficial_owners": []},
        "submitted": {"parties": []},
        "ubo_kyc_summary": {"total": 0, "approved": 0, "flagged": 0, "pending": 0},
    })
}
