//! The only place that reads the clock.

use engine::Clock;
use jiff::Timestamp;

/// The machine's clock.
pub(crate) fn system() -> Clock {
    #[expect(clippy::disallowed_methods, reason = "the one lawful reading of the clock")]
    Clock::new(Timestamp::now)
}

/// Today in UTC.
pub(crate) fn today() -> jiff::civil::Date {
    system().now().to_zoned(jiff::tz::TimeZone::UTC).date()
}
