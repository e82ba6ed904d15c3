//! Many doing the same at once, and how long each took.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use futures::future::join_all;

/// How many at once.
pub(crate) const CONCURRENCY: u32 = 16;

/// How fast something went.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    elapsed: Duration,
    each: Vec<Duration>,
}

impl Pace {
    pub(crate) fn add(&mut self, other: Pace) {
        self.elapsed += other.elapsed;
        self.each.extend(other.each);
        self.each.sort_unstable();
    }

    pub(crate) fn per_second(&self) -> f64 {
        self.each.len() as f64 / self.elapsed.as_secs_f64()
    }

    pub(crate) fn millis_at(&self, hundredth: usize) -> f64 {
        let at = (self.each.len() * hundredth / 100).min(self.each.len().saturating_sub(1));
        self.each.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

/// Does it `count` times in all, [`CONCURRENCY`] at once; each gets a number of its own.
pub(crate) async fn run<F: Future<Output = ()>>(count: u32, work: impl Fn(u32) -> F) -> Pace {
    let (next, begin) = (AtomicU32::new(0), Instant::now());
    let workers = (0..CONCURRENCY).map(|_| async {
        let mut each = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return each;
            }
            let begin = Instant::now();
            work(number).await;
            each.push(begin.elapsed());
        }
    });
    let mut pace = Pace { elapsed: Duration::ZERO, each: join_all(workers).await.concat() };
    pace.elapsed = begin.elapsed();
    pace.each.sort_unstable();
    pace
}
