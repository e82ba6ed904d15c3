//! Processor time, which other programs on the machine do not distort as they do the time on the wall.

use std::collections::BTreeSet;
use std::time::Duration;

/// Threads whose work is counted: the calling one and these.
#[derive(Debug)]
pub(crate) struct Processor(Vec<String>);

impl Processor {
    /// Counts the calling thread and those that `make` started; nobody else may start threads meanwhile.
    pub(crate) fn watching<T>(make: impl FnOnce() -> T) -> (T, Self) {
        let before = threads();
        let made = make();
        (made, Self(threads().difference(&before).cloned().collect()))
    }

    /// Used so far.
    pub(crate) fn time(&self) -> Duration {
        let others = self.0.iter().map(|thread| used(&format!("/proc/self/task/{thread}/schedstat")));
        used("/proc/thread-self/schedstat") + others.sum::<Duration>()
    }
}

fn threads() -> BTreeSet<String> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux lists threads");
    tasks.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// The first number of `schedstat`: nanoseconds on a processor.
fn used(path: &str) -> Duration {
    #[expect(clippy::disallowed_methods, reason = "Linux tells processor time in files")]
    let text = std::fs::read_to_string(path).expect("Linux accounts for threads");
    Duration::from_nanos(text.split(' ').next().and_then(|first| first.parse().ok()).expect("a number"))
}
