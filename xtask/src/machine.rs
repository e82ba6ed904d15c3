//! What a fresh machine lacks: Debian packages, installed by the machine's own package manager.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::bail;

use crate::steps::run;

/// A package and how to see that it is there.
struct Package {
    name: &'static str,
    purpose: &'static str,
    present: fn() -> bool,
}

const PACKAGES: [Package; 5] = [
    Package {
        name: "postgresql",
        purpose: "the second database of every storage test",
        present: || newest_postgresql().is_some(),
    },
    Package {
        name: "chromium",
        purpose: "the browser of the demo and the page tests",
        present: || Path::new("/usr/bin/chromium").exists(),
    },
    Package {
        name: "fonts-ocr-b",
        purpose: "the typeface of machine-readable zones",
        present: || Path::new("/usr/share/fonts/opentype/ocr-b/OCRB.otf").exists(),
    },
    Package {
        name: "fonts-dejavu-core",
        purpose: "the typeface of synthetic documents",
        present: || Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf").exists(),
    },
    Package {
        name: "python3-venv",
        purpose: "an environment for the FastAPI receiver",
        // Python from elsewhere than Debian brings it along.
        present: || {
            Command::new("python3").args(["-c", "import ensurepip"]).status().is_ok_and(|done| done.success())
        },
    },
];

/// Installs one more package, for a measurement only.
pub(crate) fn add(name: &str) -> anyhow::Result<()> {
    run(&mut as_root(&["apt-get", "update", "-qq"]))?;
    let mut install = as_root(&["apt-get", "install", "-y", "-qq", "--no-install-recommends", name]);
    run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// The folder of the newest installed PostgreSQL's programs.
fn newest_postgresql() -> Option<std::path::PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut folders: Vec<_> = versions.flatten().map(|version| version.path().join("bin")).collect();
    folders.retain(|folder| folder.join("initdb").exists());
    folders.sort();
    folders.pop()
}

/// Installs what is missing; says what is there.
pub(crate) fn set_up() -> anyhow::Result<()> {
    for program in ["node", "npm", "python3"] {
        if !answers(program) {
            bail!("{program} is missing; install Node.js 20 or newer and Python 3.11 or newer first");
        }
    }
    let missing: Vec<&Package> = PACKAGES.iter().filter(|package| !(package.present)()).collect();
    for package in &PACKAGES {
        let state = if (package.present)() { "is there" } else { "will be installed" };
        println!("  {:<18} {state}: {}", package.name, package.purpose);
    }
    if missing.is_empty() {
        return Ok(());
    }
    if !answers("apt-get") {
        let names: Vec<_> = missing.iter().map(|package| package.name).collect();
        bail!("no apt-get here; install these by hand: {}", names.join(", "));
    }
    run(&mut as_root(&["apt-get", "update", "-qq"]))?;
    let mut install = vec!["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
    install.extend(missing.iter().map(|package| package.name));
    run(as_root(&install).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn as_root(arguments: &[&str]) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let (program, rest) = if root { (arguments[0], &arguments[1..]) } else { ("sudo", arguments) };
    let mut command = Command::new(program);
    command.args(rest);
    command
}

/// Whether a program can be started.
pub(crate) fn answers(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
