//! Checks of companies. No registry is connected and company documents are not read in this version: both say so, and
//! the session goes to a human.

use model::feature::Feature;
use model::report::Report;
use model::workflow::NodeId;
use serde_json::{Map, Value, json};

use crate::sessions::Record;

/// The report of a check of a company that did not run.
pub(crate) fn report(record: &Record, node: &NodeId, feature: Feature) -> Report {
    let (reason, fields) = match feature {
        Feature::KybRegistry => ("no company registry is connected to this installation", company(record)),
        Feature::KybDocuments => {
            ("company documents are not read in this version of Bonafide", documents(record, node))
        }
        _ => ("this check is not available in this version of Bonafide", Map::new()),
    };
    Report { fields, ..Report::not_run(node.clone(), feature, reason) }
}

/// What the integrator said of the company; a registry said nothing (features §17.4).
fn company(record: &Record) -> Map<String, Value> {
    let said = |name: &str| {
        let details = record.personal.expected_details.as_ref();
        details.and_then(|details| details.get(name)).cloned().unwrap_or(Value::Null)
    };
    let fields = json!({
        "data_resolved": false,
        "company": {
            "uuid": record.row.id,
            "status": "Not Finished",
            "registry_status": null,
            "data_resolved": false,
            "company_name": said("company_name"),
            "registration_number": said("registration_number"),
            "country_code": said("registry_country"),
            "verification_status": "unknown",
            "fetch_status": "pending",
            "is_from_registry": false,
            "is_editable": true,
            "alternative_names": [],
            "vat_validation_status": "could_not_validate",
            "officers": [],
            "beneficial_owners": [],
            "registry_data": {},
            "user_provided_data": {},
        },
        "ownership_structure": {},
    });
    fields.as_object().cloned().unwrap_or_default()
}

/// Nothing was uploaded (features §17.5).
fn documents(record: &Record, node: &NodeId) -> Map<String, Value> {
    let groups = record.config(node).get("kyb_required_document_groups").cloned();
    let fields = json!({"items": [], "groups": {}, "required_groups": groups.unwrap_or_else(|| json!([]))});
    fields.as_object().cloned().unwrap_or_default()
}
