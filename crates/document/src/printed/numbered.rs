//! Numbered fields of driving licences (ISO/IEC 18013-1 annex A; Directive 2006/126/EC annex I; AAMVA for the US).

use super::field::PrintedField as F;

/// What a number announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbered {
    Field(F),
    /// 3: birth date and place.
    Birth,
}

/// The field of a number. North American cards give 4d to the licence and 5 to the document discriminator.
pub(super) fn field(number: &str, american: bool) -> Option<Numbered> {
    Some(Numbered::Field(match number {
        "1" => F::Surname,
        "2" => F::GivenNames,
        "3" => return Some(Numbered::Birth),
        "4a" => F::IssueDate,
        "4b" => F::ExpiryDate,
        "4c" => F::Authority,
        "4d" if american => F::DocumentNumber,
        "4d" => F::PersonalNumber,
        "5" if !american => F::DocumentNumber,
        "8" => F::Address,
        "9" => F::Categories,
        "15" if american => F::Sex,
        "16" if american => F::Height,
        "18" if american => F::EyeColour,
        _ => return None,
    }))
}

/// The numbers within a line with what follows each: `4a. 19.01.2013 4b. 18.01.2028`.
pub(super) fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for word in text.split_whitespace() {
        let trimmed = word.trim_matches(['.', ')', '(', ':', ',']);
        let lower = trimmed.to_ascii_lowercase();
        let later = matches!(lower.as_str(), "4a" | "4b" | "4c" | "4d");
        // Single digits count at the beginning only, and where a point closes them.
        let digit = matches!(lower.as_str(), "1" | "2" | "3" | "5" | "8" | "9");
        let opens = later || digit && (parts.is_empty() || word.ends_with('.') && word.len() == 2);
        if opens {
            parts.push((lower, String::new()));
        } else if let Some((_, value)) = glued(word).filter(|_| parts.is_empty()) {
            parts.push(value);
        } else if let Some((_, value)) = parts.last_mut() {
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(word);
        } else {
            return Vec::new();
        }
    }
    parts
}

/// `1.MUSTERMANN`, `4a.19.01.2013`.
fn glued(word: &str) -> Option<(usize, (String, String))> {
    let at = word.find('.')?;
    let (number, rest) = (word[..at].to_ascii_lowercase(), &word[at + 1..]);
    let known = matches!(number.as_str(), "1" | "2" | "3" | "4a" | "4b" | "4c" | "4d" | "5" | "8" | "9");
    // `3.12.1984` may be a date; the field never is one digit and a date without a space elsewhere.
    let dated =
        number.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit()) && number != "5" && number != "3";
    (known && !dated && !rest.is_empty()).then(|| (at, (number, rest.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn texts(text: &str) -> Vec<(String, String)> {
        parts(text)
    }

    #[test]
    fn numbers_and_values_come_apart() {
        let pair = |number: &str, value: &str| (number.to_owned(), value.to_owned());
        assert_eq!(
            texts("4a. 19.01.2013 4b. 18.01.2028"),
            [pair("4a", "19.01.2013"), pair("4b", "18.01.2028")]
        );
        assert_eq!(texts("1. MUSTERMANN"), [pair("1", "MUSTERMANN")]);
        assert_eq!(texts("1.MUSTERMANN"), [pair("1", "MUSTERMANN")]);
        assert_eq!(texts("3. 12.08.1964 BERLIN"), [pair("3", "12.08.1964 BERLIN")]);
        assert_eq!(texts("4a.19.01.2013 4c. LRA"), [pair("4a", "19.01.2013"), pair("4c", "LRA")]);
        assert_eq!(texts("12 MAIN STREET"), []);
        assert_eq!(texts("5. B072RRE2I55"), [pair("5", "B072RRE2I55")]);
    }
}
