//! Packages of the example receivers, kept under `target/receivers`.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use super::Program;

/// Installs what `program` needs unless that has been done for the same list of packages, and
/// gives back the command that runs it.
pub(super) fn install(program: Program) -> Command {
    let (name, list) = match program {
        Program::Express => ("express", "package-lock.json"),
        Program::FastApi => ("fastapi", "requirements.txt"),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let source = root.join("examples/receivers").join(name);
    let folder = root.join("target/receivers").join(name);
    fs::create_dir_all(&folder).expect("target/ can be written");
    // Several test processes may come here at once.
    let lock = File::create(folder.join("lock")).expect("target/ can be written");
    lock.lock().expect("files can be locked");
    let mark = folder.join("installed");
    let wanted = text(&source.join(list));
    if text(&mark) != wanted {
        match program {
            Program::Express => npm_install(&source, &folder),
            Program::FastApi => pip_install(&source, &folder),
        }
        fs::copy(source.join(list), mark).expect("target/ can be written");
    }
    command(program, source, &folder)
}

fn command(program: Program, source: PathBuf, folder: &Path) -> Command {
    let mut command = match program {
        Program::Express => {
            let mut node = Command::new("node");
            node.arg("server.js").env("NODE_PATH", folder.join("node_modules"));
            node
        }
        Program::FastApi => {
            let mut python = Command::new(folder.join(".venv/bin/python"));
            python.arg("main.py").env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUNBUFFERED", "1");
            python
        }
    };
    command.current_dir(source);
    command
}

fn npm_install(source: &Path, folder: &Path) {
    for file in ["package.json", "package-lock.json"] {
        fs::copy(source.join(file), folder.join(file)).expect("target/ can be written");
    }
    succeed(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder));
}

fn pip_install(source: &Path, folder: &Path) {
    succeed(Command::new("python3").args(["-m", "venv", "--clear", ".venv"]).current_dir(folder));
    let mut pip = Command::new(folder.join(".venv/bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    succeed(pip.arg(source.join("requirements.txt")));
}

fn succeed(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {said}");
}

/// The file's content, empty if there is none.
fn text(file: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "the test harness reads lists of packages")]
    fs::read_to_string(file).unwrap_or_default()
}
