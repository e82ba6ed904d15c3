//! Section `[documents]`.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use vision::text::Reader;

use crate::models::Folder;

/// What documents are read with.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Documents {
    /// The folder of the neural networks that `bonafide models pull --models` filled.
    #[serde(default)]
    pub(crate) models: Option<PathBuf>,
}

impl Documents {
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
