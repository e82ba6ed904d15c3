//! A value against its shape: the value as it is kept, or the mistakes in it, nested as the value is.

use serde_json::{Map, Value, json};

use super::shape::{Key, Name, Shape};
use super::{nested, rules};

/// A value as it is kept, or what is wrong with it.
pub(super) type Checked = Result<Value, Value>;

const ACTIONS: &[&str] = &["NO_ACTION", "REVIEW", "DECLINE"];
const DECISIONS: &[&str] = &["REVIEW", "DECLINE"];

/// One sentence as the list that the contract wants.
pub(super) fn wrong(sentence: impl Into<String>) -> Value {
    json!([sentence.into()])
}

pub(super) fn normalized(shape: Shape, value: &Value) -> Checked {
    if let Shape::Set(inner) = shape {
        return if value.is_null() {
            Err(wrong("This field may not be null."))
        } else {
            normalized(*inner, value)
        };
    }
    if value.is_null() {
        return Ok(Value::Null);
    }
    match shape {
        Shape::Action => word(ACTIONS, value),
        Shape::Decision => word(DECISIONS, value),
        Shape::Word(words) => word(words, value),
        Shape::Percent => whole(value, 0, 100),
        Shape::Score => score(value),
        Shape::Whole(min, max) => whole(value, min, max),
        Shape::Flag => value.as_bool().map(Value::Bool).ok_or_else(|| wrong("Must be a valid boolean.")),
        Shape::Switch => switch(value),
        Shape::Text => text(value),
        Shape::Country(letters) => {
            let text = value.as_str().ok_or_else(|| wrong("Not a valid string."))?;
            country(text, letters).map(Value::from)
        }
        Shape::Uuid => uuid(value),
        Shape::Any | Shape::Set(_) => Ok(value.clone()),
        Shape::Filled(inner) => filled(*inner, value),
        Shape::Each(inner, most) => each(*inner, most, value),
        Shape::Map(name, inner) => map(name, *inner, value),
        Shape::Record(keys) => record(keys, value),
        Shape::Either(one, other) => {
            normalized(*one, value).or_else(|errors| normalized(*other, value).map_err(|_| errors))
        }
        Shape::Documents => documents(value),
        Shape::Registries => registries(value),
        Shape::Conditions => each(Shape::Record(rules::CONDITION), 100, value).and_then(rules::sound),
        Shape::StatusRules => each(Shape::Record(rules::RULE), 100, value).and_then(rules::sound),
    }
}

fn word(words: &[&str], value: &Value) -> Checked {
    let found = value.as_str().and_then(|text| words.iter().find(|word| word.eq_ignore_ascii_case(text)));
    found
        .map(|word| Value::from(*word))
        .ok_or_else(|| wrong(format!("\"{}\" is not a valid choice.", shown(value))))
}

/// The value as an error quotes it.
fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().take(100).collect()
}

/// Whole numbers may be written with a point: `70.0`.
fn whole(value: &Value, min: i64, max: i64) -> Checked {
    let number = value.as_i64().or_else(|| {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and far within the range")]
        let whole = |number: &f64| *number as i64;
        value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e15).as_ref().map(whole)
    });
    let number = number.ok_or_else(|| wrong("A valid integer is required."))?;
    in_range(number, min, max).map(|()| Value::from(number))
}

fn score(value: &Value) -> Checked {
    let number = value.as_f64().ok_or_else(|| wrong("A valid number is required."))?;
    in_range(number, 0.0, 100.0).map(|()| value.clone())
}

fn in_range<N: PartialOrd + std::fmt::Display + Copy>(number: N, min: N, max: N) -> Result<(), Value> {
    if number < min {
        return Err(wrong(format!("Ensure this value is greater than or equal to {min}.")));
    }
    if number > max {
        return Err(wrong(format!("Ensure this value is less than or equal to {max}.")));
    }
    Ok(())
}

fn switch(value: &Value) -> Checked {
    match (value.as_bool(), value.as_i64()) {
        (Some(on), _) => Ok(Value::from(i64::from(on))),
        (_, Some(0 | 1)) => Ok(value.clone()),
        _ => Err(wrong(format!("\"{}\" is not a valid choice.", shown(value)))),
    }
}

fn text(value: &Value) -> Checked {
    let text = value.as_str().ok_or_else(|| wrong("Not a valid string."))?;
    if text.contains('\0') {
        return Err(wrong("Null characters are not allowed."));
    }
    if text.chars().count() > 2_000 {
        return Err(wrong("Ensure this field has no more than 2000 characters."));
    }
    Ok(value.clone())
}

fn uuid(value: &Value) -> Checked {
    let uuid = value.as_str().and_then(|text| uuid::Uuid::try_parse(text).ok());
    uuid.map(|uuid| Value::from(uuid.to_string())).ok_or_else(|| wrong("Must be a valid UUID."))
}

fn filled(inner: Shape, value: &Value) -> Checked {
    let empty = match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    if empty { Err(wrong("This list may not be empty.")) } else { normalized(inner, value) }
}

fn each(inner: Shape, most: usize, value: &Value) -> Checked {
    let items = value.as_array().ok_or_else(|| wrong(not_a("list", value)))?;
    if items.len() > most {
        return Err(wrong(format!("Ensure this field has no more than {most} elements.")));
    }
    let (mut kept, mut errors) = (Vec::with_capacity(items.len()), Map::new());
    for (index, item) in items.iter().enumerate() {
        match normalized(Shape::Set(&Shape::Any), item).and_then(|item| normalized(inner, &item)) {
            Ok(item) => kept.push(item),
            Err(error) => {
                errors.insert(index.to_string(), error);
            }
        }
    }
    if errors.is_empty() { Ok(Value::Array(kept)) } else { Err(Value::Object(errors)) }
}

fn not_a(what: &str, value: &Value) -> String {
    let kind = match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    };
    format!("Expected a {what} of items but got type \"{kind}\".")
}

fn map(name: Name, inner: Shape, value: &Value) -> Checked {
    let given = value.as_object().ok_or_else(|| wrong(not_a("dictionary", value)))?;
    let (mut kept, mut errors) = (Map::new(), Map::new());
    for (key, item) in given {
        match named(name, key).and_then(|key| Ok((key, normalized(inner, item)?))) {
            Ok((key, item)) => {
                kept.insert(key, item);
            }
            Err(error) => {
                errors.insert(key.clone(), error);
            }
        }
    }
    if errors.is_empty() { Ok(Value::Object(kept)) } else { Err(Value::Object(errors)) }
}

/// The name as it is kept.
fn named(name: Name, key: &str) -> Result<String, Value> {
    match name {
        Name::Alpha3 => country(key, 3),
        Name::Alpha2 => country(key, 2),
        Name::Free => text(&Value::from(key)).map(|_| key.to_owned()),
        Name::Of(words) => word(words, &Value::from(key)).map(|word| word.as_str().unwrap_or(key).to_owned()),
    }
}

fn country(text: &str, letters: usize) -> Result<String, Value> {
    let fits = text.len() == letters && text.bytes().all(|letter| letter.is_ascii_alphabetic());
    let refusal =
        || wrong(format!("\"{}\" is not a country code of {letters} letters.", shown(&text.into())));
    fits.then(|| text.to_ascii_uppercase()).ok_or_else(refusal)
}

fn record(keys: &[Key], value: &Value) -> Checked {
    let given = value.as_object().ok_or_else(|| wrong(not_a("dictionary", value)))?;
    let (mut kept, mut errors) = (Map::new(), Map::new());
    for (key, shape) in keys {
        let checked = match (given.get(*key), shape) {
            (None, Shape::Set(_)) => Err(wrong("This field is required.")),
            (None, _) => continue,
            (Some(value), shape) => normalized(*shape, value),
        };
        match checked {
            Ok(value) => kept.insert((*key).to_owned(), value),
            Err(error) => errors.insert((*key).to_owned(), error),
        };
    }
    if errors.is_empty() { Ok(Value::Object(kept)) } else { Err(Value::Object(errors)) }
}

/// Absent, null and empty all mean every document; a list that allows none would let nobody through.
fn documents(value: &Value) -> Checked {
    let kept = normalized(nested::DOCUMENTS, value)?;
    let mut types = kept.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_object);
    let enabled = |types: &Map<String, Value>| types.values().any(|settings| settings["enabled"] == 1);
    let empty = kept.as_object().is_some_and(Map::is_empty);
    if empty || types.any(enabled) { Ok(kept) } else { Err(wrong("At least one document must be enabled.")) }
}

fn registries(value: &Value) -> Checked {
    let kept = normalized(nested::REGISTRIES, value)?;
    let countries = || kept.as_object().into_iter().flat_map(Map::values);
    let on = |country: &Value| country.get("enabled").is_none_or(|enabled| *enabled != json!(false));
    if countries().next().is_none() || countries().any(on) {
        Ok(kept)
    } else {
        Err(wrong("At least one country must be enabled."))
    }
}
