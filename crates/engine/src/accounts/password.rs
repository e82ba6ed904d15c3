//! Password rules, one at a time, and their hashes (Argon2id, RFC 9106, at OWASP's parameters).

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

const SYMBOLS: &str = "!@#$%^&*()_+-=[]{}|;:,.<>?";

type Rule = (fn(&str) -> bool, &'static str);

/// In the order in which they are told; only the first broken one is (core API §1.2).
const RULES: [Rule; 5] = [
    (|text| text.chars().count() >= 8, "Password must be at least 8 characters long."),
    (
        |text| text.chars().any(|c| c.is_ascii_uppercase()),
        "Password must contain at least one uppercase letter.",
    ),
    (
        |text| text.chars().any(|c| c.is_ascii_lowercase()),
        "Password must contain at least one lowercase letter.",
    ),
    (|text| text.chars().any(|c| c.is_ascii_digit()), "Password must contain at least one digit."),
    (
        |text| text.chars().any(|c| SYMBOLS.contains(c)),
        "Password must contain at least one special character.",
    ),
];

/// The first rule that this password breaks.
pub(super) fn broken_rule(password: &str) -> Option<&'static str> {
    RULES.iter().find(|(holds, _)| !holds(password)).map(|(_, sentence)| *sentence)
}

/// The hash to store. Takes tens of milliseconds on purpose.
pub(super) fn hash(password: &str) -> String {
    let hash: PasswordHash =
        Argon2::default().hash_password(password.as_bytes()).expect("the default parameters are valid");
    hash.to_string()
}

/// Whether the password has that hash. Without a hash, because nobody has that e-mail address, it takes as long and
/// says no.
pub(super) fn matches(password: &str, hash: Option<&str>) -> bool {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let text = hash.unwrap_or_else(|| NOBODY.get_or_init(|| self::hash("nobody's password")));
    let matches = PasswordHash::new(text)
        .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
    matches && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_broken_rule_is_told() {
        assert_eq!(broken_rule("a"), Some("Password must be at least 8 characters long."));
        assert_eq!(broken_rule("abcdefgh"), Some("Password must contain at least one uppercase letter."));
        assert_eq!(broken_rule("ABCDEFGH"), Some("Password must contain at least one lowercase letter."));
        assert_eq!(broken_rule("Abcdefgh"), Some("Password must contain at least one digit."));
        assert_eq!(broken_rule("Abcdefg1"), Some("Password must contain at least one special character."));
        assert_eq!(broken_rule("Abcdef1!"), None);
    }

    #[test]
    fn a_hash_matches_its_password_and_nobody_matches_none() {
        let stored = hash("Abcdef1!");
        assert!(matches("Abcdef1!", Some(&stored)));
        assert!(!matches("Abcdef1?", Some(&stored)));
        assert!(!matches("nobody's password", None));
    }
}
