//! The one text form of a JSON value that both sides of a webhook can compute.

use std::fmt::Write;

use serde_json::{Number, Value};

/// Writes `value` in the form that `X-Signature-V2` covers (core-api §6.5): object keys sorted by
/// code point at every depth, arrays in order, no spaces, non-ASCII characters as they are, whole
/// floats as integers. Never fails and never uses an exponent.
///
/// Receivers parse the body and write it again before they compare, so what arrives has to survive
/// `JSON.stringify` in JavaScript and `json.dumps(sort_keys=True, ensure_ascii=False)` in Python.
/// Both give back exactly this text when
///
/// * integers lie within ±(2^53 − 1): JavaScript rounds larger ones;
/// * fractions are zero or at least 0.0001 in size: Python writes smaller ones with an exponent;
/// * no key is all digits (JavaScript moves those to the front) or `__proto__` (the published
///   JavaScript sample loses it), and no key has characters beyond U+FFFF (JavaScript sorts by
///   UTF-16 unit).
///
/// Outside these bounds the text is still deterministic and the raw and simple signatures still
/// verify; only the parse-and-write-again check of V2 fails in one of the two languages.
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_value(value, &mut text);
    text
}

fn write_value(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => write_number(number, text),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, text);
                write_value(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            // serde_json keeps insertion order in this workspace, so sorting is our work.
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (index, (key, member)) in sorted.into_iter().enumerate() {
                separate(index, text);
                write_string(key, text);
                text.push(':');
                write_value(member, text);
            }
            text.push('}');
        }
        Value::String(string) => write_string(string, text),
        Value::Bool(_) | Value::Null => text.push_str(&value.to_string()),
    }
}

fn separate(index: usize, text: &mut String) {
    if index > 0 {
        text.push(',');
    }
}

/// Escapes as both languages do: quote, backslash, `\b \f \n \r \t`, other controls below U+0020
/// as `\u00xx` in lower case, and nothing else (U+007F and U+2028 stay as they are).
fn write_string(string: &str, text: &mut String) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            control @ '\0'..='\u{1f}' => {
                write!(text, "\\u{:04x}", u32::from(control)).expect("writing to a String cannot fail");
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

/// `serde_json` writes the shortest digits that read back the same and settles ties as V8 and Python
/// do; `Display` does not (1729252960806357.25 ends in .2 there and in .3 here). But `Display` never
/// writes an exponent or a needless `.0`, so it serves where `serde_json` does.
fn write_number(number: &Number, text: &mut String) {
    let written = number.to_string();
    match number.as_f64() {
        Some(float) if number.is_f64() && (float.fract() == 0.0 || written.contains('e')) => {
            // Adding zero turns -0 into 0.
            write!(text, "{}", float + 0.0).expect("writing to a String cannot fail");
        }
        _ => text.push_str(&written),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_at_every_depth_and_arrays_keep_their_order() {
        let value = json!({"b": [{"z": 1, "a": 2}, 3], "a": {"d": null, "c": true}, "B": false});
        assert_eq!(canonical(&value), r#"{"B":false,"a":{"c":true,"d":null},"b":[{"a":2,"z":1},3]}"#);
    }

    #[test]
    fn keys_sort_by_code_point_and_not_by_utf16_unit() {
        let value = json!({"\u{1f600}": 1, "\u{ff5e}": 2, "é": 3, "z": 4});
        assert_eq!(canonical(&value), "{\"z\":4,\"é\":3,\"\u{ff5e}\":2,\"\u{1f600}\":1}");
    }

    #[test]
    fn numbers_lose_fraction_sign_and_exponent_where_they_say_nothing() {
        for (number, written) in [
            (json!(95.0), "95"),
            (json!(-3.0), "-3"),
            (json!(-0.0), "0"),
            (json!(96.15), "96.15"),
            (json!(0.1), "0.1"),
            (json!(6_917_011_843_225_429.0 / 4.0), "1729252960806357.2"),
            (json!(0.0001), "0.0001"),
            (json!(0.00001), "0.00001"),
            (json!(1e20), "100000000000000000000"),
            (json!(9_007_199_254_740_991_i64), "9007199254740991"),
            (json!(u64::MAX), "18446744073709551615"),
            (json!(i64::MIN), "-9223372036854775808"),
        ] {
            assert_eq!(canonical(&number), written);
        }
    }

    #[test]
    fn strings_are_escaped_only_where_json_demands_it() {
        let value = json!("\"\\/\u{8}\u{c}\n\r\t\0\u{1f}\u{7f}\u{2028}ñ😀");
        assert_eq!(canonical(&value), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}\u{2028}ñ😀\"");
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 48, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map(".*", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn canonical_text_of_any_value_is_json_and_a_fixed_point(value in any_value()) {
            let text = canonical(&value);
            let read: Value = serde_json::from_str(&text).expect("canonical text is JSON");
            prop_assert_eq!(canonical(&read), text);
        }
    }
}
