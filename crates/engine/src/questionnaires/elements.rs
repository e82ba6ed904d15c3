//! Reads `form_elements`: every mistake under its element and field, as the vendor answers them (a list with one
//! object per element).

use std::collections::BTreeSet;

use model::workflow::matching;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::content::{Choice, Element, Group, Kind, Texts, Validation};

/// So many elements may a questionnaire have.
const MOST: usize = 200;
/// A label may be so long; a paragraph is one too.
const LABEL: usize = 2_000;

/// What elements are read with.
pub(super) struct Reader<'a> {
    /// Every text has to be there in these.
    pub(super) languages: &'a [String],
    /// Elements before the change: their uuids stay.
    pub(super) before: &'a [Element],
    /// Makes a uuid.
    pub(super) fresh: &'a dyn Fn() -> Uuid,
}

/// The fields of one JSON object, and the mistakes found so far.
struct Object<'a> {
    given: &'a Map<String, Value>,
    errors: Map<String, Value>,
}

impl<'a> Object<'a> {
    /// The value of the first of these names that is given and not null.
    fn get(&self, names: &[&str]) -> Option<&'a Value> {
        names.iter().find_map(|name| self.given.get(*name)).filter(|value| !value.is_null())
    }

    fn reject(&mut self, name: &str, error: impl Into<Value>) {
        let error = error.into();
        let error = if error.is_string() { json!([error]) } else { error };
        self.errors.insert(name.to_owned(), error);
    }

    fn required(&mut self, name: &str) {
        self.reject(name, "This field is required.");
    }

    fn flag(&mut self, name: &str) -> bool {
        match self.get(&[name]).map(Value::as_bool) {
            Some(None) => {
                self.reject(name, "Must be a valid boolean.");
                false
            }
            found => found.flatten().unwrap_or(false),
        }
    }

    fn whole(&mut self, name: &str, least: u64, most: u64) -> Option<u64> {
        let value = self.get(&[name])?;
        let number = value.as_u64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.reject(name, format!("Ensure this value is a whole number from {least} to {most}."));
        }
        number
    }

    fn number(&mut self, name: &str) -> Option<f64> {
        let number = self.get(&[name])?.as_f64();
        if number.is_none() {
            self.reject(name, "A valid number is required.");
        }
        number
    }
}

impl Reader<'_> {
    /// The elements, or a list with the mistakes of each.
    pub(super) fn elements(&self, given: &[Value]) -> Result<Vec<Element>, Value> {
        if given.is_empty() {
            return Err(json!(["At least one element is required."]));
        }
        if given.len() > MOST {
            return Err(json!([format!("Ensure this field has no more than {MOST} elements.")]));
        }
        let mut ids = BTreeSet::new();
        self.list(given, "q", &mut ids, true)
    }

    fn list(
        &self,
        given: &[Value],
        stem: &str,
        ids: &mut BTreeSet<String>,
        outermost: bool,
    ) -> Result<Vec<Element>, Value> {
        let (mut read, mut errors) = (Vec::with_capacity(given.len()), Vec::with_capacity(given.len()));
        for (index, value) in given.iter().enumerate() {
            match self.element(value, &format!("{stem}{}", index + 1), ids, outermost) {
                Ok(element) => {
                    read.push(element);
                    errors.push(json!({}));
                }
                Err(error) => errors.push(Value::Object(error)),
            }
        }
        if read.len() == given.len() { Ok(read) } else { Err(Value::Array(errors)) }
    }

    fn element(
        &self,
        value: &Value,
        number: &str,
        ids: &mut BTreeSet<String>,
        outermost: bool,
    ) -> Result<Element, Map<String, Value>> {
        let mut object = object(value)?;
        for key in ["branches", "required_if", "repeatable_config"] {
            if object.get(&[key]).is_some() {
                object.reject(key, "Branching and conditional questions are not supported by this endpoint.");
            }
        }
        let kind = kind(&mut object, outermost);
        let separator = kind == Some(Kind::Separator);
        let title = self.texts(&mut object, &["label", "title"], !separator);
        let description = self.texts(&mut object, &["description"], false);
        let placeholder = self.texts(&mut object, &["placeholder"], false);
        let is_required = object.flag("is_required");
        let choices = self.choices(&mut object, kind);
        let max_files = object.whole("max_files", 1, 5).and_then(|number| u32::try_from(number).ok());
        let validation = self.validation(&mut object);
        let id = identifier(&mut object, number, ids);
        let group = match kind {
            Some(Kind::RepeatableGroup) => self.group(&mut object, &id, ids),
            _ => None,
        };
        let (Some(kind), true) = (kind, object.errors.is_empty()) else { return Err(object.errors) };
        let same = self.before.iter().find(|element| element.id == id && element.kind == kind);
        Ok(Element {
            uuid: same.map_or_else(self.fresh, |element| element.uuid),
            title: title.unwrap_or_default(),
            description: description.filter(|texts| !texts.is_empty()),
            placeholder: placeholder.filter(|texts| !texts.is_empty()),
            is_required: is_required && !kind.is_layout(),
            max_files: kind.takes_files().then_some(max_files.unwrap_or(1)),
            id,
            kind,
            choices,
            validation,
            group,
        })
    }

    /// A text in every language: a map, or one text for all of them.
    fn texts(&self, object: &mut Object, names: &[&str], needed: bool) -> Option<Texts> {
        let name = names[0];
        match object.get(names) {
            None if needed => object.required(name),
            None => {}
            Some(value) => match texts(value, self.languages, needed) {
                Ok(texts) => return Some(texts),
                Err(error) => object.reject(name, error),
            },
        }
        None
    }

    fn choices(&self, object: &mut Object, kind: Option<Kind>) -> Vec<Choice> {
        let Some(_) = kind.filter(|kind| kind.has_choices()) else { return Vec::new() };
        let Some(Value::Array(given)) =
            object.get(&["options", "choices"]).filter(|list| **list != json!([]))
        else {
            object.required("options");
            return Vec::new();
        };
        let (mut read, mut errors): (Vec<Choice>, Vec<Value>) = (Vec::new(), Vec::new());
        for value in given.iter().take(MOST) {
            match self.choice(value, &read) {
                Ok(choice) => {
                    read.push(choice);
                    errors.push(json!({}));
                }
                Err(error) => errors.push(Value::Object(error)),
            }
        }
        if read.len() < given.len() {
            object.reject("options", Value::Array(errors));
        }
        read
    }

    fn choice(&self, value: &Value, before: &[Choice]) -> Result<Choice, Map<String, Value>> {
        let mut object = self::object(value)?;
        let label = self.texts(&mut object, &["label"], true);
        let requires_text_input = object.flag("requires_text_input");
        let taken = |value: &str| before.iter().any(|choice| choice.value == value);
        let value = match object.get(&["value"]) {
            None => free_value(label.as_ref().map(slug).unwrap_or_default(), taken),
            Some(Value::String(text)) if is_plain(text, 200) && !taken(text) => text.clone(),
            Some(_) => {
                object.reject("value", "Must be a text of at most 200 characters that no other option has.");
                String::new()
            }
        };
        match label {
            Some(label) if object.errors.is_empty() => Ok(Choice { value, label, requires_text_input }),
            _ => Err(object.errors),
        }
    }

    fn validation(&self, outer: &mut Object) -> Option<Validation> {
        let mut object = match object(outer.get(&["validation"])?) {
            Ok(object) => object,
            Err(errors) => {
                outer.reject("validation", Value::Object(errors));
                return None;
            }
        };
        let pattern = object.get(&["pattern"]).map(|value| value.as_str().map(str::to_owned));
        if pattern.as_ref().is_some_and(|text| text.as_deref().and_then(whole_pattern).is_none()) {
            object.reject("pattern", "Must be a valid regular expression.");
        }
        let validation = Validation {
            pattern: pattern.flatten(),
            min_length: object.whole("min_length", 0, 1_000_000),
            max_length: object.whole("max_length", 0, 1_000_000),
            min: object.number("min"),
            max: object.number("max"),
            error_message: self.texts(&mut object, &["error_message"], false),
        };
        let crossed = validation.min_length.zip(validation.max_length).is_some_and(|(min, max)| min > max)
            || validation.min.zip(validation.max).is_some_and(|(min, max)| min > max);
        if crossed {
            object.reject("non_field_errors", "The least allowed may not be above the most allowed.");
        }
        if object.errors.is_empty() {
            return Some(validation);
        }
        outer.reject("validation", Value::Object(object.errors));
        None
    }

    fn group(&self, object: &mut Object, id: &str, ids: &mut BTreeSet<String>) -> Option<Group> {
        let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let min_items = object.whole("min_items", 0, 20).map_or(0, number);
        let max_items = object.whole("max_items", 1, 20).map_or(10, number);
        let Some(Value::Array(given)) = object.get(&["form_elements"]).filter(|list| **list != json!([]))
        else {
            object.required("form_elements");
            return None;
        };
        let before =
            self.before.iter().find(|element| element.id == id).and_then(|found| found.group.as_ref());
        let inner = Reader { before: before.map_or(&[], |group| &group.elements), ..*self };
        match inner.list(&given[..given.len().min(MOST)], &format!("{id}_q"), ids, false) {
            Ok(elements) => Some(Group { min_items: min_items.min(max_items), max_items, elements }),
            Err(errors) => {
                object.reject("form_elements", errors);
                None
            }
        }
    }
}

fn object(value: &Value) -> Result<Object<'_>, Map<String, Value>> {
    if let Value::Object(given) = value {
        Ok(Object { given, errors: Map::new() })
    } else {
        let sentence = json!(["Invalid data. Expected a dictionary."]);
        Err(Map::from_iter([("non_field_errors".to_owned(), sentence)]))
    }
}

fn kind(object: &mut Object, outermost: bool) -> Option<Kind> {
    let Some(value) = object.get(&["element_type"]) else {
        object.required("element_type");
        return None;
    };
    let kind = value.as_str().and_then(Kind::of);
    let fits = |kind: &Kind| outermost || !(kind.takes_files() || *kind == Kind::RepeatableGroup);
    let kind = kind.filter(fits);
    if kind.is_none() {
        let shown: String =
            value.as_str().map_or_else(|| value.to_string(), str::to_owned).chars().take(100).collect();
        object.reject("element_type", format!("\"{shown}\" is not a valid choice."));
    }
    kind
}

/// The text in each of the languages; others are dropped. What is needed may not be blank.
pub(super) fn texts(value: &Value, languages: &[String], needed: bool) -> Result<Texts, Value> {
    let sound = |text: &str| !text.contains('\0') && text.chars().count() <= LABEL;
    if let Value::String(text) = value {
        if !sound(text) || (needed && text.trim().is_empty()) {
            return Err(json!(["Not a valid string."]));
        }
        return Ok(languages.iter().map(|language| (language.clone(), text.clone())).collect());
    }
    let Value::Object(map) = value else { return Err(json!(["Expected a dictionary of items."])) };
    let wrong = |text: &Value| !text.as_str().is_some_and(sound);
    if let Some((language, _)) = map.iter().find(|(_, text)| wrong(text)) {
        return Err(Value::Object(Map::from_iter([(language.clone(), json!(["Not a valid string."]))])));
    }
    let text = |language: &String| map.get(language).and_then(Value::as_str);
    let there = |language: &String| text(language).is_some_and(|text| !needed || !text.trim().is_empty());
    let missing: Vec<&str> = languages.iter().filter(|code| !there(code)).map(String::as_str).collect();
    if !missing.is_empty() {
        return Err(json!([format!("Missing translation for: {}.", missing.join(", "))]));
    }
    Ok(languages.iter().filter_map(|code| Some((code.clone(), text(code)?.to_owned()))).collect())
}

fn identifier(object: &mut Object, number: &str, ids: &mut BTreeSet<String>) -> String {
    let given = match object.get(&["id"]) {
        None => free_value(number.to_owned(), |id| ids.contains(id)),
        Some(Value::String(id)) if is_identifier(id) && !ids.contains(id) => id.clone(),
        Some(Value::String(id)) if ids.contains(id) => {
            object.reject("id", format!("\"{id}\" is there twice."));
            String::new()
        }
        Some(_) => {
            object.reject("id", "Use at most 64 letters, digits, hyphens and underscores.");
            String::new()
        }
    };
    ids.insert(given.clone());
    given
}

fn is_identifier(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn is_plain(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && !text.contains('\0') && text.chars().count() <= most
}

/// A value made of a label: `Self employed` gives `self_employed`.
fn slug(label: &Texts) -> String {
    let text = label.get("en").or_else(|| label.values().next()).map(String::as_str).unwrap_or_default();
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let slug: String = words.join("_").chars().take(64).collect();
    if slug.is_empty() { "option".to_owned() } else { slug }
}

fn free_value(wanted: String, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&wanted) {
        return wanted;
    }
    let numbered = (2..).map(|number| format!("{wanted}_{number}"));
    numbered.into_iter().find(|value| !taken(value)).unwrap_or(wanted)
}

/// A pattern that the whole text has to match.
pub(super) fn whole_pattern(text: &str) -> Option<regex::Regex> {
    matching::pattern(&format!("^(?:{text})$"))
}
