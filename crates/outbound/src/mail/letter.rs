//! The shape that all our mails share, drawn as text and as HTML.

use super::Mail;

const LAYOUT: &str = include_str!("../../../../templates/mail/layout.html");
const CODE: &str = include_str!("../../../../templates/mail/code.html");
const BUTTON: &str = include_str!("../../../../templates/mail/button.html");
const BRAND: &str = "Bonafide";

/// The words of one mail in one language. Everything is plain text here.
pub(super) struct Letter<'a> {
    /// ISO 639-1.
    pub(super) language: &'static str,
    pub(super) subject: String,
    pub(super) heading: &'a str,
    pub(super) lead: String,
    pub(super) centre: Centre<'a>,
    /// What one should know about the centre, such as how long it is good.
    pub(super) note: String,
    /// What to do if the mail was not expected.
    pub(super) warning: &'a str,
}

/// What the mail is about.
pub(super) enum Centre<'a> {
    Code(&'a str),
    Button {
        label: &'a str,
        url: &'a str,
    },
    /// The words say it all.
    Nothing,
}

impl Letter<'_> {
    /// Draws the letter and addresses it.
    pub(super) fn to(&self, recipient: &str) -> Mail {
        Mail {
            to: recipient.to_owned(),
            // A name in the subject comes from a customer; a line break in it would start a header.
            subject: self.subject.replace(char::is_control, " "),
            text: self.text(),
            html: self.html(),
        }
    }

    /// The centre stands on a line of its own, ready to be copied.
    fn text(&self) -> String {
        let Self { heading, lead, note, warning, .. } = self;
        let centre = match self.centre {
            Centre::Code(code) => code,
            Centre::Button { url, .. } => url,
            Centre::Nothing => "",
        };
        let said = [heading, lead.as_str(), centre, note.as_str(), warning, BRAND];
        let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
        said.join("\n\n") + "\n"
    }

    fn html(&self) -> String {
        let centre = match self.centre {
            Centre::Code(code) => fill(CODE, &[("code", &escape(code))]),
            Centre::Button { label, url } => {
                fill(BUTTON, &[("label", &escape(label)), ("url", &escape(url))])
            }
            Centre::Nothing => String::new(),
        };
        let slots = [
            ("language", self.language),
            ("subject", &escape(&self.subject)),
            ("preview", &escape(&self.lead)),
            ("brand", BRAND),
            ("heading", &escape(self.heading)),
            ("lead", &escape(&self.lead)),
            ("centre", &centre),
            ("note", &escape(&self.note)),
            ("warning", &escape(self.warning)),
        ];
        fill(LAYOUT, &slots)
    }
}

/// Puts each value in its `{{slot}}`, in one pass, so that braces within a value mean nothing.
fn fill(template: &str, slots: &[(&str, &str)]) -> String {
    let mut pieces = template.split("{{");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").expect("our templates close their slots");
        let value = slots.iter().find(|(slot, _)| *slot == name).expect("our templates name known slots").1;
        filled.push_str(value);
        filled.push_str(rest);
    }
    filled
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
