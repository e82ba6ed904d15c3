//! What a person answered: checked question by question, whatever the page has checked before.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::content::{Content, Element, Kind};

mod value;

/// One answer. Layout elements have none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// What was typed or chosen; several choices are joined by commas.
    pub value: Option<String>,
    /// Each of several choices.
    pub values: Option<Vec<String>>,
    /// The text that goes with a choice.
    pub text: Option<String>,
    /// The uploads' parts, `{id}.{n}`; where they are kept once they are.
    pub files: Vec<String>,
    /// The entries of a group.
    pub entries: Vec<Answers>,
}

/// Answers by question.
pub type Answers = BTreeMap<String, Answer>;

/// The longest text that any question takes.
const LONGEST: usize = 10_000;

/// Checks the answers of a form: `given` holds `{value, text?, entries?}` by question, `uploaded` the parts that have
/// arrived. The error holds, by question, what is wrong.
pub fn check(
    content: &Content,
    given: &Map<String, Value>,
    uploaded: &[String],
) -> Result<Answers, Map<String, Value>> {
    check_all(&content.elements, given, uploaded)
}

fn check_all(
    elements: &[Element],
    given: &Map<String, Value>,
    uploaded: &[String],
) -> Result<Answers, Map<String, Value>> {
    let (mut answers, mut errors) = (Answers::new(), Map::new());
    for element in elements.iter().filter(|element| !element.kind.is_layout()) {
        match answer(element, given.get(&element.id).unwrap_or(&Value::Null), uploaded) {
            Ok(Some(answer)) => {
                answers.insert(element.id.clone(), answer);
            }
            Ok(None) => {}
            Err(error) => {
                errors.insert(element.id.clone(), error);
            }
        }
    }
    let asked = |id: &str| elements.iter().any(|element| element.id == id && !element.kind.is_layout());
    for id in given.keys().filter(|id| !asked(id)).take(20) {
        errors.insert(id.clone(), wrong("There is no such question."));
    }
    if errors.is_empty() { Ok(answers) } else { Err(errors) }
}

fn wrong(sentence: impl Into<String>) -> Value {
    json!([sentence.into()])
}

/// One answer; nothing if it was left open, which a required question may not be.
fn answer(element: &Element, given: &Value, uploaded: &[String]) -> Result<Option<Answer>, Value> {
    let answer = match element.kind {
        Kind::Image | Kind::FileUpload => files(element, uploaded),
        Kind::RepeatableGroup => entries(element, given)?,
        Kind::MultipleChoice => several(element, given)?,
        _ => single(element, given)?,
    };
    match answer {
        None if element.is_required => Err(wrong("This field is required.")),
        answer => Ok(answer),
    }
}

fn files(element: &Element, uploaded: &[String]) -> Option<Answer> {
    let mine = |part: &&String| part.rsplit_once('.').is_some_and(|(id, _)| id == element.id);
    let mut files: Vec<String> = uploaded.iter().filter(mine).cloned().collect();
    files.sort();
    (!files.is_empty()).then(|| Answer { files, ..Answer::default() })
}

fn single(element: &Element, given: &Value) -> Result<Option<Answer>, Value> {
    let Some(raw) = raw(given) else { return Ok(None) };
    let Some(value) = value::read(element, raw)? else { return Ok(None) };
    let text = text(element, given, &[&value])?;
    Ok(Some(Answer { value: Some(value), text, ..Answer::default() }))
}

fn several(element: &Element, given: &Value) -> Result<Option<Answer>, Value> {
    let chosen: Vec<&str> = match raw(given) {
        None => return Ok(None),
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) if many.len() <= element.choices.len() => many
            .iter()
            .map(Value::as_str)
            .collect::<Option<_>>()
            .ok_or_else(|| wrong("Not a valid string."))?,
        Some(_) => return Err(wrong("Expected a list of items.")),
    };
    if let Some(unknown) =
        chosen.iter().find(|value| !element.choices.iter().any(|choice| choice.value == **value))
    {
        let shown: String = unknown.chars().take(100).collect();
        return Err(wrong(format!("\"{shown}\" is not a valid choice.")));
    }
    // In the order of the form, and each once.
    let is_chosen = |value: &&str| chosen.contains(value);
    let values: Vec<&str> =
        element.choices.iter().map(|choice| choice.value.as_str()).filter(is_chosen).collect();
    if values.is_empty() {
        return Ok(None);
    }
    let text = text(element, given, &values)?;
    let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
    Ok(Some(Answer { value: Some(values.join(",")), values: Some(values), text, ..Answer::default() }))
}

/// The text beside a choice that asks for one.
fn text(element: &Element, given: &Value, chosen: &[&str]) -> Result<Option<String>, Value> {
    let asks = |value: &&str| {
        element.choices.iter().any(|choice| choice.value == *value && choice.requires_text_input)
    };
    if !chosen.iter().any(asks) {
        return Ok(None);
    }
    match given.get("text").and_then(Value::as_str).map(str::trim) {
        Some(text) if !text.is_empty() => value::plain(text, 1_000).map(Some),
        _ => Err(wrong("Please add what you mean.")),
    }
}

fn entries(element: &Element, given: &Value) -> Result<Option<Answer>, Value> {
    let Some(group) = &element.group else { return Ok(None) };
    let list = match given.get("entries") {
        None | Some(Value::Null) => &Vec::new(),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(wrong("Expected a list of items.")),
    };
    let (least, most) = (group.min_items.max(u32::from(element.is_required)), group.max_items);
    if list.len() < least as usize || list.len() > most as usize {
        return Err(wrong(format!("Please give from {least} to {most} entries.")));
    }
    let (mut entries, mut errors) = (Vec::new(), Map::new());
    for (index, entry) in list.iter().enumerate() {
        let given = entry.as_object().cloned().unwrap_or_default();
        match check_all(&group.elements, &given, &[]) {
            Ok(entry) => entries.push(entry),
            Err(error) => {
                errors.insert(index.to_string(), Value::Object(error));
            }
        }
    }
    if !errors.is_empty() {
        return Err(Value::Object(errors));
    }
    Ok((!entries.is_empty()).then(|| Answer { entries, ..Answer::default() }))
}

/// The value as it was sent, if anything was: `{"value": …}`, or the bare value.
fn raw(given: &Value) -> Option<&Value> {
    let value = match given {
        Value::Object(answer) => answer.get("value")?,
        bare => bare,
    };
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::Array(items) if items.is_empty() => None,
        value => Some(value),
    }
}

#[cfg(test)]
mod tests;
