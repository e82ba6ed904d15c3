//! The fence around the barcode library: pictures within limits go in, payloads come out, panics stay inside.

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::GrayImage;
use rxing::aztec::AztecReader;
use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::datamatrix::DataMatrixReader;
use rxing::oned::Code128Reader;
use rxing::pdf417::PDF417Reader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, Luma8LuminanceSource, RXingResult, Reader};

use super::Symbology;
use crate::geometry::Point;

/// A picture beyond this is not given to the library: it copies the picture several times.
const MOST_PIXELS: u64 = 12_000_000;

/// How grey becomes black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Threshold {
    /// Block by block: uneven light.
    Local,
    /// One for all: small or blurred bars.
    Global,
}

/// What the library read, with places in pixels of the picture it was given.
pub(super) struct Payload {
    pub(super) bytes: Vec<u8>,
    pub(super) text: String,
    pub(super) points: Vec<Point>,
}

/// Looks for one symbol of one kind.
pub(super) fn decode(picture: &GrayImage, symbology: Symbology, threshold: Threshold) -> Option<Payload> {
    let (width, height) = picture.dimensions();
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    // The library indexes without checks here and there; a picture that makes it panic is one it cannot read.
    catch_unwind(AssertUnwindSafe(|| {
        let source = Luma8LuminanceSource::new(picture.as_raw().clone(), width, height).ok()?;
        let result = match threshold {
            Threshold::Local => read(HybridBinarizer::new(source), symbology),
            Threshold::Global => read(GlobalHistogramBinarizer::new(source), symbology),
        };
        payload(&result?, symbology)
    }))
    .ok()
    .flatten()
}

fn read(binarizer: impl Binarizer, symbology: Symbology) -> Option<RXingResult> {
    let mut picture = BinaryBitmap::new(binarizer);
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some([format(symbology)].into()),
        // Bytes come through unchanged as Latin-1.
        CharacterSet: Some("ISO-8859-1".to_owned()),
        ..DecodeHints::default()
    };
    match symbology {
        Symbology::Pdf417 => PDF417Reader::new().decode_with_hints(&mut picture, &hints),
        Symbology::Qr => QrReader.decode_with_hints(&mut picture, &hints),
        Symbology::Aztec => AztecReader.decode_with_hints(&mut picture, &hints),
        Symbology::DataMatrix => DataMatrixReader.decode_with_hints(&mut picture, &hints),
        Symbology::Code128 => Code128Reader.decode_with_hints(&mut picture, &hints),
    }
    .ok()
}

fn format(symbology: Symbology) -> BarcodeFormat {
    match symbology {
        Symbology::Pdf417 => BarcodeFormat::PDF_417,
        Symbology::Qr => BarcodeFormat::QR_CODE,
        Symbology::Aztec => BarcodeFormat::AZTEC,
        Symbology::DataMatrix => BarcodeFormat::DATA_MATRIX,
        Symbology::Code128 => BarcodeFormat::CODE_128,
    }
}

fn payload(result: &RXingResult, symbology: Symbology) -> Option<Payload> {
    // Readers for one kind may find a relative, such as Micro QR.
    if *result.getBarcodeFormat() != format(symbology) || result.getText().is_empty() {
        return None;
    }
    let bytes = match symbology {
        Symbology::Qr => result.getRawBytes().to_vec(),
        _ => bytes_of(result.getText()),
    };
    let points = result.getPoints().iter().map(|point| Point::new(point.x, point.y)).collect();
    Some(Payload { text: text_of(&bytes), bytes, points })
}

/// The library hands bytes out as Latin-1 text; a symbol that announces another character set, as that.
fn bytes_of(text: &str) -> Vec<u8> {
    let latin: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    latin.unwrap_or_else(|| text.as_bytes().to_vec())
}

pub(super) fn text_of(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned)
}
