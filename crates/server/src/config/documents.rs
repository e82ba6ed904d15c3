//! Section `[documents]`.

use std::path::PathBuf;

use anyhow::Context;
use engine::documents::Table;
use serde::{Deserialize, Serialize};
use vision::text::Reader;

use crate::data::read_text;
use crate::models::Folder;

/// What documents are read with.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Documents {
    /// The folder of the neural networks that `bonafide models pull --models` filled.
    #[serde(default)]
    pub(crate) models: Option<PathBuf>,
    /// More supported documents, in the form of `crates/document/src/types/documents.toml`.
    #[serde(default)]
    pub(crate) table: Option<PathBuf>,
}

impl Documents {
    /// The program's table of supported documents with the operator's own.
    pub(crate) fn table(&self) -> anyhow::Result<Table> {
        let built_in = Table::built_in();
        let Some(path) = &self.table else { return Ok(built_in) };
        built_in.extended(&read_text(path)?).with_context(|| format!("in {}", path.display()))
    }

    /// The reader of print, or a word in the log why there is none.
    pub(crate) fn text_reader(&self) -> Option<Reader> {
        let Some(path) = &self.models else {
            tracing::warn!("[documents] models is not set: documents are read by zone and barcode alone");
            return None;
        };
        let folder = Folder::at(path.clone());
        if let Some(lack) = folder.lack() {
            tracing::warn!(folder = %path.display(), "neural networks are missing ({lack})");
        }
        folder.text_reader()
    }
}
