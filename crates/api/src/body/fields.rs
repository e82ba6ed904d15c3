//! Walks a JSON object and collects every mistake in it, each under its field, worded as Django REST Framework does.

use serde_json::{Map, Value, json};

use super::Read;
use super::values::kind;
use crate::problem::Problem;

/// A value, or what is wrong with it: a list of messages, or for objects a map of such lists.
pub type Parsed<T> = Result<T, Value>;

/// One message as the list that the contract wants.
pub fn wrong<T>(message: impl Into<String>) -> Parsed<T> {
    Err(json!([message.into()]))
}

/// The fields of one object, and the mistakes found so far.
pub struct Fields {
    object: Map<String, Value>,
    errors: Map<String, Value>,
}

impl Fields {
    /// Nothing read yet.
    pub fn of(object: Map<String, Value>) -> Self {
        Self { object, errors: Map::new() }
    }

    /// Reads the whole object.
    pub fn read<T: Read>(mut self) -> Result<T, Problem> {
        let value = T::read(&mut self);
        self.finish(value).map_err(Problem::fields)
    }

    /// A field that must be there and not be null.
    pub fn required<T>(&mut self, name: &str, parse: impl FnOnce(&Value) -> Parsed<T>) -> Option<T> {
        match self.object.get(name) {
            None => self.reject(name, "This field is required."),
            Some(Value::Null) => self.reject(name, "This field may not be null."),
            Some(value) => {
                let parsed = parse(value);
                self.keep(name, parsed)
            }
        }
    }

    /// A field that may be missing or null, which mean the same. The outer `None` is a recorded mistake.
    pub fn optional<T>(&mut self, name: &str, parse: impl FnOnce(&Value) -> Parsed<T>) -> Option<Option<T>> {
        match self.object.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(value) => {
                let parsed = parse(value);
                self.keep(name, parsed).map(Some)
            }
        }
    }

    /// A field that may be missing, but not null. The outer `None` is a recorded mistake.
    pub fn given<T>(&mut self, name: &str, parse: impl FnOnce(&Value) -> Parsed<T>) -> Option<Option<T>> {
        if self.object.contains_key(name) { self.required(name, parse).map(Some) } else { Some(None) }
    }

    /// The raw value of a field, null where it is missing.
    pub fn raw(&mut self, name: &str) -> Value {
        self.object.remove(name).unwrap_or(Value::Null)
    }

    /// Everything that was sent, unread.
    pub fn take_all(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.object)
    }

    /// Whether the field was sent as null, for fields where null means something of its own.
    pub fn is_null(&self, name: &str) -> bool {
        self.object.get(name).is_some_and(Value::is_null)
    }

    /// Whether the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.object.contains_key(name)
    }

    /// The names of all fields that were sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.object.keys().map(String::as_str)
    }

    /// Records a mistake; answers `None` so that it can end a chain.
    pub fn reject<T>(&mut self, name: &str, message: impl Into<String>) -> Option<T> {
        self.keep(name, wrong(message))
    }

    /// The value if nothing was wrong, else all mistakes.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Map<String, Value>> {
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }

    fn keep<T>(&mut self, name: &str, parsed: Parsed<T>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(errors) => {
                self.errors.insert(name.to_owned(), errors);
                None
            }
        }
    }
}

/// A nested object, its mistakes nested the same way.
pub fn nested<T: Read>(value: &Value) -> Parsed<T> {
    let Value::Object(object) = value else {
        let kind = kind(value);
        return Err(
            json!({"non_field_errors": [format!("Invalid data. Expected a dictionary, but got {kind}.")]}),
        );
    };
    let mut fields = Fields::of(object.clone());
    let read = T::read(&mut fields);
    fields.finish(read).map_err(Value::Object)
}
