//! What goes wrong in production, on demand: named faults, the same each time for the same seed.

use jiff::SignedDuration;

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Checks take between 5 and 45 seconds.
    SlowProvider,
    /// One check of the workflow says that it did not run.
    CheckUnavailable,
    /// Each event is delivered two to four times.
    WebhookDuplicate,
    /// Every other event is overtaken by those that follow.
    WebhookReorder,
    /// Deliveries are dated between 6 and 60 minutes off, before or after.
    ClockSkew,
}

impl FaultKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::SlowProvider,
        Self::CheckUnavailable,
        Self::WebhookDuplicate,
        Self::WebhookReorder,
        Self::ClockSkew,
    ];

    /// Its name.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::SlowProvider => "fault_slow_provider",
            Self::CheckUnavailable => "fault_check_unavailable",
            Self::WebhookDuplicate => "fault_webhook_duplicate",
            Self::WebhookReorder => "fault_webhook_reorder",
            Self::ClockSkew => "fault_clock_skew",
        }
    }

    /// One sentence.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SlowProvider => "Checks take between 5 and 45 seconds.",
            Self::CheckUnavailable => "One check says that it did not run; the session goes to review.",
            Self::WebhookDuplicate => "Each event is delivered two to four times, under the same event_id.",
            Self::WebhookReorder => {
                "Every other event is held back for 5 to 20 seconds, so that later ones overtake it."
            }
            Self::ClockSkew => "Deliveries are dated between 6 and 60 minutes off, and signed so.",
        }
    }
}

/// A fault that a session asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// How exactly.
    pub seed: u64,
}

impl Fault {
    /// `fault_clock_skew` (seed 0) or `fault_clock_skew:17`.
    pub fn parse(word: &str) -> Option<Self> {
        let (name, seed) =
            word.split_once(':').map_or((word, Some(0)), |(name, seed)| (name, seed.parse().ok()));
        let kind = FaultKind::ALL.into_iter().find(|kind| kind.slug() == name)?;
        Some(Self { kind, seed: seed? })
    }

    /// A number from `low` to `high` that depends on the seed and on what it is for.
    fn pick(self, purpose: u64, low: u64, high: u64) -> u64 {
        low + mixed(self.seed ^ mixed(purpose)) % (high - low + 1)
    }

    /// How long the session's checks take.
    pub fn delay(self) -> SignedDuration {
        SignedDuration::from_secs(self.pick(1, 5, 45).cast_signed())
    }

    /// Which of so many checks is out of order.
    pub fn victim(self, checks: usize) -> usize {
        usize::try_from(self.pick(2, 0, (checks.max(1) - 1) as u64)).unwrap_or(0)
    }

    /// How often the event with this number is delivered in all.
    pub fn copies(self, sequence: i64) -> u64 {
        self.pick(3 ^ sequence.unsigned_abs().rotate_left(8), 2, 4)
    }

    /// How long an event that is overtaken is held back.
    pub fn lateness(self) -> SignedDuration {
        SignedDuration::from_secs(self.pick(6, 5, 20).cast_signed())
    }

    /// How far from now a delivery is dated.
    pub fn skew(self) -> SignedDuration {
        let seconds = SignedDuration::from_secs(self.pick(4, 360, 3600).cast_signed());
        if self.pick(5, 0, 1) == 0 { seconds } else { -seconds }
    }
}

/// How one event is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Conduct {
    /// So often in all.
    pub(crate) copies: u64,
    /// So much later than it happened, and past its order.
    pub(crate) late: Option<SignedDuration>,
    /// Dated so many seconds off.
    pub(crate) skew_seconds: Option<i64>,
}

impl Conduct {
    /// Under these faults, the event with this number of its session.
    pub(crate) fn of(faults: &[Fault], sequence: i64) -> Self {
        let find = |kind| faults.iter().copied().find(|fault| fault.kind == kind);
        Self {
            copies: find(FaultKind::WebhookDuplicate).map_or(1, |fault| fault.copies(sequence)),
            late: find(FaultKind::WebhookReorder).filter(|_| sequence % 2 == 1).map(Fault::lateness),
            skew_seconds: find(FaultKind::ClockSkew).map(|fault| fault.skew().as_secs()),
        }
    }

    /// Whether the event waits for the ones before it, as it should.
    pub(crate) fn keeps_order(self, faults: &[Fault]) -> bool {
        self.late.is_none() && !faults.iter().any(|fault| fault.kind == FaultKind::WebhookReorder)
    }
}

/// Steele, Lea and Flood's finaliser of `SplitMix64`.
const fn mixed(value: u64) -> u64 {
    let mut bits = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_decides_everything() {
        let of = |seed| Fault { kind: FaultKind::SlowProvider, seed };
        for seed in 0..500 {
            let (fault, again) = (of(seed), of(seed));
            assert_eq!((fault.delay(), fault.skew()), (again.delay(), again.skew()));
            assert!((5..=45).contains(&fault.delay().as_secs()));
            assert!((360..=3600).contains(&fault.skew().as_secs().abs()));
            assert!((2..=4).contains(&fault.copies(3)) && fault.victim(3) < 3 && fault.victim(0) == 0);
        }
        let delays: std::collections::BTreeSet<_> = (0..100).map(|seed| of(seed).delay().as_secs()).collect();
        assert!(delays.len() > 20, "seeds differ");
        assert!(
            (0..50).any(|seed| of(seed).skew().is_negative())
                && (0..50).any(|seed| of(seed).skew().is_positive())
        );
    }
}
