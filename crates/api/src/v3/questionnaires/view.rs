//! A questionnaire version on the wire: the row of the list, and the full record.

use engine::decision::instant;
use engine::questionnaires::{Element, Kind, Questionnaire, sections};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// One version in the list.
#[derive(Serialize, ToSchema)]
#[schema(as = QuestionnaireRow)]
pub(super) struct QuestionnaireRowView {
    /// This version; the id of these routes and of a workflow's `questionnaire_uuid`.
    uuid: Uuid,
    title: String,
    description: Option<String>,
    languages: Vec<String>,
    default_language: String,
    is_active: bool,
    is_simple_questionnaire: bool,
    created_at: String,
    updated_at: String,
    /// Types of the questions in order, without headings and the like.
    question_types: Vec<&'static str>,
    /// Always empty here.
    workflow_names: Vec<String>,
    /// All versions; the first version's `uuid`.
    questionnaire_group_id: Uuid,
    version: i64,
    /// `draft` or `published`.
    status: &'static str,
    published_at: Option<String>,
    /// Whether it is a draft.
    is_editable: bool,
}

/// One version in full.
#[derive(Serialize, ToSchema)]
#[schema(as = QuestionnaireRecord)]
pub(super) struct QuestionnaireView {
    /// This version.
    questionnaire_id: Uuid,
    title: String,
    description: Option<String>,
    languages: Vec<String>,
    default_language: String,
    is_active: bool,
    is_simple_questionnaire: bool,
    /// `{start_node, nodes}`, each node leading to the next.
    #[schema(value_type = Object)]
    graph: Value,
    /// The same by section.
    #[schema(value_type = Vec<Object>)]
    sections: Vec<Value>,
    /// All versions; the first version's id.
    questionnaire_group_id: Uuid,
    version: i64,
    /// `draft` or `published`.
    status: &'static str,
    published_at: Option<String>,
    is_editable: bool,
    created_at: String,
    updated_at: String,
}

fn status(is_draft: bool) -> &'static str {
    if is_draft { "draft" } else { "published" }
}

impl From<Questionnaire> for QuestionnaireRowView {
    fn from(questionnaire: Questionnaire) -> Self {
        let content = questionnaire.content;
        let asked = content.elements.iter().map(|element| element.kind).filter(|kind| !kind.is_layout());
        Self {
            uuid: questionnaire.id.0,
            question_types: asked.map(Kind::as_str).collect(),
            title: content.title,
            description: content.description,
            languages: content.languages,
            default_language: content.default_language,
            is_active: content.is_active,
            is_simple_questionnaire: true,
            created_at: instant(questionnaire.created_at),
            updated_at: instant(questionnaire.updated_at),
            workflow_names: Vec::new(),
            questionnaire_group_id: questionnaire.group_id.0,
            version: questionnaire.version,
            status: status(questionnaire.is_draft),
            published_at: questionnaire.published_at.map(instant),
            is_editable: questionnaire.is_draft,
        }
    }
}

impl From<Questionnaire> for QuestionnaireView {
    fn from(questionnaire: Questionnaire) -> Self {
        let content = questionnaire.content;
        let section = |section: engine::questionnaires::Section| {
            json!({
                "title": section.header.map_or_else(|| json!({}), |header| json!(header.title)),
                "description": section.header.and_then(|header| header.description.as_ref())
                    .map_or_else(|| json!({}), |texts| json!(texts)),
                "items": section.items.into_iter().map(item).collect::<Vec<_>>(),
            })
        };
        Self {
            questionnaire_id: questionnaire.id.0,
            graph: graph(&content.elements),
            sections: sections(&content).into_iter().map(section).collect(),
            title: content.title,
            description: content.description,
            languages: content.languages,
            default_language: content.default_language,
            is_active: content.is_active,
            is_simple_questionnaire: true,
            questionnaire_group_id: questionnaire.group_id.0,
            version: questionnaire.version,
            status: status(questionnaire.is_draft),
            published_at: questionnaire.published_at.map(instant),
            is_editable: questionnaire.is_draft,
            created_at: instant(questionnaire.created_at),
            updated_at: instant(questionnaire.updated_at),
        }
    }
}

fn graph(elements: &[Element]) -> Value {
    let nexts = elements.iter().skip(1).map(|element| json!(element.id)).chain([Value::Null]);
    let nodes: Map<String, Value> = elements
        .iter()
        .zip(nexts)
        .map(|(element, next)| {
            let mut node = described(element);
            node.insert("next".to_owned(), next);
            (element.id.clone(), Value::Object(node))
        })
        .collect();
    json!({"start_node": elements.first().map(|element| &element.id), "nodes": nodes})
}

fn item(element: &Element) -> Value {
    let mut item =
        Map::from_iter([("uuid".to_owned(), json!(element.uuid)), ("value".to_owned(), json!(element.id))]);
    item.extend(described(element));
    Value::Object(item)
}

/// What graph and sections say of an element; what is not set is left out.
fn described(element: &Element) -> Map<String, Value> {
    let mut described = Map::from_iter([
        ("element_type".to_owned(), json!(element.kind.as_str())),
        ("is_required".to_owned(), json!(element.is_required)),
        ("title".to_owned(), json!(element.title)),
    ]);
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            described.insert(key.to_owned(), value);
        }
    };
    add("description", element.description.as_ref().map(|texts| json!(texts)));
    add("placeholder", element.placeholder.as_ref().map(|texts| json!(texts)));
    add("choices", element.kind.has_choices().then(|| json!(element.choices)));
    add("max_files", element.max_files.map(Value::from));
    add("validation", element.validation.as_ref().map(|validation| json!(validation)));
    add(
        "repeatable_config",
        element.group.as_ref().map(|group| {
            let items: Vec<Value> = group.elements.iter().map(item).collect();
            json!({"min_items": group.min_items, "max_items": group.max_items, "items": items})
        }),
    );
    described
}
