//! The settings that each feature takes (core API §5.7): known keys are checked to the bottom, words accepted in any
//! letter case and kept as the contract spells them, unknown keys dropped.

use model::feature::Feature;
use model::workflow::{Config, Rule};
use serde_json::{Map, Value, json};

mod check;
mod keys;
mod nested;
mod rules;
mod shape;

/// Checks a feature's settings; the error holds, under each wrong key, what is wrong with it.
pub(super) fn checked(feature: Feature, config: &Map<String, Value>) -> Result<Config, Value> {
    let (mut kept, mut wrong) = (Config::new(), Map::new());
    for (key, value) in config {
        let Some(shape) = keys::shape(feature, key) else { continue };
        match check::normalized(shape, value) {
            Ok(value) => {
                kept.insert(key.clone(), value);
            }
            Err(errors) => {
                wrong.insert(key.clone(), errors);
            }
        }
    }
    for (key, sentence) in contradictions(&kept) {
        wrong.insert(key.to_owned(), json!([sentence]));
    }
    if wrong.is_empty() { Ok(kept) } else { Err(Value::Object(wrong)) }
}

/// The rules of a branch (core API §5.6), or mistakes under each one's place.
pub(super) fn rules(value: &Value) -> Result<Vec<Rule>, Value> {
    let kept = check::normalized(shape::Shape::Conditions, value)?;
    let rules = kept.as_array().cloned().unwrap_or_default().into_iter().map(|rule| {
        // What is null is not set; a rule's own value may be.
        let given = rule.as_object().cloned().unwrap_or_default().into_iter();
        let given: Map<String, Value> =
            given.filter(|(key, value)| key == "value" || !value.is_null()).collect();
        serde_json::from_value(Value::Object(given))
    });
    rules.collect::<Result<_, _>>().map_err(|_| json!(["Not a valid rule."]))
}

/// Keys that are sound alone and not together.
fn contradictions(config: &Config) -> Vec<(&'static str, &'static str)> {
    let whole = |key: &str| config.get(key).and_then(Value::as_i64);
    let mut found = Vec::new();
    for stem in ["aml", "kyb_company_aml"] {
        let weights = ["name", "dob", "country"].map(|part| whole(&format!("{stem}_{part}_weight")));
        let key = if stem == "aml" { "aml_name_weight" } else { "kyb_company_aml_name_weight" };
        if let [Some(name), Some(birth), Some(country)] = weights
            && name + birth + country != 100
        {
            found.push((key, "The weights of name, date of birth and country must add up to 100."));
        }
    }
    if let (Some(minimum), Some(maximum)) = (whole("minimum_age"), whole("maximum_age"))
        && minimum > maximum
    {
        found.push(("maximum_age", "Ensure this value is not less than minimum_age."));
    }
    found
}

#[cfg(test)]
mod tests;
