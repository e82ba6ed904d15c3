//! Twilio's Programmable Messaging API, which other providers speak too.

use std::fmt;

use reqwest::Client;

use super::{NotSent, Sent, Text, answer, client};
use crate::address::{Reach, Unreachable};

/// Where messages are posted: `{base}/2010-04-01/Accounts/{sid}/Messages.json`, form-encoded, with basic
/// authentication.
#[derive(Clone)]
pub struct Twilio {
    client: Client,
    url: url::Url,
    account_sid: String,
    auth_token: String,
    from: String,
}

impl Twilio {
    /// `base_url` is `https://api.twilio.com` or that of a service like it; `from` a number in E.164, a short sender's
    /// name, or the id of a messaging service (`MG…`).
    pub fn new(
        reach: Reach,
        base_url: &str,
        account_sid: &str,
        auth_token: &str,
        from: &str,
    ) -> Result<Self, Unreachable> {
        let base = base_url.trim_end_matches('/');
        let url = reach.check(&format!("{base}/2010-04-01/Accounts/{account_sid}/Messages.json"))?;
        let owned = str::to_owned;
        Ok(Self {
            client: client::guarded(reach, client::TIMEOUT),
            url,
            account_sid: owned(account_sid),
            auth_token: owned(auth_token),
            from: owned(from),
        })
    }

    pub(super) async fn send(&self, text: &Text<'_>) -> Result<Sent, NotSent> {
        let sender = if self.from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("To", text.to)
            .append_pair(sender, &self.from)
            .append_pair("Body", text.body)
            .finish();
        let request = self
            .client
            .post(self.url.clone())
            .basic_auth(&self.account_sid, Some(&self.auth_token))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .body(form);
        let (status, body) = client::exchange(request).await?;
        answer::read_twilio_answer(status, &body)
    }
}

impl fmt::Debug for Twilio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Twilio(redacted)")
    }
}
