//! The real `bonafide` program as a child process, which can be killed without warning.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::OnceCell;

use crate::database::MASTER_KEY;

/// A start on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where a server keeps its data and listens; the same at every start.
#[derive(Debug, Clone)]
pub struct Site {
    /// Folder of the local loop.
    pub data: PathBuf,
    /// PostgreSQL's address; without it, SQLite in the folder.
    pub database: Option<String>,
    /// Port on 127.0.0.1.
    pub port: u16,
    program: PathBuf,
}

impl Site {
    /// Builds the program, in the profile that this code was built in, and picks a free port.
    ///
    /// # Panics
    ///
    /// If the program does not compile.
    pub async fn new(data: &Path, database: Option<String>) -> Self {
        static PROGRAM: OnceCell<PathBuf> = OnceCell::const_new();
        let built = async { tokio::task::spawn_blocking(build).await.expect("the build ends") };
        let program = PROGRAM.get_or_init(|| built).await.clone();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free loopback port");
        let port = listener.local_addr().expect("the port that was bound").port();
        #[expect(clippy::disallowed_methods, reason = "the local loop is given the key of our databases")]
        std::fs::write(data.join("master.key"), format!("{:02x}", MASTER_KEY[0]).repeat(32))
            .expect("a folder");
        Self { data: data.to_owned(), database, port, program }
    }

    /// `http://127.0.0.1:PORT`
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts `bonafide dev`. What it logs is in `server.log` of the data folder.
    ///
    /// # Panics
    ///
    /// If it cannot be started.
    pub fn start(&self) -> Program {
        let log = File::options().create(true).append(true).open(self.data.join("server.log"));
        let mut command = Command::new(&self.program);
        command.arg("dev").arg("--json").arg("--data").arg(&self.data);
        command.args(["--port", &self.port.to_string(), "--no-limits"]);
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log.expect("a log file"))
            .kill_on_drop(true);
        let mut child = command.spawn().expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("it was asked for"));
        Program { child, stdout, log: self.data.join("server.log") }
    }
}

/// A running server; killed when dropped.
pub struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    log: PathBuf,
}

impl Program {
    /// Waits for the line that says it is ready.
    ///
    /// # Panics
    ///
    /// If it does not become ready.
    pub async fn ready(&mut self) -> Value {
        let mut line = String::new();
        let read = tokio::time::timeout(PATIENCE, self.stdout.read_line(&mut line)).await;
        read.expect("the server becomes ready in time").expect("the server prints text");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("not ready: {line}{}", self.log()))
    }

    /// What it and its predecessors logged.
    fn log(&self) -> String {
        #[expect(clippy::disallowed_methods, reason = "a test says why it failed")]
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// SIGKILL: it has no chance to do anything more.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("our own child can be killed");
    }

    /// SIGTERM, as a service manager sends it; says whether it ended well.
    pub async fn stop(mut self) -> bool {
        let id = self.child.id().expect("it runs").to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status().await;
        assert!(told.is_ok_and(|status| status.success()), "the server had ended before it was told to");
        tokio::time::timeout(PATIENCE, self.child.wait())
            .await
            .is_ok_and(|end| end.is_ok_and(|s| s.success()))
    }
}

/// Cargo knows best whether there is anything to do, unless `BONAFIDE_PROGRAM` names a program that is ready.
fn build() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "whoever measures another build says where it is")]
    if let Some(program) = std::env::var_os("BONAFIDE_PROGRAM") {
        return program.into();
    }
    let mut cargo = std::process::Command::new(env!("CARGO"));
    // The whole workspace's features, not the server's own: what the tests were linked with is then not built twice.
    cargo.args(["build", "--quiet", "--workspace", "--bin", "bonafide"]);
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    if profile == "release" {
        cargo.arg("--release");
    }
    assert!(cargo.status().is_ok_and(|status| status.success()), "the program does not compile");
    // We are target/PROFILE/{deps,examples}/NAME ourselves.
    let ourselves = std::env::current_exe().expect("a running program has a path");
    let folder = ourselves.ancestors().find(|folder| folder.ends_with(profile));
    folder.expect("we were built by cargo").join("bonafide")
}
