//! The entry of `questionnaire_responses` (features §15.2).

use model::feature::Feature;
use model::report::Report;
use model::status::FeatureStatus;
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value, json};

use super::answers::{Answer, Answers};
use super::content::{Content, Element, Kind, Texts};
use super::{Questionnaire, sections};
use crate::decision::instant;

/// The report on these answers. The workflow may want a human to read every form.
pub(crate) fn report(
    node: &NodeId,
    config: &Config,
    questionnaire: &Questionnaire,
    answers: &Answers,
) -> Report {
    let fields = fields(questionnaire, answers);
    let mut report = Report::judged(node.clone(), Feature::Questionnaire, fields, Vec::new());
    if config.get("review_questionnaire_manually").and_then(Value::as_bool) == Some(true) {
        report.status = FeatureStatus::InReview;
    }
    report
}

/// What the sandbox answers: the first choice, and something of every other kind.
pub(crate) fn sample(node: &NodeId, config: &Config, questionnaire: Option<&Questionnaire>) -> Report {
    let Some(questionnaire) = questionnaire else {
        return Report::not_run(node.clone(), Feature::Questionnaire, "the questionnaire is gone");
    };
    let asked = questionnaire.content.elements.iter().filter(|element| !element.kind.is_layout());
    let answers = asked.filter_map(|element| Some((element.id.clone(), sample_answer(element)?))).collect();
    report(node, config, questionnaire, &answers)
}

fn sample_answer(element: &Element) -> Option<Answer> {
    let value = match element.kind {
        Kind::Dropdown | Kind::SingleChoice | Kind::MultipleChoice => &element.choices.first()?.value,
        Kind::Number => "1",
        Kind::Time => "12:00",
        Kind::Email => "alex.sample@example.com",
        Kind::Phone => "+15550101000",
        Kind::Country => "UTO",
        Kind::DatePicker => "2000-01-01",
        Kind::Consent => "true",
        Kind::Image | Kind::FileUpload | Kind::RepeatableGroup => return None,
        _ => "Sample answer",
    };
    let values = (element.kind == Kind::MultipleChoice).then(|| vec![value.to_owned()]);
    Some(Answer { value: Some(value.to_owned()), values, ..Answer::default() })
}

fn fields(questionnaire: &Questionnaire, answers: &Answers) -> Map<String, Value> {
    let content = &questionnaire.content;
    let sections: Vec<Value> = sections(content)
        .into_iter()
        .map(|section| {
            json!({
                "title": section.header.map(|header| content.plain(&header.title)),
                "description": section.header.and_then(|header| maybe(content, header.description.as_ref())),
                "items": section.items.into_iter().map(|element| item(content, element, answers)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let fields = json!({
        "questionnaire_id": questionnaire.id,
        "title": content.title,
        "description": content.description.clone().unwrap_or_default(),
        "languages": content.languages,
        "default_language": content.default_language,
        "is_active": content.is_active,
        "is_simple_questionnaire": true,
        "questionnaire_group_id": questionnaire.group_id,
        "version": questionnaire.version,
        "published_at": questionnaire.published_at.map(instant),
        "sections": sections,
    });
    fields.as_object().cloned().unwrap_or_default()
}

fn maybe<'content>(content: &'content Content, texts: Option<&'content Texts>) -> Option<&'content str> {
    texts.map(|texts| content.plain(texts)).filter(|text| !text.is_empty())
}

fn item(content: &Content, element: &Element, answers: &Answers) -> Value {
    let choices: Vec<Value> = element
        .choices
        .iter()
        .map(|choice| {
            let mut shown = json!({"label": content.plain(&choice.label), "value": choice.value});
            if choice.requires_text_input {
                shown["requires_text_input"] = json!(true);
            }
            shown
        })
        .collect();
    let group = element.group.as_ref().map(|group| {
        let inner = |element| item(content, element, &Answers::new());
        let items: Vec<Value> = group.elements.iter().map(inner).collect();
        json!({"min_items": group.min_items, "max_items": group.max_items, "items": items})
    });
    let mut item = json!({
        "uuid": element.uuid,
        "value": element.id,
        "element_type": element.kind.as_str(),
        "is_required": element.is_required,
        "title": content.plain(&element.title),
        "description": maybe(content, element.description.as_ref()),
        "placeholder": maybe(content, element.placeholder.as_ref()),
        "choices": element.kind.has_choices().then_some(choices),
        "max_files": element.max_files.unwrap_or(1),
        "required_if": null,
        "repeatable_config": group,
    });
    if let Some(answer) = answers.get(&element.id) {
        item["answer"] = to_wire(answer);
    }
    item
}

/// The contract's `value` is a text; several choices are there as a list too, under `values`, ours.
fn to_wire(answer: &Answer) -> Value {
    let mut wire = Map::from_iter([("value".to_owned(), json!(answer.value))]);
    if let Some(values) = &answer.values {
        wire.insert("values".to_owned(), json!(values));
    }
    if let Some(text) = &answer.text {
        wire.insert("text".to_owned(), json!(text));
    }
    if !answer.files.is_empty() {
        wire.insert("files".to_owned(), json!(answer.files));
    }
    if !answer.entries.is_empty() {
        let entry = |entry: &Answers| -> Value {
            entry.iter().map(|(id, answer)| (id.clone(), to_wire(answer))).collect::<Map<_, _>>().into()
        };
        wire.insert("entries".to_owned(), answer.entries.iter().map(entry).collect());
    }
    Value::Object(wire)
}
