//! A single value against its question: the text that is kept, or what is wrong with it.

use jiff::civil::Date;
use serde_json::Value;

use super::super::content::{Element, Kind, Validation};
use super::super::elements::whole_pattern;
use super::{LONGEST, wrong};

/// The value as it is kept; nothing if it amounts to no answer.
pub(super) fn read(element: &Element, raw: &Value) -> Result<Option<String>, Value> {
    if element.kind == Kind::Consent {
        return consent(raw);
    }
    if element.kind == Kind::Number {
        return number(element, raw).map(Some);
    }
    let text = raw.as_str().ok_or_else(|| wrong("Not a valid string."))?.trim();
    let kept = match element.kind {
        Kind::Dropdown | Kind::SingleChoice => choice(element, text)?,
        Kind::Time => time(text)?,
        Kind::DatePicker => date(text)?,
        Kind::Email => email(text)?,
        Kind::Phone => phone(text)?,
        Kind::Country => country(text)?,
        Kind::LongText | Kind::Address => validated(element, plain(text, LONGEST)?)?,
        _ => validated(element, plain(text, 1_000)?)?,
    };
    Ok(Some(kept))
}

/// Text without what PostgreSQL cannot keep, and not too long.
pub(super) fn plain(text: &str, most: usize) -> Result<String, Value> {
    if text.contains('\0') {
        return Err(wrong("Null characters are not allowed."));
    }
    if text.chars().count() > most {
        return Err(wrong(format!("Ensure this field has no more than {most} characters.")));
    }
    Ok(text.to_owned())
}

fn consent(raw: &Value) -> Result<Option<String>, Value> {
    match (raw.as_bool(), raw.as_str()) {
        (Some(true), _) | (_, Some("true")) => Ok(Some("true".to_owned())),
        // Not agreeing is leaving it open.
        (Some(false), _) | (_, Some("false")) => Ok(None),
        _ => Err(wrong("Must be a valid boolean.")),
    }
}

fn number(element: &Element, raw: &Value) -> Result<String, Value> {
    let written = raw.as_str().map(|text| text.trim().replace(',', "."));
    let number = raw.as_f64().or_else(|| written.as_deref()?.parse().ok());
    let number = number.filter(|number| number.is_finite() && number.abs() < 1e15);
    let number = number.ok_or_else(|| wrong("A valid number is required."))?;
    let Validation { min, max, .. } = element.validation.clone().unwrap_or_default();
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let bound = |bound: Option<f64>| bound.map_or_else(|| "…".to_owned(), |bound| bound.to_string());
        return Err(refusal(
            element,
            &format!("Ensure this value is from {} to {}.", bound(min), bound(max)),
        ));
    }
    Ok(written.unwrap_or_else(|| raw.to_string()))
}

fn choice(element: &Element, text: &str) -> Result<String, Value> {
    let known = element.choices.iter().any(|choice| choice.value == text);
    let shown: String = text.chars().take(100).collect();
    if known { Ok(text.to_owned()) } else { Err(wrong(format!("\"{shown}\" is not a valid choice."))) }
}

fn time(text: &str) -> Result<String, Value> {
    let parsed = text.split_once(':').and_then(|(hours, minutes)| {
        let minutes = minutes.get(..2)?;
        Some((hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?))
    });
    match parsed {
        Some((hours @ 0..24, minutes @ 0..60)) => Ok(format!("{hours:02}:{minutes:02}")),
        _ => Err(wrong("Time has wrong format. Use one of these formats instead: hh:mm.")),
    }
}

fn date(text: &str) -> Result<String, Value> {
    match text.parse::<Date>() {
        Ok(date) if text.len() == 10 => Ok(date.to_string()),
        _ => Err(wrong("Date has wrong format. Use one of these formats instead: YYYY-MM-DD.")),
    }
}

fn email(text: &str) -> Result<String, Value> {
    let plausible = text.rsplit_once('@').is_some_and(|(local, domain)| {
        let labels = || domain.split('.');
        !local.is_empty()
            && labels().count() > 1
            && labels()
                .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
    });
    let sound = text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    if plausible && sound { Ok(text.to_owned()) } else { Err(wrong("Enter a valid email address.")) }
}

/// International form: a plus and 7 to 15 digits, without what people write between them.
fn phone(text: &str) -> Result<String, Value> {
    let number: String = text.chars().filter(|c| !" -.()/".contains(*c)).collect();
    let digits = number.strip_prefix('+').unwrap_or_default();
    let sound = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if sound { Ok(number) } else { Err(wrong("Enter a valid phone number with its country code.")) }
}

fn country(text: &str) -> Result<String, Value> {
    let sound = matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if sound { Ok(text.to_ascii_uppercase()) } else { Err(wrong("Enter a valid country code.")) }
}

/// Text under the integrator's own conditions.
fn validated(element: &Element, text: String) -> Result<String, Value> {
    let Some(validation) = &element.validation else { return Ok(text) };
    let length = text.chars().count() as u64;
    if let Some(least) = validation.min_length.filter(|least| length < *least) {
        return Err(refusal(element, &format!("Ensure this field has at least {least} characters.")));
    }
    if let Some(most) = validation.max_length.filter(|most| length > *most) {
        return Err(refusal(element, &format!("Ensure this field has no more than {most} characters.")));
    }
    let fits = |pattern: &String| whole_pattern(pattern).is_none_or(|pattern| pattern.is_match(&text));
    if !validation.pattern.as_ref().is_none_or(fits) {
        return Err(refusal(element, "This value does not match the required pattern."));
    }
    Ok(text)
}

/// The integrator's own sentence, in English or whichever comes first, else ours.
fn refusal(element: &Element, ours: &str) -> Value {
    let theirs = element.validation.as_ref().and_then(|validation| validation.error_message.as_ref());
    let text = theirs.and_then(|texts| texts.get("en").or_else(|| texts.values().next()));
    wrong(text.filter(|text| !text.is_empty()).map_or(ours, String::as_str))
}
