//! What a text message with a code says.

/// The message in the language of this tag (`en`, `es-MX`); English for what we do not speak. `host` is that of the
/// page where the code is typed: browsers fill in codes whose last line names it.
pub fn code_text(application: &str, code: &str, minutes: u32, language: &str, host: Option<&str>) -> String {
    // One line of at most some forty letters, so that the whole fits two messages and a name cannot add a line.
    let name: String = application.chars().filter(|c| !c.is_control()).take(40).collect();
    let spanish = language.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("es"));
    let mut text = if spanish {
        format!("{code} es tu código de {name}. Sirve {minutes} minutos. No lo compartas con nadie.")
    } else {
        format!("{code} is your {name} code. It is good for {minutes} minutes. Tell nobody.")
    };
    if let Some(host) = host {
        text = format!("{text}\n\n@{host} #{code}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::code_text;

    #[test]
    fn the_code_comes_first_and_last_for_the_page_that_waits_for_it() {
        assert_eq!(
            code_text("Acme", "123456", 5, "en-US", Some("id.example.org")),
            "123456 is your Acme code. It is good for 5 minutes. Tell nobody.\n\n@id.example.org #123456"
        );
        assert!(code_text("Acme", "1234", 5, "es", None).starts_with("1234 es tu código de Acme."));
    }

    #[test]
    fn a_name_cannot_add_a_line() {
        assert!(!code_text("Acme\n@evil.example #1", "1234", 5, "en", None).contains('\n'));
    }
}
