//! python-stdnum in a virtual environment of its own, asked line by line.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The release that is compared with.
pub(crate) const VERSION: &str = "2.2";

/// Reads `module<tab>value` and answers 1 or 0. Two modules leave check digits out unless told otherwise.
const SCRIPT: &str = "
import importlib, sys
known = {}
for line in sys.stdin:
    name, value = line.rstrip('\\n').split('\\t')
    module = known.setdefault(name, importlib.import_module('stdnum.' + name))
    try:
        if name == 'mx.rfc':
            module.validate(value, validate_check_digits=True)
        else:
            module.validate(value)
        print(1)
    except Exception:
        print(0)
";

/// Whether each value is valid, in their opinion.
pub(crate) fn ask(questions: &[(&str, &str)]) -> Vec<bool> {
    let mut child = Command::new(environment().join("bin/python"))
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let lines: String = questions.iter().flat_map(|(module, value)| [module, "\t", value, "\n"]).collect();
    let mut input = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("Python ends");
    writer.join().expect("a writer").expect("Python reads");
    let answers: Vec<bool> =
        String::from_utf8_lossy(&output.stdout).lines().map(|line| line.trim() == "1").collect();
    assert_eq!(answers.len(), questions.len(), "an answer to each question");
    answers
}

/// The environment, made on the first run.
fn environment() -> PathBuf {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/stdnum"));
    if !path.join("bin/python").exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&path).status();
        assert!(made.is_ok_and(|status| status.success()), "python3 -m venv");
        let package = format!("python-stdnum=={VERSION}");
        let installed = Command::new(path.join("bin/pip")).args(["install", "--quiet", &package]).status();
        assert!(installed.is_ok_and(|status| status.success()), "pip install {package}");
    }
    path
}
