//! How long things took.

use std::time::Duration;

/// Durations in their order.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn extend(&mut self, more: Vec<Duration>) {
        self.0.extend(more);
        self.0.sort_unstable();
    }

    pub(crate) fn millis_at(&self, hundredth: usize) -> f64 {
        let at = (self.0.len() * hundredth / 100).min(self.0.len().saturating_sub(1));
        self.0.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}
