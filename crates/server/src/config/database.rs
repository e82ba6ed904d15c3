//! Section `[database]`.

use std::path::Path;

use serde::{Deserialize, Serialize};
use store::{Keyring, Store};

/// Where rows are kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    /// `sqlite:PATH` for one machine, `postgres://…` for more.
    pub(crate) url: String,
    /// PostgreSQL connections of this process.
    #[serde(default = "connections")]
    pub(crate) connections: u32,
}

fn connections() -> u32 {
    16
}

impl Database {
    pub(crate) async fn open(&self, keyring: &Keyring) -> anyhow::Result<Store> {
        Ok(match self.url.strip_prefix("sqlite:") {
            Some(path) => Store::open_sqlite(Path::new(path.trim_start_matches("//")), keyring).await?,
            None => Store::open_postgres(&self.url, self.connections, keyring).await?,
        })
    }
}
