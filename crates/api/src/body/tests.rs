use proptest::prelude::*;
use serde_json::{Value, json};

use super::fields::nested;
use super::{Fields, Read, object, values};

/// One field of every kind.
struct Everything;

impl Read for Everything {
    fn read(fields: &mut Fields) -> Option<Self> {
        let parsers: [fn(&Value) -> bool; 9] = [
            |value| values::text(3)(value).is_ok(),
            |value| values::verbatim(3)(value).is_ok(),
            |value| values::uuid(value).is_ok(),
            |value| values::boolean(value).is_ok(),
            |value| values::integer(-1, 1)(value).is_ok(),
            |value| values::choice(&["a"])(value).is_ok(),
            |value| values::email(value).is_ok(),
            |value| values::callback(value).is_ok(),
            |value| values::date(value).is_ok(),
        ];
        for parser in parsers {
            fields.required("a", |value| if parser(value) { Ok(()) } else { Err(json!(["wrong"])) });
        }
        fields.optional("b", values::list(nested::<Everything>)).map(|_| Self)
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC*".prop_map(Value::from),
        "[a-z0-9.@:/-]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[ab]", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = object(&bytes).map(|object| Fields::of(object).read::<Everything>().is_ok());
    }

    #[test]
    fn no_json_breaks_the_reader(value in any_json()) {
        if let Value::Object(object) = value {
            prop_assert!(Fields::of(object).read::<Everything>().is_err(), "nothing is of every kind at once");
        }
    }
}

#[test]
fn addresses_that_cannot_be_are_told_from_those_that_can() {
    for address in ["a@b.co", "first.last+tag@sub.example.com", "ñ@exämple.de"] {
        assert!(values::email(&json!(address)).is_ok(), "{address}");
    }
    for address in [
        "",
        "a",
        "a@b",
        "@b.co",
        "a@.co",
        "a b@c.de",
        "a@b..co",
        "a@-b.co",
        "a@b.co\r\nBcc: x@y.z",
        ".a@b.co",
    ] {
        assert!(values::email(&json!(address)).is_err(), "{address}");
    }
}

#[test]
fn callbacks_take_own_schemes_but_nothing_that_runs() {
    for address in ["https://a.example/x?y=1", "http://127.0.0.1:3000/", "myapp://done", "com.acme.app:/done"]
    {
        assert!(values::callback(&json!(address)).is_ok(), "{address}");
    }
    for address in [
        "",
        "nowhere",
        "/path",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc",
    ] {
        assert!(values::callback(&json!(address)).is_err(), "{address}");
    }
}
