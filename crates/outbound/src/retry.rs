//! Which failed deliveries are tried again, and when.

use std::time::Duration;

use crate::webhook::{Delivery, Outcome, Undelivered};

/// How long a destination is worth trying.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RetryProfile {
    /// As the hosted service: twice, about one and four minutes later (core-api §6.6).
    #[default]
    Compatible,
    /// Nine times, spread over a little more than three days.
    Persistent,
}

/// Seconds before each retry.
const COMPATIBLE: [u64; 2] = [60, 240];
const PERSISTENT: [u64; 9] = [60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

impl RetryProfile {
    /// Every profile.
    pub const ALL: [Self; 2] = [Self::Compatible, Self::Persistent];

    /// The name by which integrators choose it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Persistent => "persistent",
        }
    }

    /// The profile of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// How long to wait after failure number `failure` (1 for the first); nothing if that was the last try. `noise` is
    /// any random number: it moves the moment so that failed deliveries do not all come back at once, by up to a tenth
    /// in either direction (compatible) or by up to a fifth later (persistent, whose span is a promise).
    pub fn delay(self, failure: u32, noise: u64) -> Option<Duration> {
        let index = usize::try_from(failure.checked_sub(1)?).ok()?;
        let (schedule, earliest): (&[u64], u64) = match self {
            Self::Compatible => (&COMPATIBLE, 900),
            Self::Persistent => (&PERSISTENT, 1_000),
        };
        let seconds = schedule.get(index)?;
        Some(Duration::from_millis(seconds * earliest + noise % (seconds * 200 + 1)))
    }

    /// Whether this outcome is worth another try. `Persistent` takes every answer but 2xx and 410 for a fault that
    /// somebody may mend within three days: a wrong secret, a missing route.
    pub fn retries(self, delivery: &Delivery) -> bool {
        match (delivery.outcome, &delivery.error) {
            (Outcome::Retry, _) => true,
            (Outcome::GiveUp, Some(Undelivered::Status(status))) => {
                self == Self::Persistent && *status != 410
            }
            (Outcome::Delivered | Outcome::GiveUp, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOISE: [u64; 6] = [0, 1, 7_919, 12_000, 48_000, u64::MAX];

    #[test]
    fn compatible_retries_come_after_about_one_and_four_minutes_and_then_never() {
        for noise in NOISE {
            let after =
                |failure| RetryProfile::Compatible.delay(failure, noise).map(|wait| wait.as_secs_f64());
            let (first, second) = (after(1).expect("a first retry"), after(2).expect("a second retry"));
            assert!((54.0..=66.0).contains(&first), "{first}");
            assert!((216.0..=264.0).contains(&second), "{second}");
            assert_eq!(after(3), None);
        }
    }

    #[test]
    fn persistent_retries_span_at_least_three_days_whatever_the_noise() {
        for noise in NOISE {
            let waits: Vec<Duration> =
                (1..).map_while(|failure| RetryProfile::Persistent.delay(failure, noise)).collect();
            assert_eq!(waits.len(), 9);
            assert!(waits.is_sorted(), "{waits:?}");
            let span = waits.iter().sum::<Duration>();
            let day = Duration::from_hours(24);
            assert!((3 * day..4 * day).contains(&span), "{span:?}");
        }
    }

    #[test]
    fn noise_moves_a_retry_over_the_whole_spread() {
        let after = |profile: RetryProfile, noise| profile.delay(1, noise);
        assert_eq!(after(RetryProfile::Compatible, 0), Some(Duration::from_secs(54)));
        assert_eq!(after(RetryProfile::Compatible, 12_000), Some(Duration::from_secs(66)));
        assert_eq!(after(RetryProfile::Persistent, 0), Some(Duration::from_mins(1)));
        assert_eq!(after(RetryProfile::Persistent, 12_000), Some(Duration::from_secs(72)));
    }

    #[test]
    fn a_profile_is_known_by_its_name() {
        for profile in RetryProfile::ALL {
            assert_eq!(RetryProfile::of_name(profile.name()), Some(profile));
        }
        assert_eq!(RetryProfile::of_name("Persistent"), None);
    }
}
