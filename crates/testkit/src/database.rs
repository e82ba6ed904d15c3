//! Both databases, for tests that must hold on either.
//!
//! ```ignore
//! testkit::both_databases! {
//!     async fn a_committed_row_is_found(database: &Database) {
//!         let mut tx = database.store.begin().await.unwrap();
//!         …
//!     }
//! }
//! ```
//!
//! makes two tests, `a_committed_row_is_found::on_sqlite` and `…::on_postgresql`, each with a fresh migrated database.
//! PostgreSQL is a real server that the test process starts for itself and that ends with it.

use std::path::PathBuf;

use store::blobs::Blobs;
use store::{Keyring, Store};
use tempfile::TempDir;

mod postgres;

pub use postgres::{Durability, PostgresServer};

/// The master key of every test database.
pub const MASTER_KEY: [u8; 32] = [7; 32];

/// Connections to PostgreSQL per test, enough for a crowd to meet on one row.
const CONNECTIONS: u32 = 24;

/// A fresh database and object store.
pub struct Database {
    /// Open and migrated.
    pub store: Store,
    /// In a folder of its own.
    pub blobs: Blobs,
    /// Made from [`MASTER_KEY`].
    pub keyring: Keyring,
    address: Address,
    folder: TempDir,
}

enum Address {
    Sqlite(PathBuf),
    Postgres { server: &'static PostgresServer, url: String },
}

impl Database {
    /// On SQLite, in a folder that vanishes.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("bonafide.db");
        Self::open(Address::Sqlite(path), folder).await
    }

    /// On the PostgreSQL server of this test process.
    ///
    /// # Panics
    ///
    /// If PostgreSQL is not installed: a storage test that did not run on both databases has not passed.
    pub async fn postgres() -> Self {
        let server = PostgresServer::of_this_process().await;
        let url = server.fresh_database().await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::open(Address::Postgres { server, url }, folder).await
    }

    async fn open(address: Address, folder: TempDir) -> Self {
        let keyring = Keyring::from_master(MASTER_KEY);
        let objects = folder.path().join("blobs");
        std::fs::create_dir(&objects).expect("a folder for objects");
        let blobs = Blobs::local(&objects).expect("a folder is an object store");
        let store = address.connect(&keyring).await.expect("a fresh database opens");
        Self { store, blobs, keyring, address, folder }
    }

    /// The same database opened once more, as another process or the next start would.
    pub async fn reopen(&self, keyring: &Keyring) -> Result<Store, store::Error> {
        self.address.connect(keyring).await
    }

    /// The address for `store::Store::open_postgres`, or the path for `open_sqlite`.
    pub fn address(&self) -> String {
        match &self.address {
            Address::Sqlite(path) => path.display().to_string(),
            Address::Postgres { url, .. } => url.clone(),
        }
    }

    /// Every folder in which this database and its objects keep bytes, with everything written out. On PostgreSQL the
    /// whole server's: search it for markers that no other test uses.
    pub async fn folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.folder.path().to_owned()];
        if let Address::Postgres { server, .. } = &self.address {
            server.checkpoint().await;
            folders.push(server.data().to_owned());
        }
        folders
    }

    /// Whether this text occurs in any file of the database or the object store.
    pub async fn contains(&self, marker: &str) -> bool {
        let mut grep = std::process::Command::new("grep");
        grep.args(["--recursive", "--quiet", "--text", "--no-messages", "--fixed-strings", "--", marker]);
        // Whatever vanishes while we look (a server's temporary files) makes grep end with 2, found or not with 0 or 1.
        grep.args(self.folders().await).status().expect("grep starts").success()
    }

    /// Closes the store and drops the database, which the next test does not need.
    pub async fn finish(self) {
        self.store.close().await;
        if let Address::Postgres { server, url } = &self.address {
            server.drop_database(url).await;
        }
    }
}

impl Address {
    async fn connect(&self, keyring: &Keyring) -> Result<Store, store::Error> {
        match self {
            Self::Sqlite(path) => Store::open_sqlite(path, keyring).await,
            Self::Postgres { url, .. } => Store::open_postgres(url, CONNECTIONS, keyring).await,
        }
    }
}

/// Runs each story on both databases. See the module's documentation.
#[macro_export]
macro_rules! both_databases {
    ($($(#[$attribute:meta])* async fn $name:ident($database:ident: &Database) $body:block)+) => {$(
        $(#[$attribute])*
        async fn $name($database: &$crate::database::Database) $body

        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                let database = $crate::database::Database::sqlite().await;
                super::$name(&database).await;
                database.finish().await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                let database = $crate::database::Database::postgres().await;
                super::$name(&database).await;
                database.finish().await;
            }
        }
    )+};
}
