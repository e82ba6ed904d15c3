//! The main job, from nothing: a synthetic passport goes in through a real browser, a signed webhook comes out.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::Value;

use crate::steps::{Steps, cargo, command, output, root, run};
use crate::{machine, models, web};

/// Options of the demonstration.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Stop when it is done instead of serving on.
    #[arg(long)]
    once: bool,
    /// Port on 127.0.0.1.
    #[arg(long, default_value_t = 4800)]
    port: u16,
}

/// How much a verification tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// A table of what happened, with links.
    Everything,
    /// One line.
    Briefly,
}

impl Demo {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let mut steps = Steps::new(7);
        steps.step("Set up the machine", machine::set_up)?;
        steps.step("Build the web pages", web::build)?;
        let program = steps.step("Build Bonafide", build)?;
        steps.step("Fetch the models", || {
            models::fetch_if_possible(&program);
            Ok(())
        })?;
        let film = steps.step("Make a synthetic passport and a film of it", || specimen(&program))?;
        let data = root().join("target/demo/data");
        let mut server = steps.step("Start Bonafide", || Server::start(&program, &data, self.port, &[]))?;
        steps.step("Verify the passport in a real browser", || verify(&server, &film, Show::Everything))?;
        steps.table();
        if self.once {
            return server.stop();
        }
        println!(
            "\n  Bonafide goes on serving at {}; Ctrl-C stops it.",
            server.ready["base_url"].as_str().unwrap_or("")
        );
        server.child.wait()?;
        Ok(())
    }
}

/// The same once, on a free port and in a fresh folder, as a check.
pub(crate) fn verify_once(show: Show) -> anyhow::Result<()> {
    let program = build()?;
    let film = specimen(&program)?;
    let data = root().join("target/demo/check");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let mut server = Server::start(&program, &data, 0, &[])?;
    verify(&server, &film, show)?;
    server.stop()
}

pub(crate) fn build() -> anyhow::Result<PathBuf> {
    // With the features of the whole workspace, so that `cargo xtask test` compiles each crate once.
    run(&mut cargo(&["build", "--workspace", "--bin", "bonafide"]))?;
    let metadata: Value =
        serde_json::from_str(&output(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))?)?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target directory")?;
    Ok(Path::new(target).join("debug/bonafide"))
}

/// The folder with the passport's picture, truth and film.
pub(crate) fn specimen(program: &Path) -> anyhow::Result<PathBuf> {
    let folder = root().join("target/demo/specimen");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let mut specimen = command(program, &["specimen", "--kind", "passport", "--seed", "7", "--y4m", "--out"]);
    run(specimen.arg(&folder))?;
    Ok(folder)
}

/// A running `bonafide dev`. Dropped, it is killed; [`Server::stop`] asks it to end.
pub(crate) struct Server {
    child: Child,
    /// The line that it printed when it was ready.
    pub(crate) ready: Value,
}

impl Server {
    pub(crate) fn start(program: &Path, data: &Path, port: u16, options: &[&str]) -> anyhow::Result<Self> {
        let mut dev = Command::new(program);
        dev.args(["dev", "--json", "--port", &port.to_string(), "--data"]).arg(data);
        dev.arg("--models").arg(models::folder()).args(options);
        let mut child = dev.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().context("the server's output is not piped")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let ready =
            serde_json::from_str(&line).context("the server did not get ready; its messages are above")?;
        Ok(Self { child, ready })
    }

    /// Ends it as Ctrl-C would and expects a clean end.
    pub(crate) fn stop(&mut self) -> anyhow::Result<()> {
        run(&mut command("kill", &["-INT", &self.child.id().to_string()]))?;
        let status = self.child.wait()?;
        if !status.success() {
            bail!("the server ended with {status}");
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the browser.
fn verify(server: &Server, specimen: &Path, show: Show) -> anyhow::Result<()> {
    let mut node = command("node", &["web/demo/verify.mjs"]);
    node.env("BONAFIDE_READY", server.ready.to_string()).env("BONAFIDE_SPECIMEN", specimen);
    if show == Show::Briefly {
        node.env("BONAFIDE_BRIEFLY", "1");
    }
    run(&mut node)
}
