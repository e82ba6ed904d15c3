//! A questionnaire as the hosted page receives it: every language, so that the page can switch.

use serde_json::{Value, json};

use super::Questionnaire;

/// Languages and elements. The title is the integrator's own and not for the person.
pub(crate) fn form(questionnaire: &Questionnaire) -> Value {
    let content = &questionnaire.content;
    json!({
        "languages": content.languages,
        "default_language": content.default_language,
        "elements": content.elements,
    })
}
