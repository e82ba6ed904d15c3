//! Builds the web pages that the server embeds.

use std::process::Command;

use crate::steps::{command, root, run};

/// `npm ci` when the lockfile changed, then the build.
pub(crate) fn build() -> anyhow::Result<()> {
    install()?;
    run(&mut npm(&["run", "--silent", "build"]))
}

/// Installs the packages of the lockfile, unless they are there already.
pub(crate) fn install() -> anyhow::Result<()> {
    let web = root().join("web");
    let installed =
        std::fs::metadata(web.join("node_modules/.package-lock.json")).and_then(|file| file.modified());
    let locked = std::fs::metadata(web.join("package-lock.json")).and_then(|file| file.modified());
    if let (Ok(installed), Ok(locked)) = (installed, locked)
        && installed >= locked
    {
        println!("  packages are there");
        return Ok(());
    }
    run(&mut npm(&["ci", "--no-audit", "--no-fund"]))
}

/// npm in `web/`.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut npm = command("npm", arguments);
    npm.current_dir(root().join("web"));
    npm
}
