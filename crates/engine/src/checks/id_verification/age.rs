//! The holder's age and the limits a workflow sets to it.

use jiff::civil::Date;
use model::warning::Risk;
use model::workflow::Config;
use serde_json::{Value, json};

use super::Case;
use super::facts::Facts;

/// Full years on `today`; nobody born in the future has one.
pub(crate) fn on(today: Date, birth: Date) -> Option<i16> {
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    let age = today.year() - birth.year() - i16::from(!had_birthday);
    (age >= 0).then_some(age)
}

/// Whether the workflow limits ages: its switch if it is set, else whether any limit is.
pub(super) fn is_restricted(config: &Config) -> bool {
    let limited = ["minimum_age", "maximum_age", "age_restrictions_by_country"]
        .into_iter()
        .any(|key| config.get(key).is_some_and(|limit| !limit.is_null()));
    config.get("is_age_restrictions_enabled").and_then(Value::as_bool).unwrap_or(limited)
}

/// Warns of a holder who is too young or too old. The limits of the issuing country go before the general ones. A
/// birth date whose check digit fails says nothing; the invalid zone is warned of anyway.
pub(super) fn weigh(case: &mut Case, facts: &Facts) {
    let config = case.evidence.config;
    let Some(age) = facts.birth.and_then(|birth| on(case.evidence.today, birth)) else { return };
    if !is_restricted(config) || !facts.birth_is_certain {
        return;
    }
    if let Some(minimum) = limit(config, &facts.state, "minimum_age")
        && i64::from(age) < minimum
    {
        case.warn_with(Risk::MinimumAgeNotMet, json!({ "age": age, "minimum_age": minimum }));
    }
    if let Some(maximum) = limit(config, &facts.state, "maximum_age")
        && i64::from(age) > maximum
    {
        case.warn_with(Risk::MaximumAgeExceeded, json!({ "age": age, "maximum_age": maximum }));
    }
}

fn limit(config: &Config, state: &str, key: &str) -> Option<i64> {
    let of_country = || config.get("age_restrictions_by_country")?.get(state)?.get(key)?.as_i64();
    of_country().or_else(|| config.get(key)?.as_i64())
}
