//! What each source file owes its reader, and what no file may hold.

use std::path::PathBuf;

use crate::steps::{command, output, root};

/// A Rust file of ours: its path from the root and its text.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

/// Names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "common", "manager", "misc"];

/// Every Rust file that git tracks or will track.
pub(super) fn rust_files() -> anyhow::Result<Vec<Source>> {
    tracked("*.rs")?.into_iter().map(|path| Ok(Source { text: read(&path)?, path })).collect()
}

fn tracked(pattern: &str) -> anyhow::Result<Vec<String>> {
    let listed =
        output(&mut command("git", &["ls-files", "--cached", "--others", "--exclude-standard", pattern]))?;
    Ok(listed.lines().filter(|path| root().join(path).exists()).map(str::to_owned).collect())
}

#[expect(clippy::disallowed_methods, reason = "tidy reads the sources")]
fn read(path: &str) -> anyhow::Result<String> {
    Ok(std::fs::read_to_string(root().join(path))?)
}

/// A first sentence in each module, and names that say something.
pub(super) fn check(files: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files {
        let stem = PathBuf::from(&file.path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if EMPTY_NAMES.contains(&stem.as_str()) || stem == "mod" {
            breaches.push(format!("{}: a module's name says what it is about", file.path));
        }
        let test = stem == "tests" || file.path.contains("/tests/") || file.path.contains("fuzz/");
        if !test && !file.text.trim_start().starts_with("//!") {
            breaches.push(format!("{}: a module begins with a sentence about itself", file.path));
        }
        if file.text.contains(concat!("#[", "allow(")) {
            breaches.push(format!("{}: use #[expect(…, reason = \"…\")]", file.path));
        }
    }
    breaches
}

/// Lockfiles and settings name no registry host, so that the repository installs from any mirror.
pub(super) fn registry_hosts() -> anyhow::Result<Vec<String>> {
    let mut breaches = Vec::new();
    for pattern in ["*package-lock.json", "*.npmrc", "*requirements*.txt", "*.cargo/config.toml"] {
        for path in tracked(pattern)? {
            let text = read(&path)?;
            if text.contains("\"resolved\": \"http")
                || text.contains("registry=")
                || text.contains("index-url")
            {
                breaches.push(format!("{path}: names a registry host"));
            }
        }
    }
    Ok(breaches)
}

/// A document that says which test would fail names tests that exist: every `crates/…: name` of it.
pub(super) fn named_tests(document: &str, files: &[Source]) -> anyhow::Result<Vec<String>> {
    let mut breaches = Vec::new();
    let text = read(document)?;
    let quoted = text.split('`').skip(1).step_by(2);
    for (path, test) in quoted.filter_map(|quote| quote.split_once(": ")) {
        let there = match files.iter().find(|file| file.path == path) {
            Some(file) => file.text.contains(&format!("fn {test}(")),
            // Not a Rust file: a program of `clients/`, say, that names what it checks.
            None => read(path).is_ok_and(|text| text.contains(test)),
        };
        if !there {
            breaches.push(format!("{document}: there is no {test} in {path}"));
        }
    }
    Ok(breaches)
}
