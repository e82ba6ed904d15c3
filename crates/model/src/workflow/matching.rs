//! How two values compare in a condition. Numbers written as text count as numbers where the other side is one.

use std::cmp::Ordering;

use jiff::Span;
use jiff::civil::Date;
use regex::RegexBuilder;
use serde_json::Value;

/// A pattern may compile to so many bytes: strangers write them.
const PATTERN_BYTES: usize = 256 * 1024;
/// How alike texts must be where the rule does not say.
const ALIKE: f64 = 80.0;
/// Texts are compared letter by letter up to here.
const LETTERS: usize = 256;

/// A pattern, if it is one of moderate size.
pub fn pattern(text: &str) -> Option<regex::Regex> {
    RegexBuilder::new(text).size_limit(PATTERN_BYTES).build().ok()
}

pub(super) fn same(found: &Value, wanted: &Value) -> bool {
    if found.is_number() || wanted.is_number() {
        return match (number(found), number(wanted)) {
            (Some(found), Some(wanted)) => (found - wanted).abs() < f64::EPSILON,
            _ => false,
        };
    }
    match (found, wanted) {
        (Value::Bool(truth), Value::String(text)) | (Value::String(text), Value::Bool(truth)) => {
            text.eq_ignore_ascii_case(&truth.to_string())
        }
        _ => found == wanted,
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|number: &f64| number.is_finite())
}

/// Numbers by value, texts (ISO dates among them) by code point; anything else has no order.
pub(super) fn ordered(found: &Value, wanted: &Value) -> Option<Ordering> {
    match (found, wanted) {
        (Value::String(found), Value::String(wanted)) => Some(found.cmp(wanted)),
        _ => number(found)?.partial_cmp(&number(wanted)?),
    }
}

pub(super) fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Array(items), part) => items.iter().any(|item| same(item, part)),
        (Value::String(whole), Value::String(part)) => whole.contains(part.as_str()),
        _ => false,
    }
}

/// Whether a value, or one of several, is in the list.
pub(super) fn is_among(found: &Value, list: &Value) -> bool {
    let listed = |one: &Value| match list {
        Value::Array(items) => items.iter().any(|item| same(one, item)),
        single => same(one, single),
    };
    match found {
        Value::Array(several) => several.iter().any(listed),
        one => listed(one),
    }
}

pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

pub(super) fn fits_pattern(found: &Value, wanted: &Value) -> bool {
    match (found.as_str(), wanted.as_str().and_then(pattern)) {
        (Some(text), Some(pattern)) => pattern.is_match(text),
        _ => false,
    }
}

/// Whether two texts are alike enough, without regard to case and blanks.
pub(super) fn alike(found: &Value, wanted: &Value, score: Option<f64>) -> bool {
    let (Some(found), Some(wanted)) = (found.as_str(), wanted.as_str()) else { return false };
    likeness(&folded(found), &folded(wanted)) >= score.unwrap_or(ALIKE)
}

fn folded(text: &str) -> Vec<char> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().chars().take(LETTERS).collect()
}

/// 100 for equal texts, less by each letter that has to be inserted, deleted or replaced.
fn likeness(one: &[char], other: &[char]) -> f64 {
    let longer = one.len().max(other.len());
    if longer == 0 {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, rival) in other.iter().enumerate() {
            let replaced = row[j] + usize::from(letter != rival);
            next.push(replaced.min(row[j + 1] + 1).min(next[j] + 1));
        }
        row = next;
    }
    let distance = f64::from(u32::try_from(row[other.len()]).unwrap_or(u32::MAX));
    100.0 * (1.0 - distance / f64::from(u32::try_from(longer).unwrap_or(u32::MAX)))
}

/// The day that `-18 years`, `30 days`, `2 weeks ago` or a plain number of days means, reckoned from `today`.
pub fn relative_date(value: &Value, today: Date) -> Option<Date> {
    if let Some(days) = value.as_i64() {
        return today.checked_add(Span::new().try_days(days).ok()?).ok();
    }
    let text = value.as_str()?.trim().to_ascii_lowercase();
    if text == "today" {
        return Some(today);
    }
    let (text, past) = match text.strip_suffix(" ago") {
        Some(text) => (text.to_owned(), -1),
        None => (text, 1),
    };
    let unit_at = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let (count, unit) = text.split_at(unit_at);
    let count = past * i64::from(count.trim().trim_start_matches('+').parse::<i32>().ok()?);
    let span = match unit.trim_end_matches('s') {
        "" | "d" | "day" => Span::new().try_days(count),
        "w" | "week" => Span::new().try_weeks(count),
        "month" => Span::new().try_months(count),
        "y" | "year" => Span::new().try_years(count),
        _ => return None,
    };
    today.checked_add(span.ok()?).ok()
}
