//! What a questionnaire says and asks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One text in every language of the questionnaire.
pub type Texts = BTreeMap<String, String>;

/// One version's content, as stored in `questionnaires.content`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// The integrator's own name for it.
    pub title: String,
    /// What it is for.
    pub description: Option<String>,
    /// Languages of every text; English is among them.
    pub languages: Vec<String>,
    /// What people see whose language is not there.
    pub default_language: String,
    /// Whether workflows may ask it.
    pub is_active: bool,
    /// The questions and what stands between them, in order.
    pub elements: Vec<Element>,
}

/// One question, or a heading or the like between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// The integrator's name for it, or `q1`, `q2`…
    pub id: String,
    /// Ours; stays while the id stays.
    pub uuid: Uuid,
    /// What it is.
    pub kind: Kind,
    /// The question.
    pub title: Texts,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Texts>,
    /// Shown in the empty field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<Texts>,
    /// Whether it must be answered.
    #[serde(default)]
    pub is_required: bool,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// How many files at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_files: Option<u32>,
    /// What an answer has to look like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validation: Option<Validation>,
    /// The questions of a group that is answered several times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
}

/// A group of questions that is answered once per entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Entries at least.
    pub min_items: u32,
    /// Entries at most.
    pub max_items: u32,
    /// Its questions.
    pub elements: Vec<Element>,
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What is answered.
    pub value: String,
    /// What people read.
    pub label: Texts,
    /// Whether a text goes with it: "Other, namely…".
    #[serde(default)]
    pub requires_text_input: bool,
}

/// What an answer has to look like.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// The whole text matches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Characters at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    /// Characters at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// The least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// What to say when it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_message: Option<Texts>,
}

macro_rules! kinds {
    ($($name:ident $text:literal)+) => {
        /// What an element is (core API §5.8).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the contract's own words")]
        pub enum Kind {
            $(#[serde(rename = $text)] $name,)+
        }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// In upper case, as it is answered.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

kinds! {
    ShortText "SHORT_TEXT"
    LongText "LONG_TEXT"
    Paragraph "PARAGRAPH"
    Dropdown "DROPDOWN"
    SingleChoice "SINGLE_CHOICE"
    MultipleChoice "MULTIPLE_CHOICE"
    Number "NUMBER"
    Image "IMAGE"
    FileUpload "FILE_UPLOAD"
    Time "TIME"
    Email "EMAIL"
    Address "ADDRESS"
    Phone "PHONE"
    Country "COUNTRY"
    DatePicker "DATE_PICKER"
    Consent "CONSENT"
    SectionHeader "SECTION_HEADER"
    Separator "SEPARATOR"
    Heading "HEADING"
    RepeatableGroup "REPEATABLE_GROUP"
}

impl Kind {
    /// The kind of this name in any letter case.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether nothing is asked.
    pub const fn is_layout(self) -> bool {
        matches!(self, Self::Paragraph | Self::SectionHeader | Self::Separator | Self::Heading)
    }

    /// Whether one of several things is chosen.
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Dropdown | Self::SingleChoice | Self::MultipleChoice)
    }

    /// Whether files are asked for.
    pub const fn takes_files(self) -> bool {
        matches!(self, Self::Image | Self::FileUpload)
    }
}

impl Content {
    /// The question whose file a part of an upload is, `{id}.{n}` with n from 1.
    pub fn question_of_part(&self, part: &str) -> Option<&Element> {
        let (id, number) = part.rsplit_once('.')?;
        let number: u32 = number.parse().ok()?;
        let element = self.elements.iter().find(|element| element.id == id && element.kind.takes_files())?;
        (1..=element.max_files.unwrap_or(1)).contains(&number).then_some(element)
    }

    /// A text in the default language.
    pub fn plain<'texts>(&self, texts: &'texts Texts) -> &'texts str {
        let text = texts.get(&self.default_language).or_else(|| texts.get("en"));
        text.or_else(|| texts.values().next()).map(String::as_str).unwrap_or_default()
    }
}
