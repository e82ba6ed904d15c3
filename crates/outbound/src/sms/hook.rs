//! A signed HTTP hook: the operator's own program takes the message and sends it as it likes. docs/sms.md describes it.

use std::{fmt, time::Duration};

use jiff::Timestamp;
use reqwest::Client;
use serde_json::json;

use super::{NotSent, Sent, Text, answer, client};
use crate::{
    address::{Reach, Unreachable},
    canonical, sign,
};

/// Where messages are posted as JSON, signed as webhooks are.
#[derive(Clone)]
pub struct Hook {
    client: Client,
    url: url::Url,
    secret: String,
}

impl Hook {
    /// A hook at this address; `secret` signs what is posted.
    pub fn new(reach: Reach, url: &str, secret: &str) -> Result<Self, Unreachable> {
        Self::with_patience(reach, url, secret, client::TIMEOUT)
    }

    /// A hook with its own patience.
    pub fn with_patience(
        reach: Reach,
        url: &str,
        secret: &str,
        timeout: Duration,
    ) -> Result<Self, Unreachable> {
        let url = reach.check(url)?;
        Ok(Self { client: client::guarded(reach, timeout), url, secret: secret.to_owned() })
    }

    pub(super) async fn send(&self, text: &Text<'_>, now: Timestamp) -> Result<Sent, NotSent> {
        let message = json!({
            "type": "verification_code",
            "to": text.to,
            "text": text.body,
            "code": text.code,
            "channel": text.channel.as_str(),
            "locale": text.locale,
            "application": text.application,
            "signals": text.signals,
            "request_id": text.reference,
            "timestamp": now.as_second(),
        });
        let body = canonical(&message);
        let signatures = sign(&self.secret, body.as_bytes(), &message);
        let request = self
            .client
            .post(self.url.clone())
            .header("Content-Type", "application/json")
            .header("X-Signature", signatures.raw)
            .header("X-Timestamp", signatures.timestamp)
            .body(body);
        let (status, body) = client::exchange(request).await?;
        answer::read_hook_answer(status, &body, text.channel)
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook(redacted)")
    }
}
