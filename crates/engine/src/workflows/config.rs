//! The settings that each feature takes (core API §5.7): known keys are checked, enum values accepted in any letter
//! case and kept in upper case, unknown keys dropped.

use model::feature::Feature;
use model::workflow::Config;
use serde_json::{Map, Value};

mod keys;

/// What a key may hold. Every key may also be null, which means "not set".
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// `NO_ACTION`, `REVIEW`, `DECLINE`.
    Action,
    /// `REVIEW`, `DECLINE`.
    Decision,
    /// 0 to 100.
    Percent,
    /// True or false.
    Flag,
    /// A whole number between these.
    Whole(i64, i64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// Any text.
    Text,
    /// A UUID.
    Uuid,
    /// An object whose inside belongs to the check.
    Object,
    /// A list whose inside belongs to the check.
    List,
}

const ACTIONS: &[&str] = &["NO_ACTION", "REVIEW", "DECLINE"];
const DECISIONS: &[&str] = &["REVIEW", "DECLINE"];

/// Checks a feature's settings; the error is one sentence per wrong key.
pub(super) fn checked(feature: Feature, config: &Map<String, Value>) -> Result<Config, Vec<String>> {
    let mut kept = Config::new();
    let mut wrong = Vec::new();
    for (key, value) in config {
        let Some(shape) = keys::shape(feature, key) else { continue };
        match normalized(shape, value) {
            Ok(value) => {
                kept.insert(key.clone(), value);
            }
            Err(reason) => wrong.push(format!("{feature}.{key}: {reason}")),
        }
    }
    if wrong.is_empty() { Ok(kept) } else { Err(wrong) }
}

fn normalized(shape: Shape, value: &Value) -> Result<Value, String> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    let sound = match shape {
        Shape::Action => return word(ACTIONS, value),
        Shape::Decision => return word(DECISIONS, value),
        Shape::Word(words) => return word(words, value),
        Shape::Words(words) => return listed(words, value),
        Shape::Percent => return number(value, 0.0, 100.0),
        Shape::Whole(min, max) => return whole(value, min, max),
        Shape::Flag => value.is_boolean(),
        Shape::Text => value.is_string(),
        Shape::Uuid => value.as_str().is_some_and(|text| uuid::Uuid::try_parse(text).is_ok()),
        Shape::Object => value.is_object(),
        Shape::List => value.is_array(),
    };
    if sound { Ok(value.clone()) } else { Err(expectation(shape).to_owned()) }
}

const fn expectation(shape: Shape) -> &'static str {
    match shape {
        Shape::Flag => "Must be a valid boolean.",
        Shape::Uuid => "Must be a valid UUID.",
        Shape::Object => "Expected a dictionary of items.",
        Shape::List | Shape::Words(_) => "Expected a list of items.",
        _ => "Not a valid string.",
    }
}

fn word(words: &[&str], value: &Value) -> Result<Value, String> {
    let found = value.as_str().and_then(|text| words.iter().find(|word| word.eq_ignore_ascii_case(text)));
    let shown = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    found.map(|word| Value::from(*word)).ok_or_else(|| format!("\"{}\" is not a valid choice.", shown()))
}

fn listed(words: &[&str], value: &Value) -> Result<Value, String> {
    let items = value.as_array().ok_or("Expected a list of items.")?;
    items.iter().map(|item| word(words, item)).collect::<Result<Vec<_>, _>>().map(Value::Array)
}

fn whole(value: &Value, min: i64, max: i64) -> Result<Value, String> {
    let number = value.as_i64().ok_or("A valid integer is required.")?;
    in_range(number, min, max).map(|()| value.clone())
}

fn number(value: &Value, min: f64, max: f64) -> Result<Value, String> {
    let number = value.as_f64().ok_or("A valid number is required.")?;
    in_range(number, min, max).map(|()| value.clone())
}

fn in_range<N: PartialOrd + std::fmt::Display + Copy>(number: N, min: N, max: N) -> Result<(), String> {
    if number < min {
        return Err(format!("Ensure this value is greater than or equal to {min}."));
    }
    if number > max {
        return Err(format!("Ensure this value is less than or equal to {max}."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(feature: Feature, config: &Value) -> Result<Value, Vec<String>> {
        checked(feature, config.as_object().unwrap()).map(Value::Object)
    }

    #[test]
    fn words_are_taken_in_any_case_and_kept_in_upper_case() {
        let kept =
            check(Feature::Ocr, &json!({"invalid_mrz_action": "review", "nobody_knows_this": 1})).unwrap();
        assert_eq!(kept, json!({"invalid_mrz_action": "REVIEW"}));
        let kept = check(Feature::Liveness, &json!({"face_liveness_method": "passive"})).unwrap();
        assert_eq!(kept, json!({"face_liveness_method": "PASSIVE"}));
    }

    #[test]
    fn every_wrong_key_is_named() {
        let wrong =
            check(Feature::Ocr, &json!({"minimum_age": 0, "invalid_mrz_action": "maybe"})).unwrap_err();
        assert_eq!(
            wrong,
            [
                "OCR.minimum_age: Ensure this value is greater than or equal to 1.",
                "OCR.invalid_mrz_action: \"maybe\" is not a valid choice."
            ]
        );
    }
}
