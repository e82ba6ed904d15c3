//! Steps with progress: what runs, how long it took, and how it ended.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root").to_owned()
}

/// A numbered list of steps.
pub(crate) struct Steps {
    total: usize,
    at: usize,
    begin: Instant,
    times: Vec<(String, f64)>,
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { total, at: 0, begin: Instant::now(), times: Vec::new() }
    }

    /// Runs one step under its name.
    pub(crate) fn step<T>(
        &mut self,
        name: &str,
        run: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        self.at += 1;
        println!("\n▸ [{}/{}] {name}", self.at, self.total);
        let begin = Instant::now();
        let done = run().with_context(|| format!("step \"{name}\" failed"))?;
        let seconds = begin.elapsed().as_secs_f64();
        println!("  done in {seconds:.1} s");
        self.times.push((name.to_owned(), seconds));
        Ok(done)
    }

    /// Prints how long each step took.
    pub(crate) fn table(&self) {
        println!("\n  {:<58} seconds", "step");
        for (name, seconds) in &self.times {
            println!("  {name:<58} {seconds:>7.1}");
        }
        println!("  {:<58} {:>7.1}", "in all", self.begin.elapsed().as_secs_f64());
    }
}

/// A command in the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// The cargo that runs us.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    #[expect(clippy::disallowed_methods, reason = "cargo tells its tools where it is")]
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    command(cargo, arguments)
}

/// Runs a command with its output shown.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = shown(command);
    let status =
        command.stdin(Stdio::null()).status().with_context(|| format!("{shown} cannot be started"))?;
    if !status.success() {
        bail!("{shown} ended with {status}");
    }
    Ok(())
}

/// Runs a command and hands back what it printed to standard output.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("{shown} cannot be started"))?;
    if !output.status.success() {
        bail!("{shown} ended with {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn shown(command: &Command) -> String {
    let program =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let arguments = command.get_args().map(OsStr::to_string_lossy);
    std::iter::once(program.into()).chain(arguments).collect::<Vec<_>>().join(" ")
}
