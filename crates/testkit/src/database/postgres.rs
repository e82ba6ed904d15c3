//! A PostgreSQL server of our own.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::{Keyring, Store};
use tokio::sync::{Mutex, OnceCell};

/// Makes a server in a new folder, says where, and lives until its standard input closes. The pipe's other end is ours:
/// however this process ends, the server ends with it and its folder goes.
const KEEPER: &str = r#"
set -eu
folder=$(mktemp -d /tmp/bonafide-postgres-XXXXXX)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$1/initdb" -D data -U postgres -A trust -E UTF8 --no-locale --no-sync >log 2>&1 || { cat log >&2; exit 1; }
"$1/postgres" -D data -k "$folder" -c listen_addresses= -c fsync="$2" -c full_page_writes="$2" \
    -c max_connections=400 -c shared_buffers=64MB >>log 2>&1 &
echo "$folder"
cat >/dev/null || true
kill -QUIT $! 2>/dev/null || true
wait $! 2>/dev/null || true
"#;

const TEMPLATE: &str = "bonafide_template";

/// Whether commits must survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Quick: for tests of behaviour. A killed process loses nothing, a cut cable would.
    None,
    /// As in production: for measurements.
    Full,
}

/// A running server, reachable by a socket in its own folder. It stops when this is dropped or the process ends.
pub struct PostgresServer {
    folder: PathBuf,
    databases: AtomicU32,
    /// A template cannot be copied while another copy of it is made.
    copying: Mutex<()>,
    _keeper: Keeper,
}

impl PostgresServer {
    /// The one server that all tests of a process share, each in a database of its own.
    pub async fn of_this_process() -> &'static Self {
        static SERVER: OnceCell<PostgresServer> = OnceCell::const_new();
        SERVER.get_or_init(|| Self::start(Durability::None)).await
    }

    /// Starts a server and migrates the template of its databases.
    ///
    /// # Panics
    ///
    /// If PostgreSQL is not installed or does not start.
    pub async fn start(durability: Durability) -> Self {
        let started = tokio::task::spawn_blocking(move || keep(durability)).await;
        let (folder, keeper) = started.expect("the keeper starts");
        let server = Self { folder, databases: AtomicU32::new(0), copying: Mutex::new(()), _keeper: keeper };
        server.wait_until_ready().await;
        server.execute(format!("CREATE DATABASE {TEMPLATE}")).await;
        let keyring = Keyring::from_master(super::MASTER_KEY);
        let store = Store::open_postgres(&server.url(TEMPLATE), 2, &keyring).await;
        store.expect("the template migrates").close().await;
        server
    }

    /// Makes a migrated database that nobody else has, and says its address.
    pub async fn fresh_database(&self) -> String {
        let name = format!("bonafide_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let _turn = self.copying.lock().await;
        self.execute(format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await;
        self.url(&name)
    }

    pub(super) async fn drop_database(&self, url: &str) {
        let name = url.rsplit('/').find_map(|part| part.split_once('?')).map(|(name, _)| name);
        let name = name.expect("the address is one of ours");
        self.execute(format!("DROP DATABASE {name} WITH (FORCE)")).await;
    }

    pub(super) async fn checkpoint(&self) {
        self.execute("CHECKPOINT".to_owned()).await;
    }

    pub(super) fn data(&self) -> &Path {
        &self.folder
    }

    fn url(&self, database: &str) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://postgres@localhost/{database}?host={folder}")
    }

    async fn wait_until_ready(&self) {
        for _ in 0..600 {
            if PgConnection::connect(&self.url("postgres")).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("PostgreSQL in {} did not become ready within 30 s", self.folder.display());
    }

    async fn execute(&self, statement: String) {
        let mut connection = PgConnection::connect(&self.url("postgres")).await.expect("the server answers");
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.expect("the statement is ours");
        connection.close().await.expect("the connection ends in order");
    }
}

/// The shell that runs [`KEEPER`].
struct Keeper(Child);

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // It ends once the server did; nobody is left to tell if it could not.
        let _ = self.0.wait();
    }
}

/// Starts the keeper and returns it with the server's folder.
fn keep(durability: Durability) -> (PathBuf, Keeper) {
    let programs = programs().expect(
        "PostgreSQL is not installed: run `cargo xtask test`, which installs it (apt-get install postgresql)",
    );
    let fsync = if durability == Durability::Full { "on" } else { "off" };
    let mut child = as_ordinary_user()
        .args(["sh", "-c", KEEPER, "keeper"])
        .arg(programs)
        .arg(fsync)
        // Ctrl-C reaches the tests; the keeper then hears it from the pipe, and cleans up.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell starts");
    let mut folder = String::new();
    let stdout = child.stdout.take().expect("it was asked for");
    BufReader::new(stdout).read_line(&mut folder).expect("the keeper speaks text");
    assert!(!folder.is_empty(), "initdb failed, see above");
    (PathBuf::from(folder.trim_end()), Keeper(child))
}

/// PostgreSQL refuses to run as root; Debian's package made a user for it.
fn as_ordinary_user() -> Command {
    let we_are_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if we_are_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]);
        command
    } else {
        Command::new("env")
    }
}

/// The newest version that Debian's package installed.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .flatten()
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .max()
        .map(|(_, bin)| bin)
}
