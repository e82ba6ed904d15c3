//! Secrets are compared in constant time (`subtle`, or a MAC's own `verify`) or found by their keyed hash, never with
//! `==`: how long that takes tells how much of a guess was right (claim 24).

use super::sources::Source;

/// The last word of what holds a secret or its hash.
const SECRETS: [&str; 15] = [
    "secret",
    "token",
    "signature",
    "api_key",
    "password",
    "otp",
    "otp_token",
    "code_hash",
    "token_hash",
    "key_hash",
    "api_key_hash",
    "password_hash",
    "refresh_hash",
    "fingerprint",
    "hmac",
];

/// Comparisons of secrets in what is not a test.
pub(super) fn check(files: &[Source]) -> Vec<String> {
    let ours = files.iter().filter(|file| file.path.starts_with("crates/") && file.path.contains("/src/"));
    let ours =
        ours.filter(|file| !file.path.contains("crates/testkit/") && !file.path.ends_with("/tests.rs"));
    ours.flat_map(|file| {
        let product = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        product.lines().enumerate().filter(|(_, line)| compares_a_secret(line)).map(|(number, _)| {
            format!("{}:{}: compare secrets with subtle::ConstantTimeEq", file.path, number + 1)
        })
    })
    .collect()
}

fn compares_a_secret(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    ["==", "!="].iter().any(|operator| {
        code.match_indices(operator).any(|(at, _)| {
            let (before, after) = (&code[..at], &code[at + operator.len()..]);
            is_secret(last_word(before)) || is_secret(path_at_the_start(after))
        })
    })
}

fn is_secret(word: &str) -> bool {
    SECRETS.contains(&word)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// `row.token` in `if row.token`.
fn last_word(before: &str) -> &str {
    let trimmed = before.trim_end();
    let start = trimmed.rfind(|c: char| !is_part(c)).map_or(0, |at| at + 1);
    &trimmed[start..]
}

/// `token` in ` &row.token {`.
fn path_at_the_start(after: &str) -> &str {
    let trimmed = after.trim_start_matches([' ', '&', '*']);
    let end = trimmed.find(|c: char| !is_part(c) && c != '.').unwrap_or(trimmed.len());
    trimmed[..end].rsplit('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_of_a_secret_is_seen_on_either_side() {
        for line in
            ["if row.token == given {", "given != row.api_key_hash", "secret==other", "x == &self.signature)"]
        {
            assert!(compares_a_secret(line), "{line}");
        }
        for line in
            ["token.len() == 12", "// token == x", "status == other", "tokens == 3", "kind == Kind::Token"]
        {
            assert!(!compares_a_secret(line), "{line}");
        }
    }
}
