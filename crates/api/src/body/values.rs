//! Single values of a JSON body: what is accepted, and the words for what is not.

use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::fields::{Parsed, wrong};

/// The name Python gives a JSON value's type, as the contract's messages do.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

/// Text of at most `max` characters that is not blank, trimmed. The NUL character is refused: PostgreSQL cannot store it.
pub fn text(max: usize) -> impl Fn(&Value) -> Parsed<String> {
    move |value| {
        let Value::String(text) = value else {
            return wrong("Not a valid string.");
        };
        let text = text.trim();
        if text.is_empty() {
            return wrong("This field may not be blank.");
        }
        if text.contains('\0') {
            return wrong("Null characters are not allowed.");
        }
        if text.chars().count() > max {
            return wrong(format!("Ensure this field has no more than {max} characters."));
        }
        Ok(text.to_owned())
    }
}

/// Text that is kept as it is, blanks and all: passwords.
pub fn verbatim(max: usize) -> impl Fn(&Value) -> Parsed<String> {
    move |value| match value {
        Value::String(text) if text.is_empty() => wrong("This field may not be blank."),
        Value::String(text) if text.chars().count() > max => {
            wrong(format!("Ensure this field has no more than {max} characters."))
        }
        Value::String(text) => Ok(text.clone()),
        _ => wrong("Not a valid string."),
    }
}

/// Text of at most `max` characters that is kept as it is, also when blank.
pub fn opaque(max: usize) -> impl Fn(&Value) -> Parsed<String> {
    move |value| match value {
        Value::String(text) if text.contains('\0') => wrong("Null characters are not allowed."),
        Value::String(text) if text.chars().count() > max => {
            wrong(format!("Ensure this field has no more than {max} characters."))
        }
        Value::String(text) => Ok(text.clone()),
        _ => wrong("Not a valid string."),
    }
}

/// A UUID in its hyphenated form.
pub fn uuid(value: &Value) -> Parsed<Uuid> {
    match value.as_str().map(Uuid::try_parse) {
        Some(Ok(uuid)) => Ok(uuid),
        _ => wrong("Must be a valid UUID."),
    }
}

/// `true` or `false`, nothing that merely resembles them.
pub fn boolean(value: &Value) -> Parsed<bool> {
    value.as_bool().map_or_else(|| wrong("Must be a valid boolean."), Ok)
}

/// A whole number between two bounds, both included.
pub fn integer(min: i64, max: i64) -> impl Fn(&Value) -> Parsed<i64> {
    move |value| {
        let Some(number) = value.as_i64() else {
            return wrong("A valid integer is required.");
        };
        if number < min {
            return wrong(format!("Ensure this value is greater than or equal to {min}."));
        }
        if number > max {
            return wrong(format!("Ensure this value is less than or equal to {max}."));
        }
        Ok(number)
    }
}

/// One of a fixed list, in any letter case where `any_case`; answered as the list spells it.
pub fn choice(options: &'static [&'static str]) -> impl Fn(&Value) -> Parsed<&'static str> {
    move |value| {
        let found =
            value.as_str().and_then(|text| options.iter().find(|option| option.eq_ignore_ascii_case(text)));
        found.map_or_else(
            || wrong(format!("\"{}\" is not a valid choice.", plain(value))),
            |option| Ok(*option),
        )
    }
}

/// A list, its items' mistakes under their positions.
pub fn list<T>(item: impl Fn(&Value) -> Parsed<T>) -> impl Fn(&Value) -> Parsed<Vec<T>> {
    move |value| {
        let Value::Array(items) = value else {
            return wrong(format!("Expected a list of items but got type \"{}\".", kind(value)));
        };
        let mut errors = serde_json::Map::new();
        let mut parsed = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            match item(value) {
                Ok(value) => parsed.push(value),
                Err(error) => {
                    errors.insert(index.to_string(), error);
                }
            }
        }
        if errors.is_empty() { Ok(parsed) } else { Err(json!(errors)) }
    }
}

/// An e-mail address: one `@`, a dotted domain, no blanks. Whether it exists shows when the code arrives.
pub fn email(value: &Value) -> Parsed<String> {
    let address = text(254)(value)?;
    let plausible = address.rsplit_once('@').is_some_and(|(local, domain)| {
        let domain_fits = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"()<>[]:;,@\\\"".contains(c));
        domain_fits && local_fits
    });
    if plausible { Ok(address) } else { wrong("Enter a valid email address.") }
}

/// An absolute address with any scheme but those that a browser would run as code.
pub fn callback(value: &Value) -> Parsed<String> {
    let address = text(2048)(value)?;
    match Url::parse(&address) {
        Ok(url)
            if !matches!(url.scheme(), "javascript" | "data" | "vbscript" | "blob" | "file" | "about") =>
        {
            let web = matches!(url.scheme(), "http" | "https");
            if web && !url.has_host() { wrong("Enter a valid URL.") } else { Ok(address) }
        }
        _ => wrong("Enter a valid URL."),
    }
}

/// A calendar date, `YYYY-MM-DD`.
pub fn date(value: &Value) -> Parsed<String> {
    let parsed = value.as_str().filter(|text| text.len() == 10).map(str::parse::<jiff::civil::Date>);
    match parsed {
        Some(Ok(date)) => Ok(date.to_string()),
        _ => wrong("Date has wrong format. Use one of these formats instead: YYYY-MM-DD."),
    }
}

/// A value as a message may repeat it.
pub fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().take(100).collect()
}
