//! Kills the server again and again under load: `cargo xtask bench crash -n 200 [--write]`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

use testkit::crash::{Outcome, Plan, run};
use testkit::database::{Durability, PostgresServer};
use testkit::scorecard;

const INTEGRATORS: u32 = 6;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let kills = arguments.first().and_then(|number| number.parse().ok()).unwrap_or(200);
    let sqlite = measure("SQLite", kills, None).await;
    let server = PostgresServer::start(Durability::Full).await;
    let postgres = measure("PostgreSQL", kills, Some(server.fresh_database().await)).await;
    let text = report(&[("SQLite", &sqlite), ("PostgreSQL", &postgres)]);
    println!("\n{text}");
    if arguments.iter().any(|argument| argument == "--write") {
        scorecard::write("Crash", &text);
    }
    let breaches = sqlite.breaches.len() + postgres.breaches.len();
    assert!(breaches == 0, "{breaches} breaches, see above");
}

async fn measure(name: &str, kills: u32, database: Option<String>) -> Outcome {
    let (folder, begin) = (tempfile::tempdir().expect("a temporary folder"), Instant::now());
    let plan = Plan { kills, integrators: INTEGRATORS, patient: true };
    let outcome = run(plan, folder.path(), database, |kill| {
        print!("\r  {name}: {kill}/{kills} kills, {:.0} s ", begin.elapsed().as_secs_f64());
        std::io::stdout().flush().expect("a terminal or a file");
    });
    let outcome = outcome.await;
    println!();
    for breach in outcome.breaches.iter().take(20) {
        println!("  ✗ {breach}");
    }
    outcome
}

fn report(outcomes: &[(&str, &Outcome)]) -> String {
    let mut text = format!(
        "`cargo xtask bench crash`: {INTEGRATORS} integrators create and complete sandbox sessions over HTTP without \
         giving up, a receiver takes the webhooks, and `bonafide` is killed with SIGKILL at random moments and started \
         again on the same data. Afterwards every answer that was acknowledged is compared with the server, its database \
         and the webhooks that arrived. The leases of a killed process are ended by hand so that work goes on at once; \
         after the last kill they are sat out.\n\n| | {} |\n|---|{}\n",
        outcomes.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" | "),
        "---:|".repeat(outcomes.len()),
    );
    let mut row = |name: &str, value: &dyn Fn(&Outcome) -> String| {
        let cells: Vec<String> = outcomes.iter().map(|(_, outcome)| value(outcome)).collect();
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    };
    row("kills while it served", &|o| o.kills.0.to_string());
    row("further kills while it started", &|o| o.kills.1.to_string());
    row("requests cut off", &|o| o.cut_off.to_string());
    row("creates acknowledged", &|o| o.creates.to_string());
    row("completions acknowledged", &|o| o.completions.to_string());
    row("sessions in the database", &|o| o.sessions.to_string());
    row("events in the database", &|o| o.events.to_string());
    row("webhooks that arrived", &|o| o.webhooks.to_string());
    row("of these again, same `event_id` and content", &|o| o.repeats.to_string());
    row("left-over work done after, seconds", &|o| format!("{:.0}", o.drain.as_secs_f64()));
    row("**acknowledged and lost, duplicate, out of order or altered**", &|o| o.breaches.len().to_string());
    text
}
