//! What the integrator expected against what the document says (core API §3.2, features §2.5).

use document::mrz::{Mrz, Sex};
use model::warning::Risk;
use serde_json::{Map, Value, json};

use super::{Case, names, same_state};

/// How alike names must be, in percent, where the workflow does not say.
const NAME_THRESHOLD: f64 = 80.0;

/// Warns of every expected detail that the document does not bear out. What the document leaves open is not borne
/// out either.
pub(super) fn weigh(case: &mut Case, mrz: &Mrz) {
    let Some(expected) = case.evidence.expected else { return };
    weigh_name(case, expected, mrz);
    let fields = &mrz.fields;
    if let Some(wanted) = text(expected, "date_of_birth")
        && !is_birth_date(wanted, mrz)
    {
        let found = json!(fields.date_of_birth);
        case.warn_with(Risk::DobMismatch, pair(wanted, &found));
    }
    if let Some(wanted) = text(expected, "gender")
        && fields.sex.map(Sex::code) != Some(wanted.to_ascii_uppercase().as_str())
    {
        case.warn_with(Risk::GenderMismatch, pair(wanted, &json!(fields.sex)));
    }
    if let Some(wanted) = text(expected, "nationality")
        && !same_state(wanted, &fields.nationality)
    {
        case.warn_with(Risk::NationalityMismatch, pair(wanted, &json!(fields.nationality)));
    }
    if let Some(wanted) = text(expected, "id_country").or_else(|| text(expected, "country"))
        && !same_state(wanted, &fields.issuing_state)
    {
        case.warn_with(Risk::CountryMismatch, pair(wanted, &json!(fields.issuing_state)));
    }
    weigh_number(case, expected, mrz);
}

fn weigh_name(case: &mut Case, expected: &Map<String, Value>, mrz: &Mrz) {
    let wanted: Vec<&str> =
        ["first_name", "last_name"].into_iter().filter_map(|key| text(expected, key)).collect();
    if wanted.is_empty() {
        return;
    }
    let fields = &mrz.fields;
    let score = names::score(&wanted.join(" "), &fields.given_names, &fields.surname, fields.names_truncated);
    let threshold =
        case.evidence.config.get("id_verification_name_match_score_threshold").and_then(Value::as_f64);
    if score < threshold.unwrap_or(NAME_THRESHOLD) {
        let found = format!("{} {}", fields.given_names, fields.surname);
        let context = json!({ "provided": wanted.join(" "), "extracted": found.trim(), "score": score });
        case.warn_with(Risk::FullNameMismatch, context);
    }
}

/// The expected number may be the document's, the holder's, or one in the optional data (features §2.5).
fn weigh_number(case: &mut Case, expected: &Map<String, Value>, mrz: &Mrz) {
    let Some(wanted) = text(expected, "identification_number") else { return };
    let fields = &mrz.fields;
    let bare = |number: &str| -> String {
        number.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
    };
    let numbers =
        [&fields.document_number, &fields.personal_number, &fields.optional_data, &fields.optional_data_2];
    if bare(wanted).is_empty() || !numbers.into_iter().any(|number| bare(number) == bare(wanted)) {
        case.warn_with(Risk::IdentificationNumberMismatch, pair(wanted, &json!(fields.document_number)));
    }
}

/// Whether the expected day is the holder's; where the issuer knows only part of it, that part must agree.
fn is_birth_date(wanted: &str, mrz: &Mrz) -> bool {
    if let Some(date) = mrz.fields.date_of_birth {
        return date.to_string() == wanted;
    }
    let short: String = wanted.chars().skip(2).filter(|character| *character != '-').collect();
    let known = &mrz.fields.birth_date;
    known.contains(|character: char| character.is_ascii_digit())
        && short.len() == known.len()
        && short.chars().zip(known.chars()).all(|(wanted, found)| found == '<' || found == wanted)
}

/// An expected detail that is set.
fn text<'a>(expected: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    expected.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn pair(provided: &str, extracted: &Value) -> Value {
    json!({ "provided": provided, "extracted": extracted })
}
