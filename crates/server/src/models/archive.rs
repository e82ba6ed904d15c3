//! Packages, fetched and unpacked by the machine's own pip, npm and Python. Nothing of them is run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use super::manifest::{Form, Package};
use super::sha256;
use crate::data::read_bytes;

/// Fetches the package's archive into `folder`, unless it lies there from an earlier, interrupted time.
pub(crate) fn fetch(package: &Package, folder: &Path) -> anyhow::Result<PathBuf> {
    let archive = folder.join(&package.archive);
    if is_whole(package, &archive) {
        println!("  {} is here already", package.archive);
        return Ok(archive);
    }
    let mut command = client(package, folder);
    let program = command.get_program().to_string_lossy().into_owned();
    let status =
        command.status().with_context(|| format!("{program} cannot be started; is it installed?"))?;
    ensure!(
        status.success(),
        "{program} could not fetch {} {} ({status}); its own message stands above. On a machine without a network, \
         copy {} there and use `bonafide models pull --from FOLDER`",
        package.name,
        package.version,
        package.archive
    );
    ensure!(archive.exists(), "{program} fetched another file than {}", package.archive);
    check(package, &archive)?;
    Ok(archive)
}

fn client(package: &Package, folder: &Path) -> Command {
    let (name, version) = (&package.name, &package.version);
    if package.form == Form::NpmPackage {
        let mut npm = Command::new("npm");
        npm.args(["pack", "--silent", &format!("{name}@{version}"), "--pack-destination"]).arg(folder);
        return npm;
    }
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--no-deps", "--disable-pip-version-check"]);
    pip.arg(if package.form == Form::Wheel { "--only-binary=:all:" } else { "--no-binary=:all:" });
    pip.arg("--dest").arg(folder).arg(format!("{name}=={version}"));
    pip
}

/// Refuses an archive whose bytes are not the ones that the manifest was written for.
pub(crate) fn check(package: &Package, archive: &Path) -> anyhow::Result<()> {
    let found = sha256(&read_bytes(archive)?);
    if found != package.sha256 {
        bail!(
            "{} is not the file that was expected: its SHA-256 is {found}, not {}",
            archive.display(),
            package.sha256
        );
    }
    Ok(())
}

fn is_whole(package: &Package, archive: &Path) -> bool {
    archive.exists() && check(package, archive).is_ok()
}

/// Unpacks a checked archive with Python, which every machine with pip has.
pub(crate) fn unpack(archive: &Path, into: &Path) -> anyhow::Result<()> {
    let zipped = archive.extension().is_some_and(|extension| extension == "whl" || extension == "zip");
    let module = if zipped { "zipfile" } else { "tarfile" };
    let mut python = Command::new("python3");
    python.args(["-m", module, "-e"]).arg(archive).arg(into);
    let output = python.output().context("python3 cannot be started; is it installed?")?;
    ensure!(
        output.status.success(),
        "{} cannot be unpacked: {}",
        archive.display(),
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(())
}
