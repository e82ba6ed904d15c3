//! A few kills of the real program; `cargo xtask bench crash` makes hundreds.

use testkit::crash::{Plan, run};
use testkit::database::{Durability, PostgresServer};

const PLAN: Plan = Plan { kills: 6, integrators: 4, patient: false };

async fn nothing_acknowledged_is_lost(database: Option<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let outcome = run(PLAN, folder.path(), database, |_| {}).await;
    assert_eq!(outcome.breaches, Vec::<String>::new());
    assert_eq!(outcome.kills.0, PLAN.kills);
    assert!(outcome.creates > 0 && outcome.completions > 0, "there was load: {outcome:?}");
    assert!(outcome.webhooks >= outcome.events, "every event arrived: {outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_nothing_acknowledged_on_sqlite() {
    nothing_acknowledged_is_lost(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_nothing_acknowledged_on_postgresql() {
    let server = PostgresServer::start(Durability::Full).await;
    nothing_acknowledged_is_lost(Some(server.fresh_database().await)).await;
}
