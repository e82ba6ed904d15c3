//! Webhooks to healthy endpoints while another one hangs: `cargo xtask bench webhooks --deliveries 10000 [--write]`.

mod receiver;
mod times;

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::destinations::{Changes, NewDestination, RetryProfile};
use engine::sessions::CreateSession;
use futures::future::join_all;
use model::id::DestinationId;
use testkit::TestApp;
use testkit::database::Database;
use testkit::scorecard;
use tokio::sync::watch;

use receiver::Receiver;
use times::Times;

/// Healthy endpoints of the burst.
const HEALTHY: u32 = 4;
/// Events a second of the steady stream, and how many of them in one turn.
const RATE: u32 = 100;
const TURN: u32 = 400;
/// Turns with and without the endpoint that hangs, so that what else the machine does troubles both.
const TURNS: u32 = 5;
/// Sessions made at once in the burst.
const AT_ONCE: u32 = 16;

/// What one database came to.
struct Measured {
    name: &'static str,
    /// Commit to first attempt at 100 events a second.
    without: Times,
    with: Times,
    deliveries: u32,
    burst: Duration,
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let deliveries = arguments.first().and_then(|number| number.parse().ok()).unwrap_or(10_000);
    let sqlite = measure("SQLite", &Database::sqlite().await, deliveries).await;
    let postgres = measure("PostgreSQL", &Database::postgres().await, deliveries).await;
    let text = report(&[sqlite, postgres]);
    println!("\n{text}");
    if arguments.iter().any(|argument| argument == "--write") {
        scorecard::write("Webhooks", &text);
    }
}

async fn measure(name: &'static str, database: &Database, deliveries: u32) -> Measured {
    let app = Arc::new(TestApp::start(database).await);
    let (healthy, hanging) = (Receiver::start(false).await, Receiver::start(true).await);
    let stuck = destination(&app, &hanging.url(0)).await;
    destination(&app, &healthy.url(0)).await;
    let (stop, stopped) = watch::channel(false);
    let runner = tokio::spawn(engine::jobs::run(app.engine.clone(), stopped));
    let (mut without, mut with) = (Times::default(), Times::default());
    for turn in 1..=TURNS {
        enable(&app, stuck, false).await;
        without.extend(stream(&app, &healthy).await);
        enable(&app, stuck, true).await;
        with.extend(stream(&app, &healthy).await);
        println!(
            "  {name}: turn {turn} of {TURNS}, p99 {:.1} and {:.1} ms",
            without.millis_at(99),
            with.millis_at(99)
        );
    }
    for number in 1..HEALTHY {
        destination(&app, &healthy.url(number)).await;
    }
    let burst = burst(&app, &healthy, deliveries).await;
    println!("  {name}: {deliveries} deliveries in {:.1} s", burst.as_secs_f64());
    let _ = stop.send(true);
    // What hangs is let go first, so that the runner's end need not wait for it.
    drop(hanging);
    runner.await.expect("the runner ends");
    Measured { name, without, with, deliveries, burst }
}

/// [`TURN`] new sessions at [`RATE`] a second; how long after each one's commit its event arrived.
async fn stream(app: &Arc<TestApp>, healthy: &Receiver) -> Vec<Duration> {
    let mut creates = Vec::new();
    let begin = Instant::now();
    for number in 0..TURN {
        tokio::time::sleep_until((begin + Duration::from_secs(1) / RATE * number).into()).await;
        let app = Arc::clone(app);
        creates.push(tokio::spawn(async move { create(&app).await }));
    }
    let mut commits = Vec::new();
    for made in join_all(creates).await {
        commits.push(made.expect("a create does not panic"));
    }
    healthy.wait_for(commits.iter().map(|(id, _)| id.as_str())).await;
    commits.iter().map(|(id, at)| healthy.first_arrival(id).saturating_duration_since(*at)).collect()
}

/// Sessions as fast as they can be made, each told to every healthy endpoint; the time until the last arrived.
async fn burst(app: &Arc<TestApp>, healthy: &Receiver, deliveries: u32) -> Duration {
    let (begin, before) = (Instant::now(), healthy.count());
    let workers = (0..AT_ONCE).map(|_| async {
        for _ in 0..deliveries / HEALTHY / AT_ONCE {
            create(app).await;
        }
    });
    join_all(workers).await;
    let expected = before + (deliveries / HEALTHY / AT_ONCE * AT_ONCE * HEALTHY) as usize;
    healthy.wait_for_count(expected).await;
    begin.elapsed()
}

/// A session, and when its event was committed.
async fn create(app: &TestApp) -> (String, Instant) {
    let wanted = CreateSession { workflow_id: Some(app.sandbox.kyc), ..CreateSession::default() };
    let created = engine::sessions::create(&app.engine, &app.sandbox.application.scope, wanted).await;
    (created.expect("a session").session_id.to_string(), Instant::now())
}

async fn destination(app: &TestApp, url: &str) -> DestinationId {
    let new = NewDestination {
        label: "Backend".to_owned(),
        url: url.to_owned(),
        enabled: true,
        webhook_version: "v3".to_owned(),
        retry_profile: RetryProfile::Compatible,
        subscribed_events: Some(vec!["status.updated".to_owned()]),
    };
    let made = engine::destinations::create(&app.engine, &app.sandbox.application.scope, new).await;
    made.expect("a destination").id
}

async fn enable(app: &TestApp, id: DestinationId, enabled: bool) {
    let changes = Changes { enabled: Some(enabled), ..Changes::default() };
    let scope = &app.sandbox.application.scope;
    engine::destinations::update(&app.engine, scope, id, changes).await.expect("a change");
}

fn report(measured: &[Measured]) -> String {
    let profile = if cfg!(debug_assertions) { "development" } else { "release" };
    let deliveries = measured.first().map_or(0, |measured| measured.deliveries);
    let mut text = format!(
        "`cargo xtask bench webhooks`: one process ({profile} build) makes sessions and delivers their events to a sink on \
         the same machine, while another endpoint accepts every request and never answers. *First attempt*: from commit \
         to arrival at {RATE} events a second, {TURNS} turns of {TURN} events without and with the endpoint that hangs, \
         in turn. *Throughput*: {deliveries} deliveries to {HEALTHY} healthy endpoints while it hangs, sessions made as \
         fast as they can be, until the last has arrived; every delivery is logged.\n\n\
         | database | first attempt p50 ms | p99 ms | p99 ms beside one that hangs | ratio | deliveries/s beside it |\n\
         |---|---:|---:|---:|---:|---:|\n"
    );
    for Measured { name, without, with, deliveries, burst } in measured {
        let (calm, troubled) = (without.millis_at(99), with.millis_at(99));
        let per_second = f64::from(*deliveries) / burst.as_secs_f64();
        let ratio = troubled / calm;
        let row = (without.millis_at(50), calm, troubled);
        writeln!(
            text,
            "| {name} | {:.1} | {:.1} | {:.1} | **{ratio:.2}** | {per_second:.0} |",
            row.0, row.1, row.2
        )
        .expect("text can be written");
    }
    text
}
