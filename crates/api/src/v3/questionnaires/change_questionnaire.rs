//! The fields of a create and of a patch.

use engine::questionnaires::Changes;
use engine::workflows::Status;
use serde_json::Value;
use utoipa::ToSchema;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Fields, Read, values};

/// A new questionnaire; `title` and `form_elements` are required.
pub(super) struct CreateQuestionnaire(pub(super) Changes);

/// A change of a questionnaire; what is absent stays.
pub(super) struct UpdateQuestionnaire(pub(super) Changes);

impl Read for CreateQuestionnaire {
    fn read(fields: &mut Fields) -> Option<Self> {
        let title = fields.required("title", values::text(255));
        let elements = fields.required("form_elements", list);
        let changes = changes(fields);
        Some(Self(Changes { title: Some(title?), form_elements: Some(elements?), ..changes? }))
    }
}

impl Read for UpdateQuestionnaire {
    fn read(fields: &mut Fields) -> Option<Self> {
        let title = fields.given("title", values::text(255));
        let elements = fields.given("form_elements", list);
        let changes = changes(fields);
        Some(Self(Changes { title: title?, form_elements: elements?, ..changes? }))
    }
}

/// Everything but title and elements.
fn changes(fields: &mut Fields) -> Option<Changes> {
    if fields.names().any(|name| name == "graph") {
        let sentence = "The v3 questionnaire API only accepts simple `form_elements`, not `graph`.";
        return fields.reject("graph", sentence);
    }
    let no_description = fields.is_null("description");
    let description = fields.optional("description", values::opaque(2_000));
    let languages = fields.given("languages", values::list(values::text(10)));
    let default_language = fields.given("default_language", values::text(10));
    let is_active = fields.given("is_active", values::boolean);
    let status = fields.given("status", status);
    Some(Changes {
        title: None,
        description: if no_description { Some(None) } else { description?.map(Some) },
        languages: languages?,
        default_language: default_language?,
        is_active: is_active?,
        status: status?,
        form_elements: None,
    })
}

/// Each element is read where the languages are known.
fn list(value: &Value) -> Parsed<Vec<Value>> {
    match value {
        Value::Array(items) => Ok(items.clone()),
        other => wrong(format!("Expected a list of items but got type \"{}\".", values::kind(other))),
    }
}

fn status(value: &Value) -> Parsed<Status> {
    Ok(match values::choice(&["draft", "published"])(value)? {
        "draft" => Status::Draft,
        _ => Status::Published,
    })
}

/// A questionnaire as documented.
#[derive(ToSchema)]
#[schema(as = Questionnaire, example = json!({
    "title": "Source of funds",
    "languages": ["en", "es"],
    "form_elements": [
        {"id": "occupation", "element_type": "short_text", "is_required": true,
         "label": {"en": "What do you do for a living?", "es": "¿A qué se dedica?"}},
        {"id": "source", "element_type": "single_choice", "label": {"en": "Main source of funds", "es": "Origen principal de los fondos"},
         "options": [{"value": "salary", "label": {"en": "Salary", "es": "Salario"}},
                     {"value": "other", "label": {"en": "Other", "es": "Otro"}, "requires_text_input": true}]}
    ]
}))]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct QuestionnaireFields {
    /// Your own name for it; people do not see it.
    #[schema(max_length = 255)]
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// Languages of every text; `en` must be among them. `["en"]` unless given.
    pub(super) languages: Option<Vec<String>>,
    /// What people see whose language is not there; `en` unless given.
    pub(super) default_language: Option<String>,
    /// Whether workflows may ask it; true unless given.
    pub(super) is_active: Option<bool>,
    /// `draft`, or `published` unless given.
    pub(super) status: Option<String>,
    /// The questions in order.
    #[schema(min_items = 1)]
    pub(super) form_elements: Vec<ElementFields>,
}

/// One element as documented.
#[derive(ToSchema)]
#[schema(as = QuestionnaireElement)]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct ElementFields {
    /// Your own name for the question, letters, digits, `_` and `-`; `q1`, `q2`… unless given.
    pub(super) id: Option<String>,
    /// `SHORT_TEXT`, `LONG_TEXT`, `DROPDOWN`, `SINGLE_CHOICE`, `MULTIPLE_CHOICE`, `NUMBER`, `IMAGE`, `FILE_UPLOAD`, `TIME`,
    /// `EMAIL`, `ADDRESS`, `PHONE`, `COUNTRY`, `DATE_PICKER`, `CONSENT`, `REPEATABLE_GROUP`, or one of the layout elements
    /// `SECTION_HEADER`, `SEPARATOR`, `HEADING`, `PARAGRAPH`; in any letter case.
    pub(super) element_type: String,
    /// The question by language, or one text for all. `title` is taken too.
    #[schema(value_type = Object)]
    pub(super) label: Value,
    #[schema(value_type = Option<Object>)]
    pub(super) description: Option<Value>,
    #[schema(value_type = Option<Object>)]
    pub(super) placeholder: Option<Value>,
    pub(super) is_required: Option<bool>,
    /// For choices: `{value?, label, requires_text_input?}` each. `choices` is taken too.
    #[schema(value_type = Option<Vec<Object>>)]
    pub(super) options: Option<Value>,
    /// For files; 1 unless given.
    #[schema(minimum = 1, maximum = 5)]
    pub(super) max_files: Option<u32>,
    /// `{pattern, min_length, max_length, min, max, error_message}`.
    #[schema(value_type = Option<Object>)]
    pub(super) validation: Option<Value>,
    /// The questions of a `REPEATABLE_GROUP`.
    #[schema(value_type = Option<Vec<Object>>)]
    pub(super) form_elements: Option<Value>,
    /// Entries of a `REPEATABLE_GROUP` at least.
    pub(super) min_items: Option<u32>,
    /// Entries of a `REPEATABLE_GROUP` at most; 10 unless given.
    pub(super) max_items: Option<u32>,
}
