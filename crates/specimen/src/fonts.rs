//! The typefaces of a document, parsed from bytes that the caller read.

use ab_glyph::FontVec;

/// The three faces that pages are set in.
///
/// Debian has them as `fonts-ocr-b` (`/usr/share/fonts/opentype/ocr-b/OCRB.otf`) and `fonts-dejavu-core`
/// (`/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf`, `DejaVuSans-Bold.ttf`). The text faces need Latin with all
/// its diacritics, and Greek.
pub struct Fonts {
    pub(crate) ocr_b: FontVec,
    pub(crate) text: FontVec,
    pub(crate) text_bold: FontVec,
}

/// The bytes are not an OpenType or TrueType font.
#[derive(Debug, thiserror::Error)]
#[error("the {face} font cannot be read")]
pub struct FontUnreadable {
    pub face: &'static str,
    source: ab_glyph::InvalidFont,
}

impl Fonts {
    /// Takes whole font files.
    pub fn parse(ocr_b: Vec<u8>, text: Vec<u8>, text_bold: Vec<u8>) -> Result<Fonts, FontUnreadable> {
        let parse =
            |face, bytes| FontVec::try_from_vec(bytes).map_err(|source| FontUnreadable { face, source });
        Ok(Fonts {
            ocr_b: parse("OCR-B", ocr_b)?,
            text: parse("text", text)?,
            text_bold: parse("bold text", text_bold)?,
        })
    }
}
