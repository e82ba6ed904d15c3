//! Reads synthetic photographs of every format and difficulty: `cargo xtask bench documents -n 500 [--write]`.

#[path = "../../../testkit/src/scorecard.rs"]
#[expect(unreachable_pub, reason = "the test kit's own module, which this crate's example cannot depend on")]
mod scorecard;

mod peers;
mod processor;
mod table;
mod trial;

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use specimen::{Difficulty, Kind};

use trial::{Trial, Worker};

const WORKERS: usize = 2;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments.first().and_then(|number| number.parse().ok()).unwrap_or(500);
    let trials = trials(count);
    let mut text = table::report(count, &trials);
    if let Some(seeds) = peers(&arguments) {
        text.push_str(&peers::report(seeds, &trials));
    }
    println!("\n{text}");
    for (objection, times) in table::objections(&trials) {
        println!("  {times:>5} not right: {objection}");
    }
    if arguments.iter().any(|argument| argument == "--write") {
        scorecard::write("Documents", &text);
    }
    let wrong = trials.iter().filter(|trial| trial.is_valid_but_wrong()).count();
    assert!(wrong == 0, "{wrong} zones were called valid and are wrong, see above");
}

/// `--peers N`: on how many seeds other readers are asked too.
fn peers(arguments: &[String]) -> Option<u64> {
    let at = arguments.iter().position(|argument| argument == "--peers")?;
    arguments.get(at + 1)?.parse().ok()
}

/// Every format, every difficulty, seeds from 1; in no particular order.
fn trials(count: u64) -> Vec<Trial> {
    let combinations: Vec<(Kind, Difficulty)> =
        Kind::ALL.iter().flat_map(|kind| Difficulty::ALL.map(|difficulty| (*kind, difficulty))).collect();
    let total = count * combinations.len() as u64;
    let next = AtomicU64::new(0);
    let (done, results) = mpsc::channel();
    let workers: Vec<Worker> = (0..WORKERS).map(|_| Worker::new()).collect();
    let begin = Instant::now();
    thread::scope(|scope| {
        for worker in workers {
            let (done, next, combinations) = (done.clone(), &next, &combinations);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= total {
                        return;
                    }
                    let (kind, difficulty) = combinations[(index % combinations.len() as u64) as usize];
                    let trial = worker.read(kind, difficulty, 1 + index / combinations.len() as u64);
                    done.send(trial).expect("the main thread listens until all are done");
                }
            });
        }
        drop(done);
        let mut trials = Vec::new();
        for trial in results {
            trials.push(trial);
            print!("\r  {}/{total} photographs, {:.0} s ", trials.len(), begin.elapsed().as_secs_f64());
            std::io::stdout().flush().expect("a terminal or a file");
        }
        trials
    })
}
