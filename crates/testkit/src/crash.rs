//! A server that is killed at random moments under load, again and again, and what it must not have lost.
//!
//! Integrators keep creating and completing sandbox sessions over HTTP and write down what was acknowledged; a receiver
//! keeps every webhook. At the end the server may finish its work in peace, and the books are compared with it.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::HttpSink;
use crate::program::{Program, Site};

mod audit;
mod ledger;
mod load;
mod rows;

use ledger::Ledger;
use load::Load;
use rows::Rows;

/// For the work that is left over at the end; what takes longer counts as lost.
const PATIENCE: Duration = Duration::from_mins(10);

/// How hard to try.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// SIGKILLs.
    pub kills: u32,
    /// Integrators at work at once.
    pub integrators: u32,
    /// Whether to sit out the leases of the last killed process at the end instead of ending them by hand.
    pub patient: bool,
}

/// What was seen.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// SIGKILLs, and how many of them before the server was ready.
    pub kills: (u32, u32),
    /// Requests that a kill cut off, so that nobody knows what became of them until they are repeated.
    pub cut_off: usize,
    /// Creates answered with 201.
    pub creates: usize,
    /// Completions answered with 200.
    pub completions: usize,
    /// Sessions in the database at the end.
    pub sessions: usize,
    /// Events in the database at the end.
    pub events: usize,
    /// Webhooks that arrived, repeats included.
    pub webhooks: usize,
    /// Webhooks that arrived again, with the same `event_id` and content.
    pub repeats: usize,
    /// How long the work that was left over took at the end.
    pub drain: Duration,
    /// Everything that must not be. Empty if all is well.
    pub breaches: Vec<String>,
}

/// Runs the plan on SQLite in this folder, or on PostgreSQL at this address. Calls `progress` after each kill.
///
/// # Panics
///
/// If the server cannot be started at all.
pub async fn run(plan: Plan, data: &Path, database: Option<String>, progress: impl Fn(u32)) -> Outcome {
    let site = Site::new(data, database).await;
    let (sink, ledger) = (HttpSink::start().await, Arc::new(Ledger::default()));
    let mut program = site.start();
    let ready = program.ready().await;
    let rows = Rows::open(&site).await;
    let load = Load::new(&site, &ready, Arc::clone(&ledger));
    let secret = load.subscribe(&sink).await;
    let crowd = load.start(plan.integrators);
    let mut outcome = Outcome::default();
    for kill in 1..=plan.kills {
        let dead_until = die(program, &site, &mut outcome).await;
        program = site.start();
        program.ready().await;
        if kill < plan.kills || !plan.patient {
            rows.end_leases_from_before(dead_until).await;
        }
        progress(kill);
    }
    load.finish(crowd).await;
    outcome.drain = drain(&rows).await;
    ledger.count(&mut outcome);
    audit::acknowledged(&load, &ledger, &mut outcome).await;
    if !program.stop().await {
        outcome.breaches.push("the server did not stop cleanly at the end".to_owned());
    }
    rows.close().await;
    let events = audit::stored(&site, &ready, &ledger, &mut outcome).await;
    audit::delivered(&sink, &secret, &events, &mut outcome);
    outcome
}

/// Kills the server at a random moment, every eighth time once more before the next one is even ready. Says since when
/// nobody lives.
async fn die(program: Program, site: &Site, outcome: &mut Outcome) -> i64 {
    tokio::time::sleep(Duration::from_millis(rand::random_range(0..900))).await;
    program.kill().await;
    outcome.kills.0 += 1;
    if rand::random_ratio(1, 8) {
        let unready = site.start();
        tokio::time::sleep(Duration::from_millis(rand::random_range(0..250))).await;
        unready.kill().await;
        outcome.kills.1 += 1;
    }
    rows::now_millis()
}

/// Waits until no work is left.
async fn drain(rows: &Rows) -> Duration {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE && rows.open_jobs().await > 0 {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    begin.elapsed()
}

/// The body of a create for this person.
fn create_for(workflow: &Value, person: &str) -> Value {
    json!({"workflow_id": workflow, "vendor_data": person, "metadata": {"plan": person}, "sandbox_scenario": "approve"})
}
