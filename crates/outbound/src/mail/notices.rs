//! Mails about how a verification ended, or what of it is needed again. They say what the hosted page says, in the words
//! of `locales/`.

use std::sync::LazyLock;

use serde_json::Value;

use super::Mail;
use super::letter::{Centre, Letter};
use super::letters::{Language, spoken};

static ENGLISH: LazyLock<Value> = LazyLock::new(|| words(include_str!("../../../../locales/en.json")));
static SPANISH: LazyLock<Value> = LazyLock::new(|| words(include_str!("../../../../locales/es.json")));

fn words(file: &str) -> Value {
    serde_json::from_str(file).expect("our own texts are JSON")
}

/// The news of a decision.
#[derive(Debug, Clone, Copy)]
pub struct DecisionNotice<'a> {
    /// Who asked, as the person knows them.
    pub application: &'a str,
    /// `Approved`, `Declined`, or anything else for "in review".
    pub status: &'a str,
}

/// The link to do steps again.
#[derive(Debug, Clone, Copy)]
pub struct ResubmissionRequest<'a> {
    /// Who asks, as the person knows them.
    pub application: &'a str,
    /// The hosted page.
    pub url: &'a str,
    /// What is needed again.
    pub steps: &'a [AskedAgain<'a>],
}

/// A step that is needed again.
#[derive(Debug, Clone)]
pub struct AskedAgain<'a> {
    /// Its feature, as workflows name it.
    pub feature: &'a str,
    /// Codes of what was wrong.
    pub risks: Vec<&'a str>,
    /// What the reviewer wrote.
    pub comment: Option<&'a str>,
}

impl DecisionNotice<'_> {
    /// The mail to `recipient` in the language of this tag (`en`, `es-MX`).
    pub fn mail(&self, recipient: &str, language: &str) -> Mail {
        let text = Texts::of(language);
        let outcome = match self.status {
            "Approved" => "approved",
            "Declined" => "declined",
            _ => "in_review",
        };
        let fill = |words: &str| words.replace("{application}", self.application);
        let heading = text.say(&["result", &format!("{outcome}_title")]);
        let note =
            if outcome == "declined" { fill(text.say(&["result", "declined_next"])) } else { String::new() };
        let letter = Letter {
            language: text.language,
            subject: format!("{}: {heading}", self.application),
            heading,
            lead: fill(text.say(&["result", &format!("{outcome}_text")])),
            centre: Centre::Nothing,
            note,
            warning: text.unexpected,
        };
        letter.to(recipient)
    }
}

impl ResubmissionRequest<'_> {
    /// The mail to `recipient` in the language of this tag (`en`, `es-MX`).
    pub fn mail(&self, recipient: &str, language: &str) -> Mail {
        let text = Texts::of(language);
        let heading = text.say(&["result", "resubmitted_title"]);
        let lead = text.say(&["result", "resubmitted_text"]).replace("{application}", self.application);
        let steps: Vec<String> = self.steps.iter().map(|step| text.step(step)).collect();
        let letter = Letter {
            language: text.language,
            subject: format!("{}: {heading}", self.application),
            heading,
            lead,
            centre: Centre::Button { label: text.go_on, url: self.url },
            note: steps.join(" "),
            warning: text.for_you_alone,
        };
        letter.to(recipient)
    }
}

/// The texts of one language.
struct Texts {
    language: &'static str,
    words: &'static Value,
    go_on: &'static str,
    unexpected: &'static str,
    for_you_alone: &'static str,
}

impl Texts {
    fn of(tag: &str) -> Self {
        match spoken(tag) {
            Language::English => Self {
                language: "en",
                words: &ENGLISH,
                go_on: "Continue verification",
                unexpected: "If this says nothing to you, someone gave your address by mistake; you need not do anything.",
                for_you_alone: "The link is for you alone: do not pass it on. If you do not know who is asking, leave \
                                this mail unanswered.",
            },
            Language::Spanish => Self {
                language: "es",
                words: &SPANISH,
                go_on: "Continuar la verificación",
                unexpected: "Si esto no te dice nada, alguien dio tu dirección por error; no tienes que hacer nada.",
                for_you_alone: "El enlace es solo para ti: no lo compartas. Si no sabes quién lo pide, no respondas a \
                                este correo.",
            },
        }
    }

    /// The text under these keys, empty if there is none.
    fn say(&self, keys: &[&str]) -> &'static str {
        keys.iter()
            .try_fold(self.words, |words, key| words.get(key))
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// `Identity document: The document is no longer valid. Please bring the new one.`
    fn step(&self, step: &AskedAgain<'_>) -> String {
        let name = match self.say(&["progress", step.feature]) {
            "" => self.say(&["progress", "unknown"]),
            name => name,
        };
        let found = step.risks.iter().map(|risk| self.say(&["warnings", risk, "title"]));
        let said = found.filter(|words| !words.is_empty()).chain(step.comment);
        let said: Vec<String> = said.map(|words| format!("{}.", words.trim_end_matches('.'))).collect();
        if said.is_empty() { format!("{name}.") } else { format!("{name}: {}", said.join(" ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_words_in_every_language() {
        for (language, status, heading) in [
            ("en", "Approved", "You are verified"),
            ("en", "Declined", "We could not verify your identity"),
            ("en", "In Review", "Your verification is being reviewed"),
            ("es", "Approved", "Verificación completada"),
            ("xx", "Approved", "You are verified"),
        ] {
            let mail = DecisionNotice { application: "Banco <b>", status }.mail("a@example.com", language);
            assert_eq!(mail.subject, format!("Banco <b>: {heading}"));
            assert!(mail.text.starts_with(&format!("{heading}\n\n")), "{}", mail.text);
            assert!(!mail.text.contains('{') && !mail.text.contains("\n\n\n"), "{}", mail.text);
            assert!(mail.html.contains("Banco &lt;b&gt;") && !mail.html.contains("{{"), "{}", mail.html);
        }
    }

    #[test]
    fn what_is_needed_again_is_named_with_its_reasons() {
        let steps = [
            AskedAgain {
                feature: "OCR",
                risks: vec!["DOCUMENT_EXPIRED"],
                comment: Some("Bring the new one"),
            },
            AskedAgain { feature: "AML", risks: vec!["NO_SUCH_RISK"], comment: None },
        ];
        let request =
            ResubmissionRequest { application: "Acme", url: "https://id.example/s/1", steps: &steps };
        let mail = request.mail("a@example.com", "en");
        assert!(
            mail.text
                .contains("Identity document: The document is no longer valid. Bring the new one. Check."),
            "{}",
            mail.text
        );
        assert!(mail.text.lines().any(|line| line == "https://id.example/s/1"));
        let spanish = request.mail("a@example.com", "es");
        assert!(
            spanish.text.contains("Documento de identidad: El documento ya no está vigente."),
            "{}",
            spanish.text
        );
    }
}
