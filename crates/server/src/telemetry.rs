//! Logs to standard error, for people or as JSON lines. What is personal is never logged.

use std::io::{IsTerminal, stderr};

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

/// Section `[log]`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Log {
    /// Which messages: `info`, `debug`, or directives such as `info,sqlx=warn`.
    pub(crate) filter: String,
    /// One JSON object per line instead of text.
    pub(crate) json: bool,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info,sqlx=warn,hyper=warn".to_owned(), json: true }
    }
}

impl Log {
    /// What someone at a terminal wants to read.
    pub(crate) fn for_people() -> Self {
        Self { filter: "warn,server=info,engine=info,outbound=info".to_owned(), json: false }
    }
}

/// Starts logging; `RUST_LOG` wins over the configuration.
pub(crate) fn start(log: &Log) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(&log.filter));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    // A second start, as in tests, keeps the first.
    let _ = if log.json { logs.json().try_init() } else { logs.with_ansi(stderr().is_terminal()).try_init() };
}
