//! The fields of an entry in `id_verifications` (features §2.4). What a machine-readable zone cannot say is null or
//! empty in its own type.

use document::mrz::{Finding, Mrz, Sex, country_name};
use serde_json::{Map, Value, json};

use super::document_type::DocumentType;
use super::{Evidence, age};

/// The fields of the report, with those of the zone if one was read.
pub(super) fn of(
    evidence: &Evidence,
    document: Option<&(&Mrz, &[Finding], DocumentType)>,
) -> Map<String, Value> {
    let mut fields = empty();
    for side in evidence.sides {
        fields.insert(format!("{}_image", side.side), json!(side.picture));
    }
    if let Some((mrz, findings, kind)) = document {
        for (name, value) in read(evidence, mrz, findings, *kind) {
            fields.insert(name.to_owned(), value);
        }
    }
    fields
}

fn read(
    evidence: &Evidence,
    mrz: &Mrz,
    findings: &[Finding],
    kind: DocumentType,
) -> [(&'static str, Value); 16] {
    let fields = &mrz.fields;
    let full_name = format!("{} {}", fields.given_names, fields.surname);
    let gender = match fields.sex {
        Some(Sex::Male) => "M",
        Some(Sex::Female) => "F",
        Some(Sex::Unspecified) | None => "U",
    };
    [
        ("document_type", json!(kind.display_name())),
        ("document_subtype", json!(kind.subtype())),
        ("document_number", text(&fields.document_number)),
        ("personal_number", text(&fields.personal_number)),
        ("date_of_birth", json!(fields.date_of_birth)),
        ("age", json!(fields.date_of_birth.and_then(|birth| age::on(evidence.today, birth)))),
        ("expiration_date", json!(fields.expiration_date)),
        ("issuing_state", text(&fields.issuing_state)),
        ("issuing_state_name", json!(country_name(&fields.issuing_state))),
        ("first_name", text(&fields.given_names)),
        ("last_name", text(&fields.surname)),
        ("full_name", text(full_name.trim())),
        ("gender", json!(gender)),
        ("nationality", text(&fields.nationality)),
        ("mrz", mrz.contract_object(findings)),
        ("assurance", json!("documentary")),
    ]
}

/// Null for what the zone leaves blank.
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
    fields.insert("verification_method".to_owned(), json!("document"));
    fields
}
