//! A bar for people, names of files for programs.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

const WIDTH: u64 = 40;

/// How far a row of pictures has come.
pub(super) struct Progress {
    total: u64,
    done: AtomicU64,
    files: AtomicU64,
    /// A bar on the terminal instead of names on the standard output.
    bar: bool,
}

impl Progress {
    pub(super) fn new(total: u64) -> Self {
        let bar = total > 1 && std::io::stderr().is_terminal() && std::io::stdout().is_terminal();
        Self { total, done: AtomicU64::new(0), files: AtomicU64::new(0), bar }
    }

    /// One seed is made into these files.
    pub(super) fn done(&self, files: &[String]) {
        self.files.fetch_add(files.len() as u64, Ordering::Relaxed);
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.bar {
            eprint!("\r{}", line(done, self.total));
            let _ = std::io::stderr().flush();
        } else {
            for file in files {
                println!("{file}");
            }
        }
    }

    pub(super) fn finish(&self, folder: &Path) {
        if self.bar {
            eprintln!("\n{} files in {}", self.files.load(Ordering::Relaxed), folder.display());
        }
    }
}

fn line(done: u64, total: u64) -> String {
    let full = (done * WIDTH / total.max(1)).min(WIDTH);
    let bar: String = (0..WIDTH).map(|place| if place < full { '█' } else { '·' }).collect();
    format!("{bar} {done} of {total}")
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, line};

    #[test]
    fn the_bar_fills_with_what_is_done() {
        let full = |done| line(done, 8).chars().filter(|place| *place == '█').count() as u64;
        assert_eq!([full(0), full(4), full(8)], [0, WIDTH / 2, WIDTH]);
        assert!(line(3, 8).ends_with("3 of 8"));
    }
}
