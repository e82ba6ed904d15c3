//! Section `[server]`.

use std::net::SocketAddr;

use model::network::Network;
use serde::{Deserialize, Serialize};

/// Where to listen and how others reach it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Server {
    /// Address and port, for example `127.0.0.1:8080` behind a proxy that speaks TLS.
    pub(crate) listen: SocketAddr,
    /// How people and integrators reach this server, for example `https://id.example.org`.
    pub(crate) public_url: String,
    /// Pictures judged at once; each takes a core. By default one per core.
    #[serde(default)]
    pub(crate) pictures_at_once: Option<usize>,
    /// Addresses and ranges of proxies whose `X-Forwarded-For` is believed.
    #[serde(default)]
    pub(crate) trusted_proxies: Vec<Network>,
}

impl Server {
    pub(crate) fn base_url(&self) -> String {
        self.public_url.trim_end_matches('/').to_owned()
    }

    pub(crate) fn pictures_at_once(&self) -> usize {
        self.pictures_at_once.unwrap_or_else(cores)
    }
}

/// Cores that this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
