//! Section `[limits]`.

use engine::limits::Limits as Allowed;
use model::network::Network;
use serde::{Deserialize, Serialize};

/// What callers may do how often; 0 switches a limit off.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Limits {
    /// Reads per caller and minute.
    pub(crate) reads: u32,
    /// Writes per caller and minute.
    pub(crate) writes: u32,
    /// Session creates per caller and minute.
    pub(crate) session_creates: u32,
    /// PDF reports per caller and minute.
    pub(crate) pdf_reports: u32,
    /// Corrections of a session's data per caller and minute.
    pub(crate) data_updates: u32,
    /// Sessions that a sandbox application may create in 24 hours.
    pub(crate) sandbox_sessions_per_day: u32,
    /// Session tokens that one source may guess wrong in ten minutes.
    pub(crate) token_misses: u32,
    /// Session tokens that all sources together may guess wrong in ten minutes.
    pub(crate) token_misses_in_all: u32,
}

impl Default for Limits {
    fn default() -> Self {
        let allowed = Allowed::default();
        Self {
            reads: allowed.reads,
            writes: allowed.writes,
            session_creates: allowed.session_creates,
            pdf_reports: allowed.pdf_reports,
            data_updates: allowed.data_updates,
            sandbox_sessions_per_day: allowed.sandbox_sessions_per_day,
            token_misses: allowed.token_misses,
            token_misses_in_all: allowed.token_misses_in_all,
        }
    }
}

impl Limits {
    pub(crate) fn with_proxies(&self, trusted: &[Network]) -> Allowed {
        Allowed {
            reads: self.reads,
            writes: self.writes,
            session_creates: self.session_creates,
            pdf_reports: self.pdf_reports,
            data_updates: self.data_updates,
            sandbox_sessions_per_day: self.sandbox_sessions_per_day,
            token_misses: self.token_misses,
            token_misses_in_all: self.token_misses_in_all,
            trusted_proxies: trusted.to_vec(),
        }
    }
}
