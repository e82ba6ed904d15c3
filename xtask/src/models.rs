//! The neural networks that are not part of the repository, fetched once for every demonstration and test.

use std::path::{Path, PathBuf};

use crate::steps::{command, root, run};

/// Where they lie.
pub(crate) fn folder() -> PathBuf {
    root().join("target/models")
}

/// Fetches what is missing, by the program itself.
pub(crate) fn fetch(program: &Path) -> anyhow::Result<()> {
    run(command(program, &["models", "pull", "--models"]).arg(folder()))
}

/// The same where it is no misfortune to be without: checks that need a missing network do not run.
pub(crate) fn fetch_if_possible(program: &Path) {
    if let Err(error) = fetch(program) {
        println!("  going on without models: {error:#}");
    }
}
