//! Session creates over HTTP against bare inserts of the same rows: `cargo xtask bench api --creates 2000 [--write]`.

mod bare;
mod crowd;
mod http;

use std::fmt::Write;

use testkit::database::{Durability, PostgresServer};
use testkit::program::Site;
use testkit::scorecard;

use bare::Bare;
use crowd::{CONCURRENCY, Pace};
use http::Http;

/// Both sides take turns, so that what else the machine does troubles both.
const TURNS: u32 = 5;

/// What one database came to.
struct Compared {
    name: &'static str,
    api: Pace,
    bare: Pace,
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let creates = arguments.first().and_then(|number| number.parse().ok()).unwrap_or(2000);
    let sqlite = compare("SQLite", creates, None).await;
    let server = PostgresServer::start(Durability::Full).await;
    let postgres = compare("PostgreSQL", creates, Some(server.fresh_database().await)).await;
    let text = report(creates, &[sqlite, postgres]);
    println!("\n{text}");
    if arguments.iter().any(|argument| argument == "--write") {
        scorecard::write("API throughput", &text);
    }
}

async fn compare(name: &'static str, creates: u32, database: Option<String>) -> Compared {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = Site::new(folder.path(), database).await;
    let mut program = site.start();
    let ready = program.ready().await;
    let http = Http::new(&site, &ready).await;
    crowd::run(50, |number| http.create(number)).await;
    let bare = Bare::like_the_first_session(&site).await;
    crowd::run(50, |number| bare.insert(number)).await;
    let mut compared = Compared { name, api: Pace::default(), bare: Pace::default() };
    for turn in 0..TURNS {
        let first = 1000 + turn * creates;
        compared.bare.add(crowd::run(creates / TURNS, |number| bare.insert(first + number)).await);
        compared.api.add(crowd::run(creates / TURNS, |number| http.create(first + number)).await);
        println!("  {name}: turn {} of {TURNS}, ratio so far {:.2}", turn + 1, compared.ratio());
    }
    bare.close().await;
    assert!(program.stop().await, "the server stops cleanly");
    compared
}

impl Compared {
    fn ratio(&self) -> f64 {
        self.api.per_second() / self.bare.per_second()
    }
}

fn report(creates: u32, all: &[Compared]) -> String {
    let mut text = format!(
        "`cargo xtask bench api`: {creates} session creates through HTTP with keep-alive, {CONCURRENCY} at once, against \
         bare inserts of the same rows (`sessions`, `session_keys`, `events`; same sizes, one transaction each) by the same \
         driver into the same tables with as many connections, in turns. Every commit reaches the disk on both sides. \
         Server, load and database share the machine.\n\n\
         | database | creates/s | p50 ms | p99 ms | bare inserts/s | p50 ms | p99 ms | ratio |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|\n"
    );
    for one in all {
        let side = |pace: &Pace| {
            format!("{:.0} | {:.1} | {:.1}", pace.per_second(), pace.millis_at(50), pace.millis_at(99))
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | **{:.2}** |",
            one.name,
            side(&one.api),
            side(&one.bare),
            one.ratio()
        );
    }
    text
}
