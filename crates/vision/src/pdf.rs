//! PDF files: what is pictured on a page, what is written on it, and what the file tells of how it was made
//! (ISO 32000-1).
//!
//! Nothing in a file is executed. Streams that grow beyond a limit are found before they are opened, pictures and pages
//! are bounded, and drawings of lines and areas are passed over: of a page its placed pictures and its text are taken.

mod canvas;
mod facts;
mod font;
mod growth;
mod lines;
mod picture;
mod walk;

use hayro_syntax::object::Dict;
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError};

use crate::decode::{Decoded, PictureKind};

pub use facts::Facts;
pub use lines::Line;

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfRefused {
    #[error("the file is encrypted and no password was given")]
    Encrypted,
    #[error("the password does not open the file")]
    WrongPassword,
    #[error("the file is damaged or no PDF")]
    Damaged,
    #[error("the file has no pages")]
    NoPages,
    #[error("the file grows beyond what is opened")]
    TooLarge,
    #[error("the page shows no picture")]
    NoPicture,
}

/// A file that was opened.
pub struct Pdf {
    file: hayro_syntax::Pdf,
}

/// What all streams of a file may come to.
const EXPANDED: u64 = 96 * 1024 * 1024;
/// Pages that are looked at; a file may have more.
const PAGES: usize = 40;

impl Pdf {
    /// Whether bytes begin as such files do; some programs write a few bytes before.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.get(..bytes.len().min(1024)).is_some_and(|start| start.windows(5).any(|five| five == b"%PDF-"))
    }

    /// Opens a file.
    pub fn open(bytes: Vec<u8>, password: Option<&str>) -> Result<Self, PdfRefused> {
        if !Self::is_one(&bytes) {
            return Err(PdfRefused::Damaged);
        }
        if !growth::is_bounded(&bytes, EXPANDED) {
            return Err(PdfRefused::TooLarge);
        }
        let opened = hayro_syntax::Pdf::new_with_password(bytes, password.unwrap_or_default());
        let file = opened.map_err(|error| match (error, password) {
            (LoadPdfError::Decryption(DecryptionError::PasswordProtected), Some(_)) => {
                PdfRefused::WrongPassword
            }
            (LoadPdfError::Decryption(_), _) => PdfRefused::Encrypted,
            (LoadPdfError::Invalid, _) => PdfRefused::Damaged,
        })?;
        if file.pages().is_empty() {
            return Err(PdfRefused::NoPages);
        }
        growth::check_streams(&file, EXPANDED)?;
        Ok(Self { file })
    }

    /// Pages that are looked at.
    pub fn page_count(&self) -> usize {
        self.file.pages().len().min(PAGES)
    }

    /// The pictures on a page, put together as they lie there on white.
    pub fn picture(&self, page: usize) -> Result<Decoded, PdfRefused> {
        let page = self.page(page).ok_or(PdfRefused::NoPages)?;
        let pixels = canvas::draw(page).ok_or(PdfRefused::NoPicture)?;
        Ok(Decoded { kind: PictureKind::Png, pixels })
    }

    /// The text of a page, line by line from the top.
    pub fn lines(&self, page: usize) -> Vec<Line> {
        self.page(page).map(lines::of).unwrap_or_default()
    }

    /// What the file tells of itself.
    pub fn facts(&self) -> Facts {
        facts::of(&self.file, (0..self.page_count()).filter_map(|page| self.page(page)))
    }

    fn page(&self, page: usize) -> Option<&Page<'_>> {
        self.file.pages().get(page).filter(|_| page < PAGES)
    }
}

/// The entry of a dictionary that other dictionaries refer to by this key.
fn dict<'a>(of: &Dict<'a>, key: &[u8]) -> Option<Dict<'a>> {
    of.get::<Dict<'_>>(key)
}
