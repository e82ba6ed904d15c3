//! One guarded attempt to deliver a signed webhook.

use std::{
    collections::BTreeMap,
    error::Error,
    sync::{Arc, Once},
    time::{Duration, Instant},
};

use reqwest::{Client, Response, StatusCode, dns::Resolve, redirect, retry};
use serde_json::Value;

use crate::{
    address::{Reach, Unreachable},
    canonical,
    resolver::{SystemNames, VettedNames},
    signature::{Signatures, sign},
};

/// Time for everything from name lookup to the last byte of the answer (founding guide, step 5).
pub const TIMEOUT: Duration = Duration::from_secs(5);
/// So much of an answer is kept for the delivery log; the rest is not even read.
pub const EXCERPT_BYTES: usize = 20_000;
/// Sent with every webhook.
pub const USER_AGENT: &str = concat!("Bonafide/", env!("CARGO_PKG_VERSION"));

/// The only HTTP client that calls addresses typed in by customers.
#[derive(Debug, Clone)]
pub struct Courier {
    pub(crate) client: Client,
    pub(crate) reach: Reach,
}

/// What one attempt came to, as the delivery log keeps it.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub outcome: Outcome,
    pub response_status: Option<u16>,
    /// From the start of the attempt to the answer's header; absent when no answer came.
    pub response_time_ms: Option<u64>,
    /// What was sent beside the body, without credentials that the URL may hold.
    pub request_headers: BTreeMap<String, String>,
    pub request_body: String,
    /// At most [`EXCERPT_BYTES`] of the answer, bytes that are not UTF-8 replaced.
    pub response_body_excerpt: String,
    /// Why it was not delivered; absent after a 2xx.
    pub error: Option<Undelivered>,
}

/// What follows from an attempt (core-api §6.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Answered with 2xx.
    Delivered,
    /// 5xx, 404, no answer in time or no connection: worth another try.
    Retry,
    /// Any other answer, or an address that may not be called: a repetition would not help.
    GiveUp,
}

/// Why an attempt did not succeed, in words for the delivery log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    #[error("no answer in time")]
    TimedOut,
    #[error("no connection: {0}")]
    NoConnection(String),
    #[error("answered with a redirect ({0}), which is not followed")]
    Redirected(u16),
    #[error("answered with status {0}")]
    Status(u16),
}

impl Courier {
    /// The courier of production and `dev`: system resolver, five seconds.
    pub fn new(reach: Reach) -> Self {
        Self::with(reach, TIMEOUT, Arc::new(SystemNames))
    }

    /// A courier with its own patience and its own source of names; what the names resolve to is
    /// vetted all the same.
    pub fn with(reach: Reach, timeout: Duration, names: Arc<dyn Resolve>) -> Self {
        install_tls_provider();
        #[expect(clippy::disallowed_methods, reason = "this is the guarded client")]
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .timeout(timeout)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            // A proxy from the environment would resolve names itself and pass the guard by.
            .no_proxy()
            .dns_resolver(Arc::new(VettedNames { names, reach }))
            // Some receivers compare header names letter by letter.
            .http1_title_case_headers()
            .build()
            .expect("the TLS provider is installed and the settings are constant");
        Self { client, reach }
    }

    /// Sends `body` once, in canonical form and signed. `body` holds its own `timestamp`, which is
    /// also sent as `X-Timestamp`. Never fails: what went wrong is in the delivery.
    pub async fn deliver(&self, destination: &str, secret: &str, body: &Value) -> Delivery {
        self.deliver_with(destination, secret, body, BTreeMap::new()).await
    }

    /// The same with headers beyond those of every webhook.
    pub async fn deliver_with(
        &self,
        destination: &str,
        secret: &str,
        body: &Value,
        further: BTreeMap<String, String>,
    ) -> Delivery {
        let request_body = canonical(body);
        let mut request_headers = further;
        request_headers.extend(headers(sign(secret, request_body.as_bytes(), body)));
        let mut delivery = Delivery {
            outcome: Outcome::GiveUp,
            response_status: None,
            response_time_ms: None,
            request_headers,
            request_body,
            response_body_excerpt: String::new(),
            error: None,
        };
        if let Err(undelivered) = self.attempt(destination, &mut delivery).await {
            delivery.outcome = undelivered.outcome();
            delivery.error = Some(undelivered);
        }
        delivery
    }

    async fn attempt(&self, destination: &str, delivery: &mut Delivery) -> Result<(), Undelivered> {
        let url = self.reach.check(destination)?;
        let started = Instant::now();
        let mut request = self.client.post(url).body(delivery.request_body.clone());
        for (name, value) in &delivery.request_headers {
            request = request.header(name, value);
        }
        let response = request.send().await.map_err(undelivered)?;
        delivery.response_time_ms = Some(u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX));
        let status = response.status();
        delivery.response_status = Some(status.as_u16());
        // The status alone decides: a receiver that said 2xx has accepted, however its body ends.
        delivery.response_body_excerpt = excerpt(response).await;
        judge(status)?;
        delivery.outcome = Outcome::Delivered;
        Ok(())
    }
}

impl Undelivered {
    fn outcome(&self) -> Outcome {
        match self {
            Self::TimedOut | Self::NoConnection(_) => Outcome::Retry,
            Self::Status(status) if *status == 404 || *status >= 500 => Outcome::Retry,
            Self::Unreachable(_) | Self::Redirected(_) | Self::Status(_) => Outcome::GiveUp,
        }
    }
}

fn judge(status: StatusCode) -> Result<(), Undelivered> {
    if status.is_success() {
        Ok(())
    } else if status.is_redirection() {
        Err(Undelivered::Redirected(status.as_u16()))
    } else {
        Err(Undelivered::Status(status.as_u16()))
    }
}

fn headers(signatures: Signatures) -> BTreeMap<String, String> {
    [
        ("Content-Type", "application/json".to_owned()),
        ("User-Agent", USER_AGENT.to_owned()),
        ("X-Signature", signatures.raw),
        ("X-Signature-Simple", signatures.simple),
        ("X-Signature-V2", signatures.v2),
        ("X-Timestamp", signatures.timestamp),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// Reads until the excerpt is full, the answer ends or time runs out. Dropping the response closes
/// the connection, so a receiver cannot make us swallow more.
async fn excerpt(mut response: Response) -> String {
    let mut kept = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = EXCERPT_BYTES - kept.len();
        kept.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if kept.len() == EXCERPT_BYTES {
            break;
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// The address stays out of the text: it may hold credentials, and the log has it anyway.
fn undelivered(error: reqwest::Error) -> Undelivered {
    if error.is_timeout() {
        return Undelivered::TimedOut;
    }
    let error = error.without_url();
    let mut innermost: &(dyn Error + 'static) = &error;
    while let Some(source) = innermost.source() {
        if let Some(unreachable) = source.downcast_ref::<Unreachable>() {
            return unreachable.clone().into();
        }
        innermost = source;
    }
    Undelivered::NoConnection(innermost.to_string())
}

/// rustls takes its cryptography from a process-wide provider; whoever comes first installs it.
pub(crate) fn install_tls_provider() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // An error means that another part of the process has installed one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_sorted_into_delivered_retry_and_give_up() {
        for (status, outcome) in [
            (200, Outcome::Delivered),
            (204, Outcome::Delivered),
            (299, Outcome::Delivered),
            (301, Outcome::GiveUp),
            (307, Outcome::GiveUp),
            (400, Outcome::GiveUp),
            (401, Outcome::GiveUp),
            (404, Outcome::Retry),
            (410, Outcome::GiveUp),
            (429, Outcome::GiveUp),
            (500, Outcome::Retry),
            (503, Outcome::Retry),
            (599, Outcome::Retry),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let judged =
                judge(status).map_or_else(|undelivered| undelivered.outcome(), |()| Outcome::Delivered);
            assert_eq!(judged, outcome, "{status}");
        }
    }
}
