//! Section `[sms]`.

use anyhow::Context;
use outbound::Reach;
use outbound::sms::{Hook, Texter, Twilio};
use serde::{Deserialize, Serialize};

/// How text messages leave; without a provider, phone numbers are not verified.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Sms {
    /// `none`, `twilio` or `http`.
    pub(crate) provider: Provider,
    /// Of the provider's API, or of the hook.
    pub(crate) url: Option<String>,
    /// Twilio's account.
    pub(crate) account_sid: Option<String>,
    /// Its token.
    pub(crate) auth_token: Option<String>,
    /// The sender: a number, or a messaging service (`MG…`).
    pub(crate) from: Option<String>,
    /// Signs what the hook gets.
    pub(crate) secret: Option<String>,
    /// Whether the address may be on this machine, and without TLS.
    pub(crate) allow_loopback: bool,
}

/// Who sends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Provider {
    #[default]
    None,
    Twilio,
    Http,
}

const TWILIO: &str = "https://api.twilio.com";

impl Sms {
    pub(crate) fn open(&self) -> anyhow::Result<Texter> {
        let needed = |value: &Option<String>, key: &str| {
            value.clone().with_context(|| format!("[sms] with this provider needs `{key}`"))
        };
        let reach = if self.allow_loopback { Reach::AllowLoopback } else { Reach::PublicOnly };
        Ok(match self.provider {
            Provider::None => Texter::Off,
            Provider::Twilio => {
                let url = self.url.as_deref().unwrap_or(TWILIO);
                let (sid, token) =
                    (needed(&self.account_sid, "account_sid")?, needed(&self.auth_token, "auth_token")?);
                let from = needed(&self.from, "from")?;
                Texter::Twilio(Twilio::new(reach, url, &sid, &token, &from).context("in [sms] url")?)
            }
            Provider::Http => {
                let (url, secret) = (needed(&self.url, "url")?, needed(&self.secret, "secret")?);
                Texter::Hook(Hook::new(reach, &url, &secret).context("in [sms] url")?)
            }
        })
    }

    /// Every key set, for the test that compares them with the documentation.
    #[cfg(test)]
    pub(crate) fn complete() -> Self {
        let set = Some("set".to_owned());
        Self {
            provider: Provider::Http,
            url: set.clone(),
            account_sid: set.clone(),
            auth_token: set.clone(),
            from: set.clone(),
            secret: set,
            allow_loopback: false,
        }
    }
}
