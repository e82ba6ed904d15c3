//! The nested objects of a create: exactly the keys that were given are kept, in their canonical spelling.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::body::fields::{Parsed, wrong};
use crate::body::{Fields, Read, values};
use crate::languages::LANGUAGES;

/// Document types a session may be limited to (founding guide, step 3).
const DOCUMENT_TYPES: &[&str] = &["P", "ID", "DL", "RP", "HIC", "TC", "SSC"];

/// How to reach the person.
pub(super) struct ContactDetails(pub(super) Map<String, Value>);

/// The person as the integrator knows them.
pub(super) struct ExpectedDetails(pub(super) Map<String, Value>);

/// Keeps the fields that were given.
struct Given<'fields> {
    fields: &'fields mut Fields,
    kept: Map<String, Value>,
    sound: bool,
}

impl<'fields> Given<'fields> {
    fn of(fields: &'fields mut Fields) -> Self {
        Self { fields, kept: Map::new(), sound: true }
    }

    fn take<T: Into<Value>>(&mut self, name: &str, parse: impl FnOnce(&Value) -> Parsed<T>) {
        match self.fields.optional(name, parse) {
            Some(Some(value)) => {
                self.kept.insert(name.to_owned(), value.into());
            }
            Some(None) => {}
            None => self.sound = false,
        }
    }

    fn finish(self) -> Option<Map<String, Value>> {
        self.sound.then_some(self.kept)
    }
}

impl Read for ContactDetails {
    fn read(fields: &mut Fields) -> Option<Self> {
        let mut given = Given::of(fields);
        given.take("email", values::email);
        given.take("email_lang", values::choice(LANGUAGES));
        given.take("send_notification_emails", values::boolean);
        given.take("phone", values::text(100));
        let mut kept = given.finish()?;
        // A number that cannot be one is left out rather than refused (create-session, `contact_details.phone`).
        if !kept.get("phone").and_then(Value::as_str).is_some_and(is_e164) {
            kept.remove("phone");
        }
        Some(Self(kept))
    }
}

impl Read for ExpectedDetails {
    fn read(fields: &mut Fields) -> Option<Self> {
        let mut given = Given::of(fields);
        for name in ["first_name", "last_name", "address", "identification_number"] {
            given.take(name, values::text(255));
        }
        given.take("date_of_birth", values::date);
        given.take("gender", values::choice(&["M", "F"]));
        for name in ["nationality", "country", "id_country", "poa_country"] {
            given.take(name, country);
        }
        given.take("ip_address", ip_address);
        given.take("expected_document_types", document_types);
        given.take("company_name", values::text(255));
        given.take("registry_country", values::text(10));
        given.take("registration_number", values::text(100));
        let kept = given.finish()?;
        let located = ["country", "id_country", "poa_country"].iter().any(|name| kept.contains_key(*name));
        if kept.contains_key("address") && !located {
            return fields.reject("country", "This field is required when address is provided.");
        }
        Some(Self(kept))
    }
}

fn country(value: &Value) -> Parsed<String> {
    match value.as_str() {
        Some(code) if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            Ok(code.to_ascii_uppercase())
        }
        _ => wrong("Must be an ISO 3166-1 alpha-3 country code."),
    }
}

fn ip_address(value: &Value) -> Parsed<String> {
    match value.as_str().map(str::parse::<std::net::IpAddr>) {
        Some(Ok(address)) => Ok(address.to_string()),
        _ => wrong("Enter a valid IPv4 or IPv6 address."),
    }
}

/// Any letter case, each once.
fn document_types(value: &Value) -> Parsed<Value> {
    let mut once: Vec<&str> = Vec::new();
    for code in values::list(values::choice(DOCUMENT_TYPES))(value)? {
        if !once.contains(&code) {
            once.push(code);
        }
    }
    Ok(json!(once))
}

/// ITU-T E.164: a plus sign and 7 to 15 digits, the first not zero.
fn is_e164(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

/// `contact_details` as documented.
#[derive(ToSchema)]
#[schema(as = ContactDetails)]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct ContactDetailsFields {
    /// Filled in at the e-mail step, and told about the session if `send_notification_emails`.
    #[schema(format = "email")]
    pub(super) email: Option<String>,
    /// Language of those mails; `en` unless given.
    pub(super) email_lang: Option<String>,
    /// Whether to send them.
    pub(super) send_notification_emails: Option<bool>,
    /// E.164; anything else is ignored.
    #[schema(example = "+15550101000")]
    pub(super) phone: Option<String>,
}

/// `expected_details` as documented.
#[derive(ToSchema)]
#[schema(as = ExpectedDetails)]
#[expect(dead_code, reason = "only described, in openapi.json")]
pub(super) struct ExpectedDetailsFields {
    /// Compared as names are, not letter by letter.
    pub(super) first_name: Option<String>,
    /// Compared as names are, not letter by letter.
    pub(super) last_name: Option<String>,
    /// `YYYY-MM-DD`.
    #[schema(format = "date")]
    pub(super) date_of_birth: Option<String>,
    /// `M` or `F`.
    pub(super) gender: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub(super) nationality: Option<String>,
    /// ISO 3166-1 alpha-3, for whichever of the next two is not given.
    pub(super) country: Option<String>,
    /// Country of the identity document.
    pub(super) id_country: Option<String>,
    /// Country of the proof of address.
    pub(super) poa_country: Option<String>,
    /// Needs one of the countries.
    pub(super) address: Option<String>,
    /// Number of the document, personal or tax number.
    pub(super) identification_number: Option<String>,
    /// Where the person is expected to be.
    pub(super) ip_address: Option<String>,
    /// `P`, `ID`, `DL`, `RP`, `HIC`, `TC`, `SSC`, in any letter case: only these are offered.
    pub(super) expected_document_types: Option<Vec<String>>,
}
