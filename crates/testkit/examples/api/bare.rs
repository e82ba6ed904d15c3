//! The rows of a create, inserted without the product: the same driver, connections and durability.

use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use testkit::program::Site;

/// Connections of `bonafide dev` to PostgreSQL.
const CONNECTIONS: u32 = 16;

/// The columns of a real session that has rows of usual sizes.
#[derive(sqlx::FromRow)]
struct Pattern {
    application_id: String,
    workflow_id: String,
    workflow_version_id: String,
    state: String,
    sealed: Vec<u8>,
    due_at: Option<i64>,
    created_at: i64,
    wrapped: Vec<u8>,
    event_sealed: Vec<u8>,
}

const PATTERN: &str = "SELECT s.application_id, s.workflow_id, s.workflow_version_id, s.state, s.sealed, s.due_at, \
    s.created_at, k.wrapped, e.sealed AS event_sealed \
    FROM sessions s JOIN session_keys k ON k.session_id = s.id JOIN events e ON e.session_id = s.id \
    ORDER BY s.number LIMIT 1";

const SESSION: &str = "INSERT INTO sessions (id, application_id, number, token_hash, vendor_hash, reuse_key, workflow_id, \
    workflow_version_id, workflow_version, status, state, sealed, due_at, version, created_at, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 'Not Started', $9, $10, $11, 1, $12, $12)";
const KEY: &str = "INSERT INTO session_keys (session_id, wrapped, created_at) VALUES ($1, $2, $3)";
const EVENT: &str = "INSERT INTO events (id, application_id, session_id, sequence, kind, sealed, created_at) \
    VALUES ($1, $2, $3, 1, 'status.updated', $4, $5)";

enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Inserts into the server's own tables, while the server has nothing to do.
pub(crate) struct Bare {
    pool: Pool,
    pattern: Pattern,
}

/// The three inserts in this transaction; the databases share text but no type.
macro_rules! insert {
    ($transaction:expr, $pattern:expr, $row:expr) => {{
        let (transaction, pattern, row) = (&mut $transaction, $pattern, $row);
        let session = sqlx::query(SESSION).bind(&row.session).bind(&pattern.application_id).bind(row.number);
        let session = session.bind(&row.hashes[0]).bind(&row.hashes[1]).bind(&row.hashes[2]);
        let session = session.bind(&pattern.workflow_id).bind(&pattern.workflow_version_id);
        let session =
            session.bind(&pattern.state).bind(&pattern.sealed).bind(pattern.due_at).bind(pattern.created_at);
        session.execute(&mut **transaction).await?;
        let key = sqlx::query(KEY).bind(&row.session).bind(&pattern.wrapped).bind(pattern.created_at);
        key.execute(&mut **transaction).await?;
        let event = sqlx::query(EVENT).bind(&row.event).bind(&pattern.application_id).bind(&row.session);
        event.bind(&pattern.event_sealed).bind(pattern.created_at).execute(&mut **transaction).await?;
    }};
}

/// What differs from row to row.
struct Row {
    session: String,
    event: String,
    number: i64,
    hashes: [String; 3],
}

impl Bare {
    /// The columns of `store::Store`'s connections, and a pattern from the first session.
    pub(crate) async fn like_the_first_session(site: &Site) -> Self {
        let opened = match &site.database {
            Some(url) => postgres(url).await,
            None => sqlite(site).await,
        };
        let (pool, pattern) = opened.expect("the server's database opens");
        Self { pool, pattern }
    }

    /// One create's rows in a transaction of their own.
    pub(crate) async fn insert(&self, number: u32) {
        self.try_insert(&Row::of(number)).await.expect("the rows are new");
    }

    async fn try_insert(&self, row: &Row) -> Result<(), sqlx::Error> {
        match &self.pool {
            Pool::Sqlite(pool) => {
                let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
                insert!(transaction, &self.pattern, row);
                transaction.commit().await
            }
            Pool::Postgres(pool) => {
                let mut transaction = pool.begin().await?;
                insert!(transaction, &self.pattern, row);
                transaction.commit().await
            }
        }
    }

    pub(crate) async fn close(self) {
        match self.pool {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

impl Row {
    /// Ids sort by time as the product's do; hashes are 64 random digits.
    fn of(number: u32) -> Self {
        let id = |kind: u32| format!("0fffffff-{:04x}-7{kind:03x}-8000-{number:012x}", number >> 16);
        let hash = || format!("{:032x}{:032x}", rand::random::<u128>(), rand::random::<u128>());
        let number = 1_000_000_000 + i64::from(number);
        Self { session: id(1), event: id(2), number, hashes: [hash(), hash(), hash()] }
    }
}

/// As `store::Store::open_sqlite` opens its writer.
async fn sqlite(site: &Site) -> Result<(Pool, Pattern), sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(site.data.join("bonafide.db"))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .busy_timeout(Duration::from_secs(30));
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let pattern = sqlx::query_as(PATTERN).fetch_one(&pool).await?;
    Ok((Pool::Sqlite(pool), pattern))
}

/// As `store::Store::open_postgres` does.
async fn postgres(url: &str) -> Result<(Pool, Pattern), sqlx::Error> {
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect(url).await?;
    let pattern = sqlx::query_as(PATTERN).fetch_one(&pool).await?;
    Ok((Pool::Postgres(pool), pattern))
}
