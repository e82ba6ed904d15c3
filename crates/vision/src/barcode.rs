//! Barcodes in photographs: PDF417 and Code 128 on licences, QR, Aztec and Data Matrix on visas, seals and papers.
//!
//! A library decodes clean, upright symbols. What it lacks is added here: the search for bars in a picture of a whole
//! card, their deskewing and enlarging, and a fence around the library, which was not written for hostile pictures.
//! The work is bounded by the number of attempts, never by the clock, so that the same picture gives the same answer.

mod bars;
mod library;
mod matrix;
mod patches;

use image::RgbImage;

use crate::geometry::Point;
use crate::pyramid::Pyramid;

/// Kinds of barcode that identity documents carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Symbology {
    /// ISO/IEC 15438: the back of North American licences (AAMVA DL/ID).
    Pdf417,
    /// ISO/IEC 18004.
    Qr,
    /// ISO/IEC 24778.
    Aztec,
    /// ISO/IEC 16022: visible digital seals (ICAO 9303-13).
    DataMatrix,
    /// ISO/IEC 15417.
    Code128,
}

impl Symbology {
    pub const ALL: [Self; 5] = [Self::Pdf417, Self::Qr, Self::Aztec, Self::DataMatrix, Self::Code128];

    /// Whether its modules are bars, which all run one way.
    fn has_bars(self) -> bool {
        matches!(self, Self::Pdf417 | Self::Code128)
    }
}

/// A barcode that was read; its own error correction or check digit holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Barcode {
    pub symbology: Symbology,
    /// What it carries, byte for byte; as UTF-8 where the symbol itself announces a character set beyond Latin-1.
    pub bytes: Vec<u8>,
    /// The same as text: UTF-8 where the bytes are UTF-8, Latin-1 otherwise.
    pub text: String,
    /// Around the symbol, in picture pixels: upper left, upper right, lower right, lower left as the bars stand up,
    /// which may be upside down. Accurate to a few modules.
    pub corners: [Point; 4],
}

/// Reads the barcodes of the wanted kinds, each payload once. Empty where none can be read.
pub fn read(picture: &RgbImage, wanted: &[Symbology]) -> Vec<Barcode> {
    if picture.width() < SMALLEST_SIDE || picture.height() < SMALLEST_SIDE {
        return Vec::new();
    }
    let pyramid = Pyramid::of(picture);
    let (bars, matrices): (Vec<Symbology>, Vec<Symbology>) =
        Symbology::ALL.iter().filter(|kind| wanted.contains(kind)).partition(|kind| kind.has_bars());
    let mut found = Vec::new();
    if !bars.is_empty() {
        bars::read(&pyramid, &bars, &mut found);
    }
    if !matrices.is_empty() {
        matrix::read(&pyramid, &matrices, &mut found);
    }
    found
}

/// No barcode has fewer pixels across.
const SMALLEST_SIDE: u32 = 16;

/// Keeps a barcode unless its payload is known already.
fn keep(found: &mut Vec<Barcode>, barcode: Barcode) {
    let known = |other: &Barcode| other.symbology == barcode.symbology && other.bytes == barcode.bytes;
    if !found.iter().any(known) {
        found.push(barcode);
    }
}
