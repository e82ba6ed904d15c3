//! The database, whichever it is, and its transactions.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::seal::Keyring;
use crate::{Error, meta, migrations, receipts};

/// How long a writer waits for its turn before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);
const SQLITE_READERS: u32 = 4;

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Store(pub(crate) Pools);

#[derive(Clone)]
pub(crate) enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres { pool: PgPool, counters: PgPool },
}

/// A transaction on whichever database was opened. Dropped without [`Tx::commit`], it leaves nothing behind.
pub enum Tx {
    /// One file.
    Sqlite(Transaction<'static, Sqlite>),
    /// A server, and the connections on which counters are taken without waiting for this transaction's end.
    Postgres(Transaction<'static, Postgres>, PgPool),
}

/// Runs one query text on whichever database this transaction belongs to.
macro_rules! on {
    ($tx:expr, $connection:ident => $body:expr) => {
        match $tx {
            $crate::Tx::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::Tx::Postgres(transaction, _) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}
pub(crate) use on;

/// Runs one reading statement by itself on whichever database this is: begin and end would cost as much as it does.
macro_rules! once {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.0 {
            $crate::database::Pools::Sqlite { readers: $pool, .. } => $body,
            $crate::database::Pools::Postgres { pool: $pool, .. } => $body,
        }
    };
}
pub(crate) use once;

impl Store {
    /// Opens or creates the database file, brings its schema up to date and checks the master key.
    ///
    /// Write-ahead log; every commit reaches the disk before it is acknowledged; one writer, several readers.
    pub async fn open_sqlite(path: &Path, keyring: &Keyring) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted, above all a session's key, is overwritten and not only unlinked.
            .pragma("secure_delete", "ON")
            .busy_timeout(PATIENCE);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
            .await?;
        migrations::sqlite().run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            .acquire_timeout(PATIENCE)
            .connect_with(options.read_only(true))
            .await?;
        Self(Pools::Sqlite { writer, readers }).checked(keyring).await
    }

    /// Connects to a PostgreSQL server with at most this many connections (and two more for counters), brings the schema
    /// up to date and checks the master key.
    ///
    /// A server that is not on this machine must prove itself by TLS, unless the address says `sslmode=` otherwise.
    pub async fn open_postgres(address: &str, connections: u32, keyring: &Keyring) -> Result<Self, Error> {
        let mut options = PgConnectOptions::from_str(address).map_err(|_| Error::Address("database"))?;
        if !address.contains("sslmode=") && !is_on_this_machine(&options) {
            options = options.ssl_mode(PgSslMode::VerifyFull);
        }
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
            .await?;
        migrations::postgres().run(&pool).await?;
        // See `sessions::next_number`: a counter need not wait for the disk, because its record precedes, in the
        // same log, the record of the commit that uses the number.
        let counters = PgPoolOptions::new()
            .max_connections(2)
            .acquire_timeout(PATIENCE)
            .connect_with(options.options([("synchronous_commit", "off")]))
            .await?;
        Self(Pools::Postgres { pool, counters }).checked(keyring).await
    }

    async fn checked(self, keyring: &Keyring) -> Result<Self, Error> {
        let mut tx = self.begin().await?;
        meta::check_master_key(&mut tx, keyring).await?;
        tx.commit().await?;
        Ok(self)
    }

    /// A transaction that may write. On SQLite it waits for the one writer: hold it briefly, and never while a model or a
    /// network call runs.
    pub async fn begin(&self) -> Result<Tx, Error> {
        let mut tx = match &self.0 {
            Pools::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres { pool, counters } => Tx::Postgres(pool.begin().await?, counters.clone()),
        };
        receipts::mark_begun(&mut tx).await?;
        Ok(tx)
    }

    /// Whether other processes may work on this database at the same time.
    pub fn is_shared(&self) -> bool {
        matches!(self.0, Pools::Postgres { .. })
    }

    /// A transaction that only reads, and sees one moment throughout.
    pub async fn read(&self) -> Result<Tx, Error> {
        Ok(match &self.0 {
            Pools::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Pools::Postgres { pool, counters } => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Tx::Postgres(pool.begin_with(begin).await?, counters.clone())
            }
        })
    }

    /// Closes every connection. SQLite folds its log into the file.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres { pool, counters } => {
                counters.close().await;
                pool.close().await;
            }
        }
    }

    /// `sqlite` or `postgresql`, for logs and health.
    pub fn kind(&self) -> &'static str {
        match &self.0 {
            Pools::Sqlite { .. } => "sqlite",
            Pools::Postgres { .. } => "postgresql",
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(&self.kind()).finish()
    }
}

impl Tx {
    /// Makes everything done in this transaction lasting, or nothing of it.
    pub async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction, _) => transaction.commit().await?,
        }
        Ok(())
    }
}

fn is_on_this_machine(options: &PgConnectOptions) -> bool {
    options.get_socket().is_some()
        || matches!(options.get_host(), "localhost" | "127.0.0.1" | "::1")
        || options.get_host().starts_with('/')
}
