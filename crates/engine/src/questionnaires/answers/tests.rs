use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::super::Changes;
use super::*;

#[expect(clippy::needless_pass_by_value, reason = "reads like the JSON that it is")]
fn content(elements: Value) -> Content {
    let form_elements = Some(elements.as_array().unwrap().clone());
    let changes = Changes { title: Some("Form".into()), form_elements, ..Changes::default() };
    changes.applied(None, &|| Uuid::nil()).unwrap()
}

fn every_kind() -> Content {
    let option = |value: &str, text: bool| json!({"value": value, "label": {"en": value}, "requires_text_input": text});
    let options = json!([option("work", false), option("gift", false), option("other", true)]);
    let question =
        |kind: &str| json!({"id": kind, "element_type": kind, "label": {"en": kind}, "options": options});
    let kinds = [
        "short_text",
        "dropdown",
        "single_choice",
        "multiple_choice",
        "number",
        "time",
        "email",
        "address",
        "phone",
        "country",
        "date_picker",
        "consent",
        "image",
        "heading",
    ];
    let mut elements: Vec<Value> = kinds.iter().map(|kind| question(kind)).collect();
    elements.push(json!({"id": "code", "element_type": "SHORT_TEXT", "label": "Code",
        "validation": {"pattern": "[A-Z]{2}[0-9]+", "max_length": 5, "error_message": {"en": "Two letters first."}}}));
    elements.push(
        json!({"id": "age", "element_type": "NUMBER", "label": "Age", "validation": {"min": 18, "max": 99}}),
    );
    elements.push(json!({"id": "jobs", "element_type": "REPEATABLE_GROUP", "label": "Jobs", "max_items": 2, "form_elements": [
        {"id": "employer", "element_type": "short_text", "label": "Employer", "is_required": true}]}));
    content(json!(elements))
}

#[test]
fn an_answer_of_every_kind_is_kept_in_one_spelling() {
    let given = json!({
        "short_text": {"value": " nurse "}, "dropdown": {"value": "work"}, "single_choice": {"value": "other", "text": "luck"},
        "multiple_choice": {"value": ["gift", "work", "gift"]}, "number": {"value": 12.5}, "time": {"value": "9:05"},
        "email": {"value": "a@b.example"}, "address": {"value": "1 Main St\nTown"}, "phone": {"value": "+34 600 100-200"},
        "country": {"value": "esp"}, "date_picker": {"value": "2026-02-28"}, "consent": {"value": true},
        "code": {"value": "AB12"}, "age": {"value": "18"}, "jobs": {"entries": [{"employer": {"value": "Acme"}}]}
    });
    let uploaded = ["image.1".to_owned(), "elsewhere.1".to_owned()];
    let answers = check(&every_kind(), given.as_object().unwrap(), &uploaded).unwrap();
    let value = |id: &str| answers[id].value.clone().unwrap_or_default();
    for (id, kept) in [
        ("short_text", "nurse"),
        ("single_choice", "other"),
        ("multiple_choice", "work,gift"),
        ("number", "12.5"),
        ("time", "09:05"),
        ("phone", "+34600100200"),
        ("country", "ESP"),
        ("consent", "true"),
        ("age", "18"),
    ] {
        assert_eq!(value(id), kept, "{id}");
    }
    assert_eq!(answers["single_choice"].text.as_deref(), Some("luck"));
    assert_eq!(answers["image"].files, ["image.1"]);
    assert_eq!(answers["jobs"].entries[0]["employer"].value.as_deref(), Some("Acme"));
}

#[test]
fn every_wrong_answer_is_named() {
    let form = every_kind();
    for (id, answer) in [
        ("short_text", json!({"value": 3})),
        ("short_text", json!({"value": "a\0b"})),
        ("dropdown", json!({"value": "theft"})),
        ("single_choice", json!({"value": "other"})),
        ("multiple_choice", json!({"value": ["work", "theft"]})),
        ("multiple_choice", json!({"value": {"work": true}})),
        ("number", json!({"value": "many"})),
        ("number", json!({"value": "NaN"})),
        ("time", json!({"value": "25:00"})),
        ("time", json!({"value": "1:é"})),
        ("email", json!({"value": "a@b"})),
        ("phone", json!({"value": "600100200"})),
        ("country", json!({"value": "Spain"})),
        ("date_picker", json!({"value": "2026-02-30"})),
        ("consent", json!({"value": "perhaps"})),
        ("age", json!({"value": 17})),
        ("jobs", json!({"entries": [{}, {}, {}]})),
        ("nobody_asked", json!({"value": "x"})),
    ] {
        let given = Map::from_iter([(id.to_owned(), answer.clone())]);
        let errors = check(&form, &given, &[]).unwrap_err();
        assert!(errors.len() == 1 && errors.contains_key(id), "{id} {answer}: {errors:?}");
    }
    let given = json!({"code": {"value": "12"}, "jobs": {"entries": [{"employer": {"value": ""}}]}});
    let errors = check(&form, given.as_object().unwrap(), &[]).unwrap_err();
    assert_eq!(errors["code"], json!(["Two letters first."]));
    assert_eq!(errors["jobs"], json!({"0": {"employer": ["This field is required."]}}));
}

#[test]
fn what_is_required_may_not_be_left_open() {
    let form = content(json!([
        {"id": "why", "element_type": "long_text", "label": "Why", "is_required": true},
        {"id": "agree", "element_type": "consent", "label": "Agree", "is_required": true},
        {"id": "proof", "element_type": "file_upload", "label": "Proof", "is_required": true}
    ]));
    let given = json!({"why": {"value": "  "}, "agree": {"value": false}});
    let errors = check(&form, given.as_object().unwrap(), &[]).unwrap_err();
    assert_eq!(errors.keys().collect::<Vec<_>>(), ["why", "agree", "proof"]);
    assert!(errors.values().all(|error| *error == json!(["This field is required."])));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(
                "value|text|entries|id|label|options|element_type|employer",
                inner,
                0..4
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_answer_breaks_the_check(answers in proptest::collection::vec(any_json(), 17)) {
        let form = every_kind();
        let given = form.elements.iter().map(|element| element.id.clone()).zip(answers).collect();
        if let Ok(answers) = check(&form, &given, &[]) {
            prop_assert!(answers.keys().all(|id| form.elements.iter().any(|element| element.id == *id)));
        }
    }

    #[test]
    fn no_element_breaks_the_reader(elements in proptest::collection::vec(any_json(), 1..4)) {
        let changes = Changes { title: Some("Form".into()), form_elements: Some(elements.clone()), ..Changes::default() };
        if let Ok(content) = changes.applied(None, &|| Uuid::nil()) {
            prop_assert_eq!(content.elements.len(), elements.len());
        }
    }
}
