//! The settings of a contact step (core API §5.7), with the contract's defaults.

use model::workflow::Config;
use outbound::sms::{Channel, Texter};
use serde_json::Value;

use super::Kind;

/// What holds for codes at one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) code_size: usize,
    pub(super) alphanumeric: bool,
    /// Guesses at one address.
    pub(super) max_checks: i64,
    /// Messages in all, the first included.
    pub(super) max_sends: i64,
}

/// Digits of a code where nothing else is said.
pub(super) const CODE_SIZE: usize = 6;
/// Wrong codes and repeated messages where the workflow says nothing (features §10.2, §11.1).
const TRIES: i64 = 2;

impl Settings {
    pub(super) fn of(kind: Kind, config: &Config) -> Self {
        let whole = |key: &str| config.get(key).and_then(Value::as_i64);
        let [size, checks, retries] = match kind {
            Kind::Email => ["email_code_size", "email_max_check_attempts", "email_max_retries"],
            Kind::Phone => ["code_size", "phone_max_check_attempts", "phone_max_retries"],
        };
        let size = whole(size).and_then(|size| usize::try_from(size).ok());
        Self {
            code_size: size.unwrap_or(CODE_SIZE).clamp(4, 8),
            alphanumeric: kind == Kind::Email && flag(config, "email_alphanumeric_code"),
            max_checks: whole(checks).unwrap_or(TRIES).max(1),
            max_sends: 1 + whole(retries).unwrap_or(TRIES).max(0),
        }
    }
}

pub(super) fn flag(config: &Config, key: &str) -> bool {
    config.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// The countries that `phone_verification_countries` lets in, as alpha-2 codes; nothing means all.
pub(super) fn countries(config: &Config, texter: &Texter) -> Option<Vec<String>> {
    let map = listed(config)?;
    let open = map.iter().filter(|(_, channels)| best(channels, texter).is_some());
    Some(open.map(|(country, _)| country.to_ascii_uppercase()).collect())
}

/// The way a message to this country takes and how often it may be repeated, if the country has its own limit; nothing
/// if the country is not let in.
pub(super) fn channel(
    config: &Config,
    texter: &Texter,
    country: Option<&str>,
) -> Option<(Channel, Option<i64>)> {
    let Some(map) = listed(config) else { return Some((Channel::Sms, None)) };
    let country = country?;
    let (_, channels) = map.iter().find(|(listed, _)| listed.eq_ignore_ascii_case(country))?;
    best(channels, texter)
}

/// The whitelist; an empty one restricts nothing.
fn listed(config: &Config) -> Option<&serde_json::Map<String, Value>> {
    config.get("phone_verification_countries")?.as_object().filter(|map| !map.is_empty())
}

/// The first enabled channel that the provider carries, SMS before others.
fn best(channels: &Value, texter: &Texter) -> Option<(Channel, Option<i64>)> {
    Channel::ALL.into_iter().find_map(|channel| {
        let setting = channels.get(channel.as_str())?;
        let enabled = setting.as_bool().or_else(|| setting.get("enabled")?.as_bool()).unwrap_or(false);
        let carried = texter.carries(channel) || !texter.is_on();
        let retries = setting.get("max_retries").and_then(Value::as_i64).map(|retries| retries.clamp(0, 5));
        (enabled && carried).then_some((channel, retries))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn config(value: &Value) -> Config {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn what_is_not_set_is_the_contracts_default() {
        let settings = Settings::of(Kind::Phone, &Config::new());
        assert_eq!((settings.code_size, settings.max_checks, settings.max_sends), (6, 2, 3));
        let set = json!({"email_code_size": 8, "email_alphanumeric_code": true, "email_max_check_attempts": 5, "email_max_retries": 1});
        let settings = Settings::of(Kind::Email, &config(&set));
        let expected = Settings { code_size: 8, alphanumeric: true, max_checks: 5, max_sends: 2 };
        assert_eq!(settings, expected);
    }

    #[test]
    fn the_whitelist_names_countries_and_their_channels() {
        let map = json!({"ES": {"sms": {"enabled": true, "max_retries": 1}}, "fr": {"sms": true}, "DE": {"sms": false, "whatsapp": true}, "IT": {}});
        let config = config(&json!({"phone_verification_countries": map}));
        let outbox = Texter::Outbox("unused".into());
        assert_eq!(channel(&config, &outbox, Some("ES")), Some((Channel::Sms, Some(1))));
        assert_eq!(channel(&config, &outbox, Some("FR")), Some((Channel::Sms, None)));
        assert_eq!(channel(&config, &outbox, Some("DE")), Some((Channel::Whatsapp, None)));
        assert_eq!((channel(&config, &outbox, Some("IT")), channel(&config, &outbox, None)), (None, None));
        assert_eq!(countries(&config, &outbox), Some(vec!["ES".into(), "FR".into(), "DE".into()]));
        assert_eq!(countries(&Config::new(), &outbox), None);
        assert_eq!(channel(&Config::new(), &outbox, Some("US")), Some((Channel::Sms, None)));
    }
}
