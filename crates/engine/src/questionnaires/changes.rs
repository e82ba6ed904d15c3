//! What a create or a patch asks for, and what it makes of a questionnaire's content.

use serde_json::Value;
use uuid::Uuid;

use super::content::{Content, Element, Texts};
use super::elements::Reader;
use super::{Refused, elements};
use crate::workflows::Status;

/// The fields of a create or a patch; what is absent stays or takes its default.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "the contract's own names, core API §5.8")]
pub struct Changes {
    pub title: Option<String>,
    pub description: Option<Option<String>>,
    pub languages: Option<Vec<String>>,
    pub default_language: Option<String>,
    pub is_active: Option<bool>,
    pub status: Option<Status>,
    pub form_elements: Option<Vec<Value>>,
}

impl Changes {
    /// The content after these changes to `before`, or to the defaults.
    pub(super) fn applied(
        &self,
        before: Option<Content>,
        fresh: &dyn Fn() -> Uuid,
    ) -> Result<Content, Refused> {
        let mut content = before.unwrap_or_else(|| Content {
            title: String::new(),
            description: None,
            languages: vec![ENGLISH.to_owned()],
            default_language: ENGLISH.to_owned(),
            is_active: true,
            elements: Vec::new(),
        });
        content.title = self.title.clone().unwrap_or(content.title);
        content.description = self.description.clone().unwrap_or(content.description);
        content.is_active = self.is_active.unwrap_or(content.is_active);
        self.speak(&mut content)?;
        if let Some(given) = &self.form_elements {
            let reader = Reader { languages: &content.languages, before: &content.elements, fresh };
            content.elements = reader
                .elements(given)
                .map_err(|errors| Refused::Invalid { field: "form_elements", errors })?;
        } else if let Some(id) = untranslated(&content.elements, &content.languages) {
            let sentence =
                format!("Element '{id}' has no text in every language. Send form_elements as well.");
            return Err(Refused::invalid("languages", sentence));
        }
        Ok(content)
    }

    fn speak(&self, content: &mut Content) -> Result<(), Refused> {
        if let Some(languages) = &self.languages {
            if let Some(strange) = languages.iter().find(|code| !is_language(code)) {
                return Err(Refused::invalid("languages", format!("\"{strange}\" is not a language code.")));
            }
            if !languages.iter().any(|code| code == ENGLISH) {
                return Err(Refused::invalid("languages", "The languages must include \"en\"."));
            }
            content.languages.clone_from(languages);
            content.languages.dedup();
        }
        if let Some(language) = &self.default_language {
            content.default_language.clone_from(language);
        }
        if !content.languages.contains(&content.default_language) {
            let sentence = "The default language must be one of the questionnaire's languages.";
            return Err(Refused::invalid("default_language", sentence));
        }
        Ok(())
    }
}

const ENGLISH: &str = "en";

fn is_language(code: &str) -> bool {
    (2..=10).contains(&code.len())
        && code.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The first element that lacks a text in one of the languages.
fn untranslated<'content>(elements: &'content [Element], languages: &[String]) -> Option<&'content str> {
    let whole = |texts: &Texts| {
        let given = serde_json::to_value(texts).unwrap_or(Value::Null);
        texts.is_empty() || elements::texts(&given, languages, false).is_ok()
    };
    let lacking = |element: &&Element| {
        let choices = element.choices.iter().map(|choice| &choice.label);
        let optional = element.description.iter().chain(&element.placeholder);
        let inner = element.group.as_ref().and_then(|group| untranslated(&group.elements, languages));
        inner.is_some() || !choices.chain(optional).chain([&element.title]).all(whole)
    };
    elements.iter().find(lacking).map(|element| element.id.as_str())
}
