//! Other people's readers of documents, for comparison in the same run; installed for a measurement only.

use std::fs;

use crate::machine;
use crate::steps::{command, root, run};

/// The newest of each, as the registry served them when this was written.
const PACKAGES: [&str; 2] = ["PassportEye==2.2.2", "rapidocr-onnxruntime==1.4.4"];

/// An environment with both in `target/peers`, and Tesseract, which the first one calls.
#[expect(clippy::disallowed_methods, reason = "xtask keeps marks of what it installed")]
pub(crate) fn set_up() -> anyhow::Result<()> {
    if !machine::answers("tesseract") {
        machine::add("tesseract-ocr")?;
    }
    let folder = root().join("target/peers");
    let mark = folder.join("installed");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == PACKAGES.join(" ")) {
        return Ok(());
    }
    run(command("python3", &["-m", "venv"]).arg(&folder))?;
    let mut pip = command(folder.join("bin/python"), &["-m", "pip", "install", "--quiet"]);
    run(pip.arg("--disable-pip-version-check").args(PACKAGES))?;
    fs::write(&mark, PACKAGES.join(" "))?;
    Ok(())
}
