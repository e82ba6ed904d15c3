//! What the integrator expected against what the document says (core API §3.2, features §2.5).

use document::mrz::Sex;
use model::warning::Risk;
use serde_json::{Map, Value, json};

use super::facts::Facts;
use super::{Case, names, same_state};

/// How alike names must be, in percent, where the workflow does not say.
const NAME_THRESHOLD: f64 = 80.0;

/// Warns of every expected detail that the document does not bear out. What the document leaves open is not borne
/// out either.
pub(super) fn weigh(case: &mut Case, facts: &Facts) {
    let Some(expected) = case.evidence.expected else { return };
    weigh_name(case, expected, facts);
    if let Some(wanted) = text(expected, "date_of_birth")
        && !is_birth_date(wanted, facts)
    {
        let found = json!(facts.birth);
        case.warn_with(Risk::DobMismatch, pair(wanted, &found));
    }
    if let Some(wanted) = text(expected, "gender")
        && facts.sex.map(Sex::code) != Some(wanted.to_ascii_uppercase().as_str())
    {
        case.warn_with(Risk::GenderMismatch, pair(wanted, &json!(facts.sex)));
    }
    if let Some(wanted) = text(expected, "nationality")
        && !same_state(wanted, &facts.nationality)
    {
        case.warn_with(Risk::NationalityMismatch, pair(wanted, &json!(facts.nationality)));
    }
    if let Some(wanted) = text(expected, "id_country").or_else(|| text(expected, "country"))
        && !same_state(wanted, &facts.state)
    {
        case.warn_with(Risk::CountryMismatch, pair(wanted, &json!(facts.state)));
    }
    weigh_number(case, expected, facts);
}

fn weigh_name(case: &mut Case, expected: &Map<String, Value>, facts: &Facts) {
    let wanted: Vec<&str> =
        ["first_name", "last_name"].into_iter().filter_map(|key| text(expected, key)).collect();
    if wanted.is_empty() {
        return;
    }
    let score = names::score(&wanted.join(" "), &facts.given_names, &facts.surname, facts.names_truncated);
    let threshold =
        case.evidence.config.get("id_verification_name_match_score_threshold").and_then(Value::as_f64);
    if score < threshold.unwrap_or(NAME_THRESHOLD) {
        let found = format!("{} {}", facts.given_names, facts.surname);
        let context = json!({ "provided": wanted.join(" "), "extracted": found.trim(), "score": score });
        case.warn_with(Risk::FullNameMismatch, context);
    }
}

/// The expected number may be the document's, the holder's, or one in the optional data (features §2.5).
fn weigh_number(case: &mut Case, expected: &Map<String, Value>, facts: &Facts) {
    let Some(wanted) = text(expected, "identification_number") else { return };
    let bare = |number: &str| -> String {
        number.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
    };
    let mut numbers = [&facts.number, &facts.personal_number].into_iter().chain(&facts.other_numbers);
    if bare(wanted).is_empty() || !numbers.any(|number| bare(number) == bare(wanted)) {
        case.warn_with(Risk::IdentificationNumberMismatch, pair(wanted, &json!(facts.number)));
    }
}

/// Whether the expected day is the holder's; where the issuer knows only part of it, that part must agree.
fn is_birth_date(wanted: &str, facts: &Facts) -> bool {
    if let Some(date) = facts.birth {
        return date.to_string() == wanted;
    }
    let short: String = wanted.chars().skip(2).filter(|character| *character != '-').collect();
    let known = &facts.partial_birth;
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
