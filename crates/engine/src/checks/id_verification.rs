//! ID verification by machine-readable zone (features §2): from what was read to a report with every warning.

use document::mrz::Resolved;
use jiff::civil::Date;
use model::report::Report;
use model::session::{Choice, Verdict};
use model::workflow::{Config, NodeId};
use serde_json::{Map, Value};

/// What the check looks at.
pub struct Evidence<'a> {
    /// The node that asks.
    pub node_id: &'a NodeId,
    /// Its settings, features §2.3.
    pub config: &'a Config,
    /// What the person said they would show.
    pub choice: Option<&'a Choice>,
    /// The pictures, front first.
    pub sides: &'a [Side],
    /// What the integrator expects, the keys of core API §3.2.
    pub expected: Option<&'a Map<String, Value>>,
    /// The day on which it is judged (UTC).
    pub today: Date,
}

/// One picture and what was read from it.
pub struct Side {
    /// `front` or `back`.
    pub side: String,
    /// `media:{blob}` of the stored upright picture; nothing if the picture could not be decoded.
    pub picture: Option<String>,
    /// What the recogniser's lines resolve to; nothing if no machine-readable zone was found.
    pub reading: Option<Resolved>,
}

/// Tries a person has at a node (features §2.3 `id_verification_max_retry_attempts`).
pub fn attempts(config: &Config) -> u32 {
    let configured = config.get("id_verification_max_retry_attempts").and_then(Value::as_u64);
    configured.and_then(|attempts| u32::try_from(attempts).ok()).unwrap_or(3)
}

/// Whether a better picture could change the report.
pub fn verdict(_report: &Report, _config: &Config) -> Verdict {
    Verdict::Final
}

/// Judges the evidence.
pub fn judge(evidence: &Evidence<'_>) -> Report {
    Report::not_run(evidence.node_id.clone(), model::feature::Feature::Ocr, "being built")
}
