//! What may be on a list, and its one spelling (core API §10.2): lower case, countries in upper case.

use std::net::IpAddr;

use super::EntryType;

/// No value is longer.
const LONGEST: usize = 512;

/// The one spelling of a value, or why it cannot be on such a list.
pub(super) fn normalised(kind: EntryType, value: &str) -> Result<String, &'static str> {
    let value = value.trim();
    if value.is_empty() {
        return Err("This field may not be blank.");
    }
    if value.chars().count() > LONGEST {
        return Err("Ensure this field has no more than 512 characters.");
    }
    match kind {
        EntryType::Email => email(value),
        EntryType::Phone => phone(value),
        EntryType::IpAddress => network(value),
        EntryType::DeviceFingerprint => {
            let long_enough = value.len() >= 8 && value.chars().all(|c| c.is_ascii_alphanumeric());
            long_enough
                .then(|| value.to_ascii_lowercase())
                .ok_or("Enter a device fingerprint of at least 8 letters and digits.")
        }
        EntryType::Country => document::country::alpha3(value)
            .map(str::to_owned)
            .ok_or("Enter an ISO 3166-1 country code of two or three letters."),
        EntryType::Face => Err("Faces cannot be put on a list by value."),
        EntryType::Document => Ok(document(value)),
        _ => Ok(value.to_lowercase()),
    }
}

/// Blanks and dashes inside a document's number are how people write it, not part of it.
fn document(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
}

fn email(value: &str) -> Result<String, &'static str> {
    const WRONG: &str = "Enter a valid email address.";
    let (local, domain) = value.rsplit_once('@').ok_or(WRONG)?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"()<>[]:;,@\\\"".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let fits = !local.is_empty()
        && value.len() <= 254
        && local.chars().all(plain)
        && domain.contains('.')
        && domain.split('.').all(label);
    fits.then(|| value.to_lowercase()).ok_or(WRONG)
}

/// E.164: a plus, then 7 to 15 digits that do not begin with zero. How people group them is dropped.
fn phone(value: &str) -> Result<String, &'static str> {
    const WRONG: &str = "Enter a valid phone number in E.164 format, such as +14155551234.";
    let bare: String = value.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/')).collect();
    let digits = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")).ok_or(WRONG)?;
    let fits = (7..=15).contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit())
        && !digits.starts_with('0');
    fits.then(|| format!("+{digits}")).ok_or(WRONG)
}

/// An address, or a network as its first address and its length.
fn network(value: &str) -> Result<String, &'static str> {
    const WRONG: &str = "Enter a valid IPv4 or IPv6 address or a network in CIDR notation.";
    let (address, length) = match value.split_once('/') {
        Some((address, length)) => (address, Some(length.parse::<u8>().map_err(|_| WRONG)?)),
        None => (value, None),
    };
    let address: IpAddr = address.parse().map_err(|_| WRONG)?;
    let address = address.to_canonical();
    match length {
        Some(length) if length > bits(address) => Err(WRONG),
        Some(length) if length < bits(address) => Ok(format!("{}/{length}", first(address, length))),
        _ => Ok(address.to_string()),
    }
}

/// Every spelling under which an address may be listed: itself and all networks around it. Nothing for what is no
/// address.
pub(super) fn networks_around(value: &str) -> Vec<String> {
    let Ok(address) = value.trim().parse::<IpAddr>() else { return Vec::new() };
    let address = address.to_canonical();
    let networks = (0..bits(address)).map(|length| format!("{}/{length}", first(address, length)));
    networks.chain([address.to_string()]).collect()
}

const fn bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The first address of the network of this length around an address.
fn first(address: IpAddr, length: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
            IpAddr::V4((u32::from(address) & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(length)).unwrap_or(0);
            IpAddr::V6((u128::from(address) & mask).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_have_one_spelling() {
        let cases = [
            (EntryType::Email, " Fraud@Example.COM ", "fraud@example.com"),
            (EntryType::Phone, "+1 (415) 555-12.34", "+14155551234"),
            (EntryType::Phone, "0034612345678", "+34612345678"),
            (EntryType::IpAddress, "203.0.113.7/24", "203.0.113.0/24"),
            (EntryType::IpAddress, "::ffff:203.0.113.7", "203.0.113.7"),
            (EntryType::IpAddress, "203.0.113.7/32", "203.0.113.7"),
            (EntryType::IpAddress, "2001:DB8::1/32", "2001:db8::/32"),
            (EntryType::DeviceFingerprint, "ABCdef123", "abcdef123"),
            (EntryType::Country, "es", "ESP"),
            (EntryType::Document, "AB-12 34", "ab1234"),
            (EntryType::User, "User-1", "user-1"),
        ];
        for (kind, value, spelling) in cases {
            assert_eq!(normalised(kind, value).as_deref(), Ok(spelling), "{value}");
        }
    }

    #[test]
    fn what_is_no_such_value_is_refused() {
        let cases = [
            (EntryType::Email, "nobody"),
            (EntryType::Phone, "612345678"),
            (EntryType::Phone, "+0123456789"),
            (EntryType::IpAddress, "203.0.113.0/33"),
            (EntryType::IpAddress, "here"),
            (EntryType::DeviceFingerprint, "short"),
            (EntryType::Country, "XX"),
            (EntryType::User, "  "),
            (EntryType::Face, "aGVsbG8="),
        ];
        for (kind, value) in cases {
            assert!(normalised(kind, value).is_err(), "{value}");
        }
    }

    #[test]
    fn an_address_lies_in_every_network_around_it() {
        let around = networks_around("203.0.113.7");
        assert_eq!(around.len(), 33);
        for network in ["0.0.0.0/0", "203.0.113.0/24", "203.0.113.6/31", "203.0.113.7"] {
            assert!(around.iter().any(|found| found == network), "{network}");
        }
        assert_eq!(networks_around("2001:db8::1").len(), 129);
        assert!(networks_around("nowhere").is_empty());
    }

    proptest! {
        #[test]
        fn no_value_breaks_it(value in "\\PC{0,80}") {
            for name in EntryType::NAMES {
                let kind = EntryType::of_name(name).unwrap();
                if let Ok(spelling) = normalised(kind, &value) {
                    prop_assert_eq!(normalised(kind, &spelling), Ok(spelling));
                }
            }
            networks_around(&value);
        }
    }
}
