//! Providers where anyone has a mailbox for nothing, so that an address there says nothing about an employer.

/// Domains of the large providers; those of one name under many endings are in [`EVERYWHERE`].
const DOMAINS: &[&str] = &[
    "126.com",
    "139.com",
    "163.com",
    "abv.bg",
    "aol.com",
    "att.net",
    "bellsouth.net",
    "bigpond.com",
    "bk.ru",
    "bluewin.ch",
    "bol.com.br",
    "btinternet.com",
    "centrum.cz",
    "charter.net",
    "comcast.net",
    "cox.net",
    "daum.net",
    "email.cz",
    "email.com",
    "fastmail.com",
    "fastmail.fm",
    "foxmail.com",
    "free.fr",
    "freenet.de",
    "freemail.hu",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hanmail.net",
    "hey.com",
    "hushmail.com",
    "icloud.com",
    "ig.com.br",
    "inbox.lv",
    "inbox.ru",
    "interia.pl",
    "laposte.net",
    "libero.it",
    "list.ru",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "naver.com",
    "nate.com",
    "o2.pl",
    "onet.pl",
    "orange.fr",
    "outlook.com",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "qq.com",
    "rambler.ru",
    "rediffmail.com",
    "rocketmail.com",
    "sapo.pt",
    "sbcglobal.net",
    "seznam.cz",
    "sfr.fr",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "t-online.de",
    "telenet.be",
    "terra.com.br",
    "tiscali.it",
    "tuta.com",
    "tuta.io",
    "tutanota.com",
    "tutanota.de",
    "ukr.net",
    "uol.com.br",
    "vk.com",
    "verizon.net",
    "virgilio.it",
    "virginmedia.com",
    "vp.pl",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "xtra.co.nz",
    "yandex.com",
    "yandex.ru",
    "yeah.net",
    "ymail.com",
    "zoho.com",
    "zohomail.com",
    "alice.it",
    "arcor.de",
    "ya.ru",
    "skynet.be",
    "shaw.ca",
    "rogers.com",
    "sympatico.ca",
    "duck.com",
    "mail.ee",
    "walla.co.il",
    "internet.ru",
];

/// Names that their owners use under the ending of every country: `yahoo.es`, `hotmail.co.uk`.
const EVERYWHERE: &[&str] = &["hotmail", "live", "outlook", "yahoo", "gmx", "yandex", "ymail"];

/// Whether anyone may have this address.
pub(super) fn is_free(email: &str) -> bool {
    let domain = domain_of(email);
    DOMAINS.contains(&domain.as_str())
        || domain.split_once('.').is_some_and(|(name, ending)| {
            // A country's ending, with or without a second level: `es`, `co.uk`, `com.br`.
            let country = ending.rsplit('.').next().is_some_and(|last| last.len() == 2);
            EVERYWHERE.contains(&name) && country && ending.matches('.').count() <= 1
        })
}

/// The domain in lower case; empty for what is no address.
pub(super) fn domain_of(email: &str) -> String {
    email.rsplit_once('@').map(|(_, domain)| domain.trim_end_matches('.').to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_free;

    #[test]
    fn the_large_providers_are_free_and_a_company_is_not() {
        for email in
            ["a@gmail.com", "a@Yahoo.es", "a@hotmail.co.uk", "a@outlook.com.br", "a@web.de", "a@proton.me"]
        {
            assert!(is_free(email), "{email}");
        }
        for email in ["a@acme.com", "a@live.acme.com", "a@yahoo.acme.co.uk", "a@example.org", "", "gmail.com"]
        {
            assert!(!is_free(email), "{email}");
        }
    }
}
