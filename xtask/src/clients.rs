//! Other people's clients of the hosted service, unmodified, against a server of ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::demo::{self, Server};
use crate::steps::{command, root, run};

/// Installs the clients, starts a server in a fresh folder and runs every program of `clients/`.
pub(crate) fn run_all() -> anyhow::Result<()> {
    let python = install()?;
    let program = demo::build()?;
    let film = demo::specimen(&program)?;
    let data = root().join("target/clients/data");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let mut server = Server::start(&program, &data, 0, &[])?;
    let ready = server.ready.to_string();
    let with =
        |mut program: Command| run(program.env("BONAFIDE_READY", &ready).env("BONAFIDE_SPECIMEN", &film));
    with(command("node", &["clients/web.mjs"]))?;
    with(command("node", &["clients/node.mjs"]))?;
    with(command(&python, &["clients/python_client.py"]))?;
    server.stop()?;
    conformance(&program, &python)
}

/// Thousands of generated requests, so without the rate limits that they would run into.
fn conformance(program: &Path, python: &Path) -> anyhow::Result<()> {
    let data = root().join("target/clients/conformance");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let mut server = Server::start(program, &data, 0, &["--no-limits"])?;
    let ready = server.ready.to_string();
    for document in ["vendor", "own"] {
        run(command(python, &["clients/conformance.py", document]).env("BONAFIDE_READY", &ready))?;
    }
    server.stop()
}

/// Fetches the packages with their own programs, again only when a list of them changed. Gives back the Python that has
/// them.
fn install() -> anyhow::Result<PathBuf> {
    let folder = root().join("target/clients");
    fs::create_dir_all(&folder)?;
    let python = folder.join(".venv/bin/python");
    let packages = root().join("clients/node_modules");
    fresh(&folder.join("npm"), &root().join("clients/package-lock.json"), &packages, || {
        run(command("npm", &["ci", "--no-audit", "--no-fund", "--silent"])
            .current_dir(root().join("clients")))
    })?;
    fresh(&folder.join("pip"), &root().join("clients/requirements.txt"), &python, || {
        run(command("python3", &["-m", "venv", "--clear"]).arg(folder.join(".venv")))?;
        let mut pip = command(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        run(pip.args(["--requirement", "clients/requirements.txt"]))
    })?;
    Ok(python)
}

/// Does `work`, which makes `made`, unless it was done for this list and still stands.
#[expect(clippy::disallowed_methods, reason = "xtask keeps marks of what it installed")]
fn fresh(
    mark: &Path,
    list: &Path,
    made: &Path,
    work: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let wanted = fs::read_to_string(list).with_context(|| format!("{} is missing", list.display()))?;
    if made.exists() && fs::read_to_string(mark).is_ok_and(|done| done == wanted) {
        return Ok(());
    }
    work()?;
    Ok(fs::write(mark, wanted)?)
}
