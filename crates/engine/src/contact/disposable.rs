//! Providers of mailboxes for a few minutes. The list is the package's, its age that of the release in Cargo.lock.

use std::collections::HashSet;
use std::sync::LazyLock;

static DOMAINS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| mailchecker::blacklist().into_iter().collect());

/// Whether the address, or the domain above it, belongs to such a provider.
pub(super) fn is_disposable(email: &str) -> bool {
    let domain = super::free_mail::domain_of(email);
    let parents = domain.match_indices('.').map(|(dot, _)| &domain[dot + 1..]);
    std::iter::once(domain.as_str()).chain(parents).any(|name| name.contains('.') && DOMAINS.contains(name))
}

#[cfg(test)]
mod tests {
    use super::is_disposable;

    #[test]
    fn throw_away_mailboxes_are_known_with_their_subdomains() {
        for email in ["a@mailinator.com", "a@MAILINATOR.com", "a@x.mailinator.com", "a@guerrillamail.com"] {
            assert!(is_disposable(email), "{email}");
        }
        for email in ["a@gmail.com", "a@example.com", "a@localhost", "", "@", "a@.", "a@com"] {
            assert!(!is_disposable(email), "{email}");
        }
    }
}
