//! Under whose name a request is counted: the credential that it proved, else the network that it came from.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::{Engine, access, accounts};

/// What a request says of its sender.
#[derive(Debug, Clone, Copy, Default)]
pub struct Credentials<'a> {
    /// `x-api-key`.
    pub api_key: Option<&'a str>,
    /// The token of `Authorization: Bearer`.
    pub bearer: Option<&'a str>,
}

/// Whose request it is, as a keyed hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    hash: String,
    proven: bool,
}

impl Caller {
    /// The keyed hash.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Whether the credential is one of ours, as opposed to an address.
    pub fn is_proven(&self) -> bool {
        self.proven
    }
}

/// Credentials that were good once in this process. They only choose under which name a request is counted: whether it
/// may pass is asked anew each time.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashSet<String>>);

/// More are not remembered; they are asked for again.
const MOST: usize = 100_000;

/// Whose request this is. Credentials that are not ours count for nothing, so that inventing them gains no room.
pub async fn identify(engine: &Engine, credentials: Credentials<'_>, origin: IpAddr) -> Caller {
    if let Some(hash) = hash_of(engine, credentials) {
        if engine.limiting().known.has(&hash) {
            return Caller { hash, proven: true };
        }
        if is_ours(engine, credentials, origin).await {
            engine.limiting().known.add(&hash);
            return Caller { hash, proven: true };
        }
    }
    Caller { hash: engine.keyring.lookup("callers.network", &network_of(origin)), proven: false }
}

/// Whether the credential is good at this moment.
pub async fn is_ours(engine: &Engine, credentials: Credentials<'_>, origin: IpAddr) -> bool {
    if let Some(api_key) = credentials.api_key {
        return matches!(access::by_api_key(engine, api_key, origin).await, Ok(Some(_)));
    }
    match credentials.bearer {
        Some(token) => accounts::bearer(engine, token).await.is_ok(),
        None => false,
    }
}

fn hash_of(engine: &Engine, credentials: Credentials<'_>) -> Option<String> {
    let (column, credential) = match credentials {
        Credentials { api_key: Some(api_key), .. } => ("callers.api_key", api_key),
        Credentials { bearer: Some(token), .. } => ("callers.bearer", token),
        _ => return None,
    };
    Some(engine.keyring.lookup(column, credential))
}

/// One subscriber's network: an IPv4 address, or the 64 bits of an IPv6 address that are not the subscriber's to vary.
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}/64", address.to_bits() >> 64),
    }
}

impl Known {
    fn has(&self, hash: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(hash)
    }

    fn add(&self, hash: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash.to_owned());
    }
}
