//! Windows of time that slide in slices: in memory for one process, in the database for several.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use store::request_counts::{self, Use};

use crate::Engine;

/// So many within so many seconds, counted in slices of so many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) name: &'static str,
    pub(super) seconds: i64,
    pub(super) slice: i64,
    pub(super) limit: u32,
}

/// What taking a place came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) admitted: bool,
    /// Places taken, this one included.
    pub(super) used: u32,
    /// When the oldest of them is free again.
    pub(super) resets_at: Timestamp,
}

/// The counts of one process. The longest window is ten minutes, so that losing them at a restart costs little.
#[derive(Debug, Default)]
pub(super) struct Counters(Mutex<Table>);

#[derive(Debug, Default)]
struct Table {
    callers: HashMap<(String, &'static str), VecDeque<(i64, u32)>>,
    /// Look for callers that are gone when there are so many.
    sweep_at: usize,
}

/// Windows that ended longer ago than this are swept.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);
const SWEEP_FROM: usize = 4096;

/// Takes a place in the caller's window, if there is one.
pub(super) async fn take(
    engine: &Engine,
    caller_hash: &str,
    window: &Window,
    now: Timestamp,
) -> Result<Taken, store::Error> {
    let slice = now.as_millisecond().div_euclid(window.slice * 1000) * window.slice * 1000;
    let after = slice - window.seconds * 1000;
    let (admitted, used, oldest) = if engine.store.is_shared() {
        let limit = i64::from(window.limit);
        let use_ = Use { caller_hash, limit_name: window.name, slice, after, limit };
        let counted = request_counts::take(&engine.store, &use_).await?;
        let used = u32::try_from(counted.used + counted.earlier).unwrap_or(u32::MAX);
        (counted.admitted, used, counted.oldest.unwrap_or(slice))
    } else {
        engine.limiting().counters.take(caller_hash, window, slice, after)
    };
    let resets_at = oldest + window.seconds * 1000;
    let resets_at = Timestamp::from_millisecond(resets_at).unwrap_or(now);
    Ok(Taken { admitted, used, resets_at })
}

impl Counters {
    fn take(&self, caller: &str, window: &Window, slice: i64, after: i64) -> (bool, u32, i64) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.sweep(slice);
        let slices = table.callers.entry((caller.to_owned(), window.name)).or_default();
        while slices.front().is_some_and(|(start, _)| *start <= after) {
            slices.pop_front();
        }
        let mut used: u32 = slices.iter().map(|(_, used)| *used).sum();
        let admitted = used < window.limit;
        if admitted {
            used += 1;
            match slices.back_mut() {
                Some((start, used)) if *start >= slice => *used += 1,
                _ => slices.push_back((slice, 1)),
            }
        }
        (admitted, used, slices.front().map_or(slice, |(start, _)| *start))
    }
}

impl Table {
    fn sweep(&mut self, now: i64) {
        if self.callers.len() < self.sweep_at.max(SWEEP_FROM) {
            return;
        }
        let longest = i64::try_from(LONGEST.as_millis()).unwrap_or(i64::MAX);
        self.callers.retain(|_, slices| slices.back().is_some_and(|(start, _)| start + longest > now));
        self.sweep_at = self.callers.len() * 2;
    }
}

/// Forgets what no window reaches back to.
pub(super) async fn forget_old(engine: &Engine) -> Result<(), store::Error> {
    if !engine.store.is_shared() {
        return Ok(());
    }
    let mut tx = engine.store.begin().await?;
    request_counts::forget_before(&mut tx, engine.now() - LONGEST - SignedDuration::from_mins(1)).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Window = Window { name: "test", seconds: 60, slice: 1, limit: 3 };

    fn at(counters: &Counters, second: i64) -> (bool, u32, i64) {
        counters.take("somebody", &MINUTE, second * 1000, (second - 60) * 1000)
    }

    #[test]
    fn a_window_slides() {
        let counters = Counters::default();
        assert_eq!([0, 10, 20].map(|second| at(&counters, second).1), [1, 2, 3]);
        assert_eq!(at(&counters, 59), (false, 3, 0), "the first leaves at 60");
        assert_eq!(at(&counters, 60), (true, 3, 10_000), "and makes room for one");
        assert_eq!(at(&counters, 61), (false, 3, 10_000), "refusals take no room");
        assert_eq!(at(&counters, 200), (true, 1, 200_000));
    }

    #[test]
    fn callers_that_are_gone_are_swept() {
        let counters = Counters::default();
        for number in 0..SWEEP_FROM {
            counters.take(&number.to_string(), &MINUTE, 0, -60_000);
        }
        counters.take("later", &MINUTE, 3_600_000, 3_540_000);
        assert_eq!(counters.0.lock().unwrap().callers.len(), 1);
    }
}
