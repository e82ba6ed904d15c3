//! The mail that proves a person's address to an integrator.

use super::{
    Mail,
    letter::{Centre, Letter},
    letters::{Language, spoken},
};

/// The code that a person types to prove that the address is theirs.
#[derive(Debug, Clone, Copy)]
pub struct ContactCode<'a> {
    /// Who asks, as the person knows them.
    pub application: &'a str,
    /// Digits, or upper-case letters and digits.
    pub code: &'a str,
    /// How long it is good.
    pub minutes: u32,
}

impl ContactCode<'_> {
    /// The mail to `recipient` in the language of this tag (`en`, `es-MX`).
    pub fn mail(&self, recipient: &str, language: &str) -> Mail {
        let Self { application, code, minutes } = self;
        let letter = match spoken(language) {
            Language::English => Letter {
                language: "en",
                subject: format!("{code} is your {application} code"),
                heading: "Confirm your e-mail address",
                lead: format!("{application} asks whether this address is yours. Enter this code to go on:"),
                centre: Centre::Code(code),
                note: format!("The code is good for {minutes} minutes and works once."),
                warning: "Did you not ask for a code? Then someone typed your address by mistake. Tell nobody \
                          the code; you need not do anything else.",
            },
            Language::Spanish => Letter {
                language: "es",
                subject: format!("{code} es tu código de {application}"),
                heading: "Confirma tu correo electrónico",
                lead: format!(
                    "{application} pregunta si esta dirección es tuya. Introduce este código para continuar:"
                ),
                centre: Centre::Code(code),
                note: format!("El código sirve durante {minutes} minutos y una sola vez."),
                warning: "¿No has pedido ningún código? Entonces alguien escribió tu dirección por error. No \
                          compartas el código con nadie; no tienes que hacer nada más.",
            },
        };
        letter.to(recipient)
    }
}

#[cfg(test)]
mod tests {
    use super::ContactCode;

    #[test]
    fn the_code_stands_on_its_own_line_and_the_asker_is_named() {
        let code = ContactCode { application: "Acme <b>", code: "K7Q2", minutes: 5 };
        for (language, minutes) in [("en", "5 minutes"), ("es-MX", "5 minutos")] {
            let mail = code.mail("a@example.com", language);
            assert!(mail.text.lines().any(|line| line == "K7Q2"), "{}", mail.text);
            assert!(mail.text.contains(minutes) && mail.subject.contains("Acme"), "{}", mail.text);
            assert!(!mail.html.contains("<b>") && !mail.html.contains("{{"), "{}", mail.html);
        }
    }
}
