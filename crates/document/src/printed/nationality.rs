//! Nationalities and countries as they are printed, to alpha-3.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::country;
use crate::fold::squeeze;

static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("nationalities.txt").lines() {
        let Some((code, forms)) = line.split_once(' ') else { continue };
        for form in forms.split(", ") {
            names.entry(squeeze(form)).or_insert(code);
        }
    }
    for code in country::all() {
        if let Some(name) = country::name(code) {
            names.entry(squeeze(name)).or_insert(code);
        }
    }
    names
});

/// The alpha-3 code of a nationality or country in words or as a code; `None` for what is neither. Of several
/// languages (`DEUTSCH/GERMAN`) any may be known.
///
/// ```
/// assert_eq!(document::printed::nationality("Británica / British"), Some("GBR"));
/// ```
pub fn nationality(text: &str) -> Option<&'static str> {
    let parts = text.split(['/', '|', '(', ')', ',']).map(squeeze).filter(|part| !part.is_empty());
    for part in parts.chain([squeeze(text)]) {
        if let Some(code) = NAMES.get(&part) {
            return Some(code);
        }
        if part.len() == 3
            && let Some(code) = country::alpha3(&part)
        {
            return Some(code);
        }
    }
    let bare: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    (bare == "D").then_some("DEU")
}

/// The countries whose names (seven letters or more, as shorter ones stand within other words) occur in a text.
pub(crate) fn named(text: &str) -> Vec<&'static str> {
    let text = squeeze(text);
    let long = NAMES.iter().filter(|(name, _)| name.chars().count() >= 7 && text.contains(name.as_str()));
    let mut codes: Vec<&str> = long.map(|(_, code)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::{NAMES, nationality};

    #[test]
    fn nationalities_are_known_in_words_and_as_codes() {
        for (text, code) in [
            ("DEUTSCH", Some("DEU")),
            ("Française", Some("FRA")),
            ("BRITISH CITIZEN", Some("GBR")),
            ("POLSKIE", Some("POL")),
            ("ESP", Some("ESP")),
            ("United States of America", Some("USA")),
            ("Brazil", Some("BRA")),
            ("ΕΛΛΗΝΙΚΗ/HELLENIC", Some("GRC")),
            ("D", Some("DEU")),
            ("QQQ", None),
            ("", None),
        ] {
            assert_eq!(nationality(text), code, "{text}");
        }
        assert!(NAMES.values().all(|code| crate::country::name(code).is_some()));
    }
}
