//! A look at the job table from outside while the server runs.

use std::time::{SystemTime, UNIX_EPOCH};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, PgConnection, SqliteConnection};
use tokio::sync::Mutex;

use crate::program::Site;

/// How long the server leases a job (`engine::jobs`).
const LEASE_MILLIS: i64 = 60_000;

/// A connection of our own.
pub(super) enum Rows {
    Sqlite(Mutex<SqliteConnection>),
    Postgres(Mutex<PgConnection>),
}

impl Rows {
    pub(super) async fn open(site: &Site) -> Self {
        if let Some(url) = &site.database {
            return Self::Postgres(Mutex::new(PgConnection::connect(url).await.expect("PostgreSQL answers")));
        }
        let options = SqliteConnectOptions::new().filename(site.data.join("bonafide.db"));
        let options = options.busy_timeout(std::time::Duration::from_mins(1));
        Self::Sqlite(Mutex::new(SqliteConnection::connect_with(&options).await.expect("the file opens")))
    }

    /// Lets the minute pass after which a dead process's jobs are anybody's: its leases end now. Leases that were taken
    /// since `moment` belong to the living.
    pub(super) async fn end_leases_from_before(&self, moment: i64) {
        const END: &str = "UPDATE jobs SET leased_until = 0 WHERE leased_until < $1";
        let before = moment + LEASE_MILLIS;
        let ended = match self {
            Self::Sqlite(c) => sqlx::query(END).bind(before).execute(&mut *c.lock().await).await.map(drop),
            Self::Postgres(c) => sqlx::query(END).bind(before).execute(&mut *c.lock().await).await.map(drop),
        };
        ended.expect("the job table can be written");
    }

    /// Jobs that are neither done nor given up.
    pub(super) async fn open_jobs(&self) -> i64 {
        const OPEN: &str = "SELECT COUNT(*) FROM jobs WHERE failed_at IS NULL";
        let open = match self {
            Self::Sqlite(c) => sqlx::query_scalar(OPEN).fetch_one(&mut *c.lock().await).await,
            Self::Postgres(c) => sqlx::query_scalar(OPEN).fetch_one(&mut *c.lock().await).await,
        };
        open.expect("the job table can be read")
    }

    pub(super) async fn close(self) {
        let closed = match self {
            Self::Sqlite(connection) => connection.into_inner().close().await,
            Self::Postgres(connection) => connection.into_inner().close().await,
        };
        closed.expect("the connection ends in order");
    }
}

pub(super) fn now_millis() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "compared with the server's real time")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970");
    i64::try_from(now.as_millis()).expect("a time before the sun burns out")
}
