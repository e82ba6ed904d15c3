//! Bank details: IBAN, BIC, sort code and account number.

use serde::Serialize;

use crate::fold::fold;

/// Details as found; without spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct BankDetails {
    pub iban: Option<String>,
    pub bic: Option<String>,
    pub sort_code: Option<String>,
    pub account_number: Option<String>,
}

pub(super) fn read(lines: &[&str]) -> BankDetails {
    BankDetails {
        iban: lines.iter().find_map(|line| iban(line)),
        bic: lines.iter().find_map(|line| {
            after(line, &["bic", "swift", "swift bic", "bic swift"]).filter(|text| is_bic(text))
        }),
        sort_code: lines.iter().find_map(|line| after(line, &["sort code"])).filter(|text| digits(text) == 6),
        account_number: lines
            .iter()
            .find_map(|line| {
                after(
                    line,
                    &["account number", "account no", "kontonummer", "numero de cuenta", "numero de compte"],
                )
            })
            .filter(|text| (6..=20).contains(&digits(text))),
    }
}

/// Whether the check digits hold (ISO 13616, MOD 97-10).
pub fn iban_holds(text: &str) -> bool {
    let signs: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    if !(15..=34).contains(&signs.len())
        || !signs.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    {
        return false;
    }
    let rest = signs[4..].bytes().chain(signs[..4].bytes()).fold(0_u32, |rest, byte| {
        let value = char::from(byte).to_digit(36).unwrap_or(0);
        if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 }
    });
    rest == 1
}

/// An IBAN within a line, its groups parted by spaces or not.
fn iban(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split([' ', ':']).filter(|word| !word.is_empty()).collect();
    (0..words.len()).find_map(|from| {
        let start = words[from].as_bytes();
        let begins = start.len() >= 4
            && start[..2].iter().all(u8::is_ascii_uppercase)
            && start[2..4].iter().all(u8::is_ascii_digit);
        if !begins {
            return None;
        }
        (from + 1..=words.len().min(from + 10))
            .rev()
            .map(|to| words[from..to].concat())
            .find(|text| iban_holds(text))
    })
}

/// The word or group behind a label in a line.
fn after(line: &str, labels: &[&str]) -> Option<String> {
    let (label, value) = line.split_once(':').or_else(|| {
        let digit = line.find(|character: char| character.is_ascii_digit())?;
        Some(line.split_at(digit))
    })?;
    let label = fold(label);
    let known = labels.iter().any(|known| label == *known || label.ends_with(&format!(" {known}")));
    let value: String = value.chars().filter(|character| character.is_alphanumeric()).take(34).collect();
    (known && !value.is_empty()).then_some(value)
}

fn is_bic(text: &str) -> bool {
    let upper = text.bytes().take(6).all(|byte| byte.is_ascii_uppercase());
    matches!(text.len(), 8 | 11) && upper && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::{iban_holds, read};

    #[test]
    fn details_are_found_and_checked() {
        assert!(iban_holds("GB82 WEST 1234 5698 7654 32") && !iban_holds("GB82 WEST 1234 5698 7654 33"));
        let details = read(&[
            "IBAN: GB82 WEST 1234 5698 7654 32",
            "BIC: WESTGB2L",
            "Sort code: 12-34-56",
            "Account number 98765432",
        ]);
        assert_eq!(details.iban.as_deref(), Some("GB82WEST12345698765432"));
        assert_eq!(
            (details.bic.as_deref(), details.sort_code.as_deref()),
            (Some("WESTGB2L"), Some("123456"))
        );
        assert_eq!(details.account_number.as_deref(), Some("98765432"));
    }
}
