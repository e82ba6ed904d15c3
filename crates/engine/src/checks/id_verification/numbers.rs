//! Whether numbers have the form and the check digits of their country, and whether they agree with their holder.

use document::identifier::{self, Kind, Verdict};
use document::mrz::Sex;
use model::warning::Risk;
use serde_json::json;

use super::document_type::DocumentType;
use super::facts::Facts;
use super::{Case, alpha3};

/// Warns of numbers that no scheme of their country knows. Countries without a known scheme are not judged.
pub(super) fn weigh(case: &mut Case, facts: &Facts) {
    let country = alpha3(&facts.state).to_owned();
    if !facts.personal_number.is_empty() {
        let verdicts = of_kinds(&country, &facts.personal_number, &[Kind::Person, Kind::Register]);
        let schemes: Vec<&str> = verdicts.iter().map(|verdict| verdict.scheme).collect();
        if !verdicts.is_empty() && !verdicts.iter().any(Verdict::valid) {
            case.warn_with(Risk::PersonalNumberFormatMismatch, json!({ "schemes": schemes }));
        }
        weigh_holder(case, facts, &verdicts);
    }
    // Passports and permits have numbers of their own; only where the form fits is a failing check digit news.
    if facts.kind == DocumentType::IdentityCard {
        let verdicts = of_kinds(&country, &facts.number, &[Kind::Document]);
        let fails = |verdict: &Verdict| verdict.fault == Some(identifier::Fault::CheckDigit);
        if !verdicts.iter().any(Verdict::valid) && verdicts.iter().any(fails) {
            let schemes: Vec<&str> = verdicts.iter().map(|verdict| verdict.scheme).collect();
            case.warn_with(Risk::DocumentNumberFormatMismatch, json!({ "schemes": schemes }));
        }
    }
}

/// A number may say when its holder was born and of which sex they are.
fn weigh_holder(case: &mut Case, facts: &Facts, verdicts: &[Verdict]) {
    let sex = facts.sex.and_then(|sex| match sex {
        Sex::Male => Some(identifier::Sex::Male),
        Sex::Female => Some(identifier::Sex::Female),
        Sex::Unspecified => None,
    });
    let birth = facts.birth.filter(|_| facts.birth_is_certain);
    let vouched = |verdict: &&Verdict| {
        verdict.valid() && identifier::scheme(verdict.scheme).is_some_and(|scheme| scheme.has_check_digit)
    };
    let valid: Vec<&Verdict> = verdicts.iter().filter(vouched).collect();
    if !valid.is_empty() && valid.iter().all(|verdict| verdict.encoded.contradicts(birth, sex)) {
        case.warn_with(Risk::DataInconsistent, json!({ "personal_number": valid[0].scheme }));
    }
}

fn of_kinds(country: &str, number: &str, kinds: &[Kind]) -> Vec<Verdict> {
    let wanted = |verdict: &Verdict| {
        identifier::scheme(verdict.scheme).is_some_and(|scheme| kinds.contains(&scheme.kind))
    };
    identifier::check(country, number).into_iter().filter(wanted).collect()
}
