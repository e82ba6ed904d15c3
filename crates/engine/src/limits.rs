//! How often callers may call: sliding windows per caller and limit (core API §8), and guesses of session tokens.
//!
//! One process counts in memory. Where several share a PostgreSQL database they count there, in one statement per use
//! that waits for no disk. Callers are counted under keyed hashes; nothing here says who they are.

use std::net::IpAddr;

use jiff::Timestamp;
use model::network::Network;

use crate::Engine;

mod caller;
mod guesses;
mod windows;

pub use caller::{Caller, Credentials, identify, is_ours, network_of};
pub use guesses::{guessed_wrong, refused_source};

/// What one process remembers.
#[derive(Debug, Default)]
pub(crate) struct LocalState {
    counters: windows::Counters,
    known: caller::Known,
    refused: guesses::Refused,
    counted: guesses::Counted,
}

/// What an operator allows. Zero switches a limit off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Reads per caller and minute.
    pub reads: u32,
    /// Writes per caller and minute.
    pub writes: u32,
    /// Session creates per caller and minute; they are not counted as other writes.
    pub session_creates: u32,
    /// PDF reports per caller and minute.
    pub pdf_reports: u32,
    /// Corrections of a session's data per caller and minute, each kind.
    pub data_updates: u32,
    /// Sessions that a sandbox application may create in 24 hours.
    pub sandbox_sessions_per_day: u32,
    /// Session tokens that one source may guess wrong in ten minutes.
    pub token_misses: u32,
    /// Session tokens that all sources together may guess wrong in ten minutes; beyond it, a source has one guess.
    pub token_misses_in_all: u32,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            reads: 600,
            writes: 300,
            session_creates: 600,
            pdf_reports: 50,
            data_updates: 10,
            sandbox_sessions_per_day: 500,
            token_misses: 30,
            token_misses_in_all: 3000,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Limits {
    /// Nothing is limited, nobody's word on where a request came from is taken.
    pub fn off() -> Self {
        Self {
            reads: 0,
            writes: 0,
            session_creates: 0,
            pdf_reports: 0,
            data_updates: 0,
            sandbox_sessions_per_day: 0,
            token_misses: 0,
            token_misses_in_all: 0,
            trusted_proxies: Vec::new(),
        }
    }
}

/// One documented limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "core API §8")]
pub enum Limit {
    Reads,
    Writes,
    SessionCreates,
    PdfReports,
    KycUpdates,
    PoaUpdates,
}

impl Limit {
    const fn name(self) -> &'static str {
        match self {
            Self::Reads => "generic-get",
            Self::Writes => "generic-write",
            Self::SessionCreates => "session-v2-create",
            Self::PdfReports => "session-generate-pdf",
            Self::KycUpdates => "session-update-kyc",
            Self::PoaUpdates => "session-update-poa",
        }
    }

    fn per_minute(self, limits: &Limits) -> u32 {
        match self {
            Self::Reads => limits.reads,
            Self::Writes => limits.writes,
            Self::SessionCreates => limits.session_creates,
            Self::PdfReports => limits.pdf_reports,
            Self::KycUpdates | Self::PoaUpdates => limits.data_updates,
        }
    }

    /// What the refused caller reads.
    pub fn sentence(self, limit: u32) -> String {
        let what = match self {
            Self::Reads => "GET request",
            Self::Writes => "Write request",
            Self::SessionCreates => "Session creation",
            Self::PdfReports => "Session PDF generation",
            Self::KycUpdates => "Session KYC data update",
            Self::PoaUpdates => "Session POA data update",
        };
        format!("{what} rate limit exceeded. You can make up to {limit} requests per minute.")
    }
}

/// How a caller stands against a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub limit: Limit,
    /// So many a minute.
    pub allowed: u32,
    /// Still free.
    pub remaining: u32,
    /// When the oldest request of the window leaves it.
    pub resets_at: Timestamp,
    /// Whether this request found room.
    pub admitted: bool,
}

/// Counts a request against each of these limits, in order, until one refuses it. Answers with the refusal, else with
/// the tightest standing; nothing where nothing is limited.
///
/// Counting is a courtesy to the others: when the database cannot count, the request goes on.
pub async fn admit(engine: &Engine, caller: &Caller, limits: &[Limit]) -> Option<Standing> {
    let mut tightest: Option<Standing> = None;
    for limit in limits {
        let allowed = limit.per_minute(&engine.limits);
        if allowed == 0 {
            continue;
        }
        let window = windows::Window { name: limit.name(), seconds: 60, slice: 1, limit: allowed };
        let now = engine.now();
        let taken = match windows::take(engine, caller.hash(), &window, now).await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::error!(%error, "a request could not be counted");
                continue;
            }
        };
        let standing = Standing {
            limit: *limit,
            allowed,
            remaining: allowed.saturating_sub(taken.used),
            resets_at: taken.resets_at,
            admitted: taken.admitted,
        };
        if !standing.admitted {
            return Some(standing);
        }
        if tightest.is_none_or(|other| standing.remaining < other.remaining) {
            tightest = Some(standing);
        }
    }
    tightest
}

/// The address that a request came from: the connection's, unless that is a trusted proxy's; then the last one that
/// the proxies name and that is not theirs. What stands before it was written by strangers.
pub fn origin<'a>(
    engine: &Engine,
    peer: IpAddr,
    forwarded_for: impl DoubleEndedIterator<Item = &'a str>,
) -> IpAddr {
    let trusted = |address: IpAddr| engine.limits.trusted_proxies.iter().any(|proxy| proxy.contains(address));
    let mut origin = peer;
    for entry in forwarded_for.rev() {
        if !trusted(origin) {
            break;
        }
        match address_of(entry.trim()) {
            Some(address) => origin = address,
            // A proxy of ours says something we cannot read: believe nothing beyond it.
            None => break,
        }
    }
    origin
}

/// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1` or `[2001:db8::1]:443`.
fn address_of(entry: &str) -> Option<IpAddr> {
    let bare =
        entry.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(entry, |(inside, _)| inside);
    bare.parse().ok().or_else(|| entry.parse::<std::net::SocketAddr>().ok().map(|address| address.ip()))
}

/// Forgets windows that are over.
pub(crate) async fn forget_old(engine: &Engine) -> Result<(), store::Error> {
    windows::forget_old(engine).await
}

#[cfg(test)]
mod tests {
    use super::address_of;

    #[test]
    fn addresses_are_read_with_and_without_a_port() {
        for entry in ["192.0.2.1", "192.0.2.1:443"] {
            assert_eq!(address_of(entry), Some("192.0.2.1".parse().unwrap()));
        }
        for entry in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443"] {
            assert_eq!(address_of(entry), Some("2001:db8::1".parse().unwrap()));
        }
        assert_eq!(address_of("unknown"), None);
    }
}
