//! The chip of the made-up passport (features §3.3).

use jiff::ToSpan;
use serde_json::{Value, json};

use super::{COUNTRY, Case, DOCUMENT_NUMBER, FIRST_NAME, LAST_NAME};
use crate::sandbox::scenario::Scenario;

pub(super) fn fields(case: &Case<'_>) -> Value {
    let today = case.today();
    let verified = !case.plays(Scenario::DeclineNfcChipNotVerified);
    json!({
        "portrait_image": null,
        "signature_image": null,
        "chip_data": {
            "document_type": "P",
            "issuing_country": COUNTRY,
            "document_number": DOCUMENT_NUMBER,
            "expiration_date": today.saturating_add(5.years()),
            "first_name": FIRST_NAME.to_uppercase(),
            "last_name": LAST_NAME.to_uppercase(),
            "birth_date": today.saturating_sub(34.years()),
            "gender": "U",
            "nationality": COUNTRY,
            "address": "",
            "place_of_birth": "",
        },
        "authenticity": {"sod_integrity": verified, "dg_integrity": verified},
        "certificate_summary": {
            "issuer": "CN=Sample CSCA, C=UT",
            "subject": "CN=Sample Document Signer 1, C=UT",
            "serial_number": "01:5A:4D",
            "not_valid_after": format!("{}T00:00:00Z", today.saturating_add(10.years())),
            "not_valid_before": format!("{}T00:00:00Z", today.saturating_sub(5.years())),
        },
    })
}
