//! Fetching a file from an address that a customer typed in: the guard of webhooks, for what comes in.

use std::time::Duration;

use reqwest::StatusCode;

use crate::address::Unreachable;
use crate::webhook::Courier;

/// Time for everything from name lookup to the last byte; less than a job's lease.
pub const FETCH_TIMEOUT: Duration = Duration::from_secs(15);

/// Why a file is not here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfetched {
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    #[error("the file did not arrive in time")]
    TimedOut,
    #[error("no connection to the file's server")]
    NoConnection,
    #[error("the file's server answered with status {0}")]
    Status(u16),
    #[error("the file is larger than {0} bytes")]
    TooLarge(usize),
}

impl Unfetched {
    /// Whether another try would end the same.
    pub fn is_final(&self) -> bool {
        match self {
            Self::TimedOut | Self::NoConnection => false,
            Self::Status(status) => *status < 500 && *status != StatusCode::TOO_MANY_REQUESTS.as_u16(),
            Self::Unreachable(_) | Self::TooLarge(_) => true,
        }
    }
}

impl Courier {
    /// The bytes at an address, at most so many. Redirects are not followed: they could lead inward.
    pub async fn fetch(&self, source: &str, limit: usize) -> Result<Vec<u8>, Unfetched> {
        let url = self.reach.check(source)?;
        let sent = self.client.get(url).timeout(FETCH_TIMEOUT).send().await;
        let mut response = sent.map_err(|error| unfetched(&error))?;
        if !response.status().is_success() {
            return Err(Unfetched::Status(response.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| unfetched(&error))? {
            if bytes.len() + chunk.len() > limit {
                return Err(Unfetched::TooLarge(limit));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// The address stays out of the text: it may hold credentials.
fn unfetched(error: &reqwest::Error) -> Unfetched {
    if error.is_timeout() {
        return Unfetched::TimedOut;
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(unreachable) = error.downcast_ref::<Unreachable>() {
            return unreachable.clone().into();
        }
        cause = error.source();
    }
    Unfetched::NoConnection
}
