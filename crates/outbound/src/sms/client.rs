//! The guarded HTTP client of the text message providers, and one bounded exchange with them.

use std::{sync::Arc, time::Duration};

use reqwest::{Client, RequestBuilder, redirect, retry};

use super::NotSent;
use crate::{
    address::Reach,
    resolver::{SystemNames, VettedNames},
    webhook::{USER_AGENT, install_tls_provider},
};

/// For everything from name lookup to the last byte of the answer. A person waits on the other side.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);
/// So much of an answer is read; providers answer with less.
const ANSWER_BYTES: usize = 64 * 1024;

/// A client that calls no address which `reach` forbids, follows no redirect and asks no proxy.
pub(super) fn guarded(reach: Reach, timeout: Duration) -> Client {
    install_tls_provider();
    #[expect(clippy::disallowed_methods, reason = "this is a guarded client")]
    Client::builder()
        .user_agent(USER_AGENT)
        .timeout(timeout)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .dns_resolver(Arc::new(VettedNames { names: Arc::new(SystemNames), reach }))
        .build()
        .expect("the TLS provider is installed and the settings are constant")
}

/// Sends and reads the answer within its limit: status and body. The address stays out of every error, because it may
/// hold credentials.
pub(super) async fn exchange(request: RequestBuilder) -> Result<(u16, Vec<u8>), NotSent> {
    let unavailable = |error: reqwest::Error| {
        let why =
            if error.is_timeout() { "no answer in time".to_owned() } else { error.without_url().to_string() };
        NotSent::Unavailable(why)
    };
    let mut response = request.send().await.map_err(unavailable)?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unavailable)? {
        if body.len() + chunk.len() > ANSWER_BYTES {
            return Err(NotSent::Unavailable("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok((status, body))
}
