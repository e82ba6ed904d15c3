//! The folder of the neural networks that are fetched: what belongs there, and what is there.

pub(crate) mod archive;
pub(crate) mod manifest;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};
use vision::text::Reader;

use crate::data::read_bytes;
use manifest::{File, Manifest};

/// Where networks lie; it need not exist.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
}

/// What was found in a network's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Present,
    Missing,
    /// There is a file, but not this one.
    Damaged,
}

impl Folder {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// The folder of an installation whose data is kept here.
    pub(crate) fn of_data(data: &Path) -> Self {
        Self::at(data.join("models"))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file is there and is the one that the manifest means, to the last bit.
    pub(crate) fn state(&self, file: &File) -> State {
        match read_bytes(&self.path.join(&file.name)) {
            Err(_) => State::Missing,
            Ok(bytes) if file.sha256 == sha256(&bytes) => State::Present,
            Ok(_) => State::Damaged,
        }
    }

    /// The bytes of a network. None if it is missing or damaged: then the check that needs it does not run.
    pub(crate) fn read(&self, name: &str) -> Option<Vec<u8>> {
        let manifest = Manifest::committed();
        let file = manifest.file(name)?;
        read_bytes(&self.path.join(name)).ok().filter(|bytes| sha256(bytes) == file.sha256)
    }

    /// Puts a file into its place, whole or not at all, unless its bytes are others than the manifest's.
    pub(crate) fn put(&self, file: &File, bytes: &[u8]) -> anyhow::Result<()> {
        let found = sha256(bytes);
        anyhow::ensure!(
            found == file.sha256,
            "{} is not the file that was expected: its SHA-256 is {found}, not {}",
            file.path,
            file.sha256
        );
        let place = self.path.join(&file.name);
        let unfinished = place.with_extension("new");
        let mut writer = std::fs::File::create(&unfinished)
            .with_context(|| format!("{} cannot be written", unfinished.display()))?;
        writer.write_all(bytes)?;
        writer.sync_all()?;
        std::fs::rename(&unfinished, &place).with_context(|| format!("{} cannot be written", place.display()))
    }

    /// The reader of print, if its networks are there.
    pub(crate) fn text_reader(&self) -> Option<Reader> {
        let [detector, recogniser, classifier] =
            ["pp-ocrv4-det.onnx", "pp-ocrv4-rec.onnx", "pp-ocr-cls.onnx"].map(|name| self.read(name));
        match Reader::load(detector?, recogniser?, classifier?) {
            Ok(reader) => Some(reader),
            Err(error) => {
                tracing::error!(%error, "print cannot be read: document checks will not read printed fields");
                None
            }
        }
    }

    /// Networks that are missing or damaged, or nothing to say.
    pub(crate) fn lack(&self) -> Option<String> {
        let manifest = Manifest::committed();
        let lacking: Vec<&str> = manifest
            .files()
            .filter(|(_, file)| self.state(file) != State::Present)
            .map(|(_, file)| file.purpose.as_str())
            .collect();
        (!lacking.is_empty()).then(|| lacking.join("; "))
    }
}

/// In hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
