//! The folder of an installation: master key, database, objects.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// A folder that this process has made or found.
#[derive(Debug, Clone)]
pub(crate) struct DataFolder {
    path: PathBuf,
    /// Held while the process lives: two servers on one folder would undo one another's work.
    _lock: std::sync::Arc<fs::File>,
}

impl DataFolder {
    /// Opens the folder, making it if need be. Only its owner may enter a folder made here.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        for folder in [path.to_owned(), path.join("blobs"), path.join("outbox")] {
            make_private(&folder)
                .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        }
        let lock = fs::File::create(path.join("lock"))?;
        if lock.try_lock().is_err() {
            bail!("another server works in {}; stop it or use another folder", path.display());
        }
        Ok(Self { path: path.canonicalize()?, _lock: std::sync::Arc::new(lock) })
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The master key of this folder; made at the first start.
    pub(crate) fn master_key(&self) -> anyhow::Result<[u8; 32]> {
        let path = self.path("master.key");
        if !path.exists() {
            write_private(&path, hex::encode(rand::random::<[u8; 32]>()).as_bytes())?;
        }
        read_master_key(&path)
    }
}

/// Reads a master key: 64 hexadecimal digits.
pub(crate) fn read_master_key(path: &Path) -> anyhow::Result<[u8; 32]> {
    let text = read_text(path)?;
    parse_master_key(&text).with_context(|| format!("in {}", path.display()))
}

/// A master key from its text.
pub(crate) fn parse_master_key(text: &str) -> anyhow::Result<[u8; 32]> {
    let Ok(bytes) = hex::decode(text.trim()) else { bail!("the master key is not hexadecimal") };
    bytes.try_into().map_err(|_| anyhow::anyhow!("the master key has not 64 hexadecimal digits"))
}

/// The text of a file, or an error that names it.
#[expect(clippy::disallowed_methods, reason = "the binary reads configuration and keys")]
pub(crate) fn read_text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The bytes of a file, or an error that names it.
#[expect(clippy::disallowed_methods, reason = "the binary reads what the command line names")]
pub(crate) fn read_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Writes a file that only its owner may read; whole or not at all.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let unfinished = path.with_extension("new");
    let mut file =
        fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path).with_context(|| format!("{} cannot be written", path.display()))
}

fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
