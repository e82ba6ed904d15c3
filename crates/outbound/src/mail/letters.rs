//! What our mails say, in English and Spanish.

use super::{
    Mail,
    letter::{Centre, Letter},
};

/// The code that confirms an e-mail address.
#[derive(Debug, Clone, Copy)]
pub struct VerificationCode<'a> {
    pub code: &'a str,
    /// How long it is good.
    pub minutes: u32,
}

/// The link that opens a verification.
#[derive(Debug, Clone, Copy)]
pub struct SessionInvite<'a> {
    /// Who asks, as the person knows them.
    pub application: &'a str,
    /// The hosted page.
    pub url: &'a str,
}

/// The token that makes somebody a member of an organisation.
#[derive(Debug, Clone, Copy)]
pub struct MemberInvite<'a> {
    /// Who asks.
    pub organization: &'a str,
    /// To be given back by whoever logs in with this address.
    pub token: &'a str,
    /// How long it is good.
    pub days: u32,
}

/// The languages that mails are written in.
pub(super) enum Language {
    English,
    Spanish,
}

/// A tag such as `es` or `es-MX`; English for what we do not speak.
pub(super) fn spoken(tag: &str) -> Language {
    match tag.split(['-', '_']).next() {
        Some(primary) if primary.eq_ignore_ascii_case("es") => Language::Spanish,
        _ => Language::English,
    }
}

impl VerificationCode<'_> {
    /// The mail to `recipient` in the language of this tag (`en`, `es-MX`).
    pub fn mail(&self, recipient: &str, language: &str) -> Mail {
        let Self { code, minutes } = self;
        let letter = match spoken(language) {
            Language::English => Letter {
                language: "en",
                subject: format!("{code} is your Bonafide code"),
                heading: "Confirm your e-mail address",
                lead: "Enter this code to go on:".to_owned(),
                centre: Centre::Code(code),
                note: format!("The code is good for {minutes} minutes and works once."),
                warning: "Did you not ask for a code? Then someone typed your address by mistake. Tell nobody \
                          the code; you need not do anything else.",
            },
            Language::Spanish => Letter {
                language: "es",
                subject: format!("{code} es tu código de Bonafide"),
                heading: "Confirma tu correo electrónico",
                lead: "Introduce este código para continuar:".to_owned(),
                centre: Centre::Code(code),
                note: format!("El código sirve durante {minutes} minutos y una sola vez."),
                warning: "¿No has pedido ningún código? Entonces alguien escribió tu dirección por error. No \
                          compartas el código con nadie; no tienes que hacer nada más.",
            },
        };
        letter.to(recipient)
    }
}

impl SessionInvite<'_> {
    /// The mail to `recipient` in the language of this tag (`en`, `es-MX`).
    pub fn mail(&self, recipient: &str, language: &str) -> Mail {
        let Self { application, url } = self;
        let letter = match spoken(language) {
            Language::English => Letter {
                language: "en",
                subject: format!("{application} asks you to verify your identity"),
                heading: "Verify your identity",
                lead: format!(
                    "{application} needs to make sure that you are you. Have your identity document at hand; \
                     most people are done in a few minutes."
                ),
                centre: Centre::Button { label: "Start verification", url },
                note: "You can open the link on your phone, where the camera is, or on this device."
                    .to_owned(),
                warning: "The link is for you alone: do not pass it on. If you do not know who is asking, leave \
                          this mail unanswered.",
            },
            Language::Spanish => Letter {
                language: "es",
                subject: format!("{application} te pide que verifiques tu identidad"),
                heading: "Verifica tu identidad",
                lead: format!(
                    "{application} necesita comprobar que eres tú. Ten a mano tu documento de identidad; la \
                     mayoría termina en pocos minutos."
                ),
                centre: Centre::Button { label: "Empezar la verificación", url },
                note: "Puedes abrir el enlace en tu móvil, donde está la cámara, o en este dispositivo."
                    .to_owned(),
                warning: "El enlace es solo para ti: no lo compartas. Si no sabes quién lo pide, no respondas a \
                          este correo.",
            },
        };
        letter.to(recipient)
    }
}

impl MemberInvite<'_> {
    /// The mail to `recipient` in the language of this tag (`en`, `es-MX`).
    pub fn mail(&self, recipient: &str, language: &str) -> Mail {
        let Self { organization, token, days } = self;
        let letter = match spoken(language) {
            Language::English => Letter {
                language: "en",
                subject: format!("{organization} invites you to Bonafide"),
                heading: "Join an organisation",
                lead: format!(
                    "{organization} would like you to operate its verifications. Log in with this address, or \
                     register it first, and accept with this token:"
                ),
                centre: Centre::Code(token),
                note: format!("The token is good for {days} days and works once."),
                warning: "If you do not know who is asking, leave this mail unanswered.",
            },
            Language::Spanish => Letter {
                language: "es",
                subject: format!("{organization} te invita a Bonafide"),
                heading: "Únete a una organización",
                lead: format!(
                    "{organization} quiere que gestiones sus verificaciones. Entra con esta dirección, o \
                     regístrala primero, y acepta con este código:"
                ),
                centre: Centre::Code(token),
                note: format!("El código sirve durante {days} días y una sola vez."),
                warning: "Si no sabes quién lo pide, no respondas a este correo.",
            },
        };
        letter.to(recipient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: VerificationCode<'_> = VerificationCode { code: "K7Q2ZD", minutes: 15 };
    const INVITE: SessionInvite<'_> = SessionInvite {
        application: "Banco <b>Ñandú</b>",
        url: "https://id.example/session/3FaJ9w?a=1&b=2",
    };

    #[test]
    fn every_mail_in_every_language_fills_all_its_slots() {
        for language in ["en", "es"] {
            for mail in [CODE.mail("a@example.com", language), INVITE.mail("a@example.com", language)] {
                assert!(!mail.html.contains("{{") && !mail.html.contains("}}"), "{}", mail.html);
                assert!(mail.html.contains(&format!("<html lang=\"{language}\">")));
                assert_eq!(mail.to, "a@example.com");
            }
        }
    }

    #[test]
    fn the_code_stands_on_its_own_line_of_the_text_and_in_the_html() {
        for (language, subject) in
            [("en", "K7Q2ZD is your Bonafide code"), ("es-MX", "K7Q2ZD es tu código de Bonafide")]
        {
            let mail = CODE.mail("a@example.com", language);
            assert_eq!(mail.subject, subject);
            assert!(mail.text.lines().any(|line| line == "K7Q2ZD"), "{}", mail.text);
            assert!(mail.text.contains("15 minut"), "{}", mail.text);
            assert!(mail.html.contains(">K7Q2ZD<"));
        }
    }

    #[test]
    fn what_customers_typed_is_text_in_the_html_and_never_a_tag() {
        let mail = INVITE.mail("a@example.com", "en");
        assert!(!mail.html.contains("<b>"));
        assert!(mail.html.contains("Banco &lt;b&gt;Ñandú&lt;/b&gt; needs"));
        assert!(mail.html.contains("href=\"https://id.example/session/3FaJ9w?a=1&amp;b=2\""));
        assert!(mail.text.lines().any(|line| line == INVITE.url));
        let braces =
            SessionInvite { application: "{{url}}", url: "https://id.example/" }.mail("a@example.com", "en");
        assert!(braces.html.contains("{{url}} needs"));
    }

    #[test]
    fn a_line_break_in_a_name_does_not_reach_the_subject() {
        let invite =
            SessionInvite { application: "Acme\r\nBcc: thief@example.com", url: "https://id.example/" };
        assert!(!invite.mail("a@example.com", "en").subject.contains(['\r', '\n']));
    }

    #[test]
    fn languages_that_we_do_not_speak_get_english() {
        for tag in ["fr", "", "esperanto", "x"] {
            assert_eq!(CODE.mail("a@example.com", tag), CODE.mail("a@example.com", "en"), "{tag}");
        }
        assert_eq!(CODE.mail("a@example.com", "ES_es"), CODE.mail("a@example.com", "es"));
    }
}
