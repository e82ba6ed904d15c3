//! Section `[keys]`.

use serde::{Deserialize, Serialize};

use crate::data::parse_master_key;

/// The operator's secrets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    /// 64 hexadecimal digits (`openssl rand -hex 32`). Whoever has it can read everything; without it nothing opens.
    pub(crate) master_key: String,
}

impl Keys {
    pub(crate) fn master_key(&self) -> anyhow::Result<[u8; 32]> {
        parse_master_key(&self.master_key)
    }
}
