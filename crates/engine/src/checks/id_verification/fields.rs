//! The fields of an entry in `id_verifications` (features §2.4). What a document does not say is null or
//! empty in its own type.

use document::mrz::{Sex, country_name};
use serde_json::{Map, Value, json};

use super::facts::{Facts, Sources};
use super::{Evidence, age, picture};

/// The fields of the report, with what is known of the document if anything was read.
pub(super) fn of(evidence: &Evidence, sources: &Sources, facts: Option<&Facts>) -> Map<String, Value> {
    let mut fields = empty();
    let mut barcodes = Vec::new();
    for side in evidence.sides {
        fields.insert(format!("{}_image", side.side), json!(side.picture));
        fields.insert(format!("full_{}_image", side.side), json!(side.whole));
        let quality = side.quality.as_ref().map(picture::shown);
        fields.insert(format!("{}_image_quality_score", side.side), json!(quality));
        barcodes.extend(side.barcodes.iter().cloned());
    }
    fields.insert("barcodes".to_owned(), Value::Array(barcodes));
    if let Some((mrz, findings)) = sources.zone {
        fields.insert("mrz".to_owned(), mrz.contract_object(findings));
    }
    if let Some(facts) = facts {
        for (name, value) in known(evidence, facts) {
            fields.insert(name.to_owned(), value);
        }
    }
    fields
}

fn known(evidence: &Evidence, facts: &Facts) -> [(&'static str, Value); 20] {
    let full_name = format!("{} {}", facts.given_names, facts.surname);
    let gender = match facts.sex {
        Some(Sex::Male) => "M",
        Some(Sex::Female) => "F",
        Some(Sex::Unspecified) | None => "U",
    };
    [
        ("document_type", json!(facts.kind.display_name())),
        ("document_subtype", json!(facts.kind.subtype(facts.region))),
        ("document_number", text(&facts.number)),
        ("personal_number", text(&facts.personal_number)),
        ("date_of_birth", json!(facts.birth)),
        ("age", json!(facts.birth.and_then(|birth| age::on(evidence.today, birth)))),
        ("expiration_date", json!(facts.expiry)),
        ("date_of_issue", json!(facts.issued)),
        ("issuing_state", text(&facts.state)),
        ("issuing_state_name", json!(country_name(&facts.state))),
        ("first_name", text(&facts.given_names)),
        ("last_name", text(&facts.surname)),
        ("full_name", text(full_name.trim())),
        ("gender", json!(gender)),
        ("nationality", text(&facts.nationality)),
        ("place_of_birth", json!(facts.place_of_birth)),
        ("address", json!(facts.address)),
        ("parsed_address", facts.parsed_address.clone()),
        ("extra_fields", Value::Object(facts.extra.clone())),
        ("assurance", json!("documentary")),
    ]
}

/// Null for what the document leaves blank.
fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

/// Every field of the contract, in its order, before anything is read.
pub(crate) fn empty() -> Map<String, Value> {
    const NULL: [&str; 35] = [
        "document_type",
        "document_subtype",
        "document_number",
        "personal_number",
        "portrait_image",
        "front_image",
        "front_video",
        "back_image",
        "back_video",
        "full_front_image",
        "full_back_image",
        "front_image_camera_front",
        "back_image_camera_front",
        "front_image_camera_front_face_match_score",
        "back_image_camera_front_face_match_score",
        "date_of_birth",
        "age",
        "expiration_date",
        "date_of_issue",
        "issuing_state",
        "issuing_state_name",
        "first_name",
        "last_name",
        "full_name",
        "gender",
        "address",
        "formatted_address",
        "place_of_birth",
        "nationality",
        "mrz",
        "parsed_address",
        "front_image_quality_score",
        "back_image_quality_score",
        "assurance",
        "wallet_provider",
    ];
    let mut fields: Map<String, Value> =
        NULL.into_iter().map(|name| (name.to_owned(), Value::Null)).collect();
    fields.insert("marital_status".to_owned(), json!("UNKNOWN"));
    fields.insert("extra_fields".to_owned(), json!({}));
    fields.insert("extra_files".to_owned(), json!([]));
    fields.insert("matches".to_owned(), json!([]));
    fields.insert("barcodes".to_owned(), json!([]));
    fields.insert("verification_method".to_owned(), json!("document"));
    fields
}
