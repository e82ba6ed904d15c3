//! Looks at one picture of a document: opens the file, finds the document and lays it flat, and reads what it shows. The
//! pictures that are kept have nothing of what the camera wrote beside the pixels. On a thread of its own, a bounded
//! number at once.

use document::aamva::{self, Licence};
use document::mrz::{self, Resolved};
use document::printed::TextLine;
use image::RgbImage;
use jiff::civil::Date;
use serde_json::{Value, json};
use vision::barcode::{self, Barcode, Symbology};
use vision::document::{Outline, find_around, flatten};
use vision::pdf::{Pdf, PdfRefused};
use vision::quality::{self, Quality};
use vision::recapture::{self, Cues};
use vision::text::{self, quarter_turns};
use vision::{Decoded, Limits, STORED_SIDE, Unreadable, Upload, read_mrz};
use zeroize::Zeroizing;

use super::id_verification::Side;
use super::media::Media;
use crate::Engine;

/// A file as it was sent.
pub(crate) struct SentFile {
    /// Its bytes.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    /// Opens an encrypted PDF.
    pub(crate) password: Option<String>,
}

/// What a picture came to.
#[derive(Default)]
pub(crate) struct Seen {
    reading: Option<Resolved>,
    licence: Option<Licence>,
    barcodes: Vec<Barcode>,
    /// The whole picture, upright.
    whole: Option<Vec<u8>>,
    /// The document laid flat.
    flat: Option<Vec<u8>>,
    is_cut_off: bool,
    quality: Option<Quality>,
    cues: Option<Cues>,
    /// Nothing where print is not read.
    lines: Option<Vec<TextLine>>,
}

/// Why a file shows nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unseen {
    /// It is no picture.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// It is a PDF that does not open, or without a picture.
    #[error(transparent)]
    Pdf(#[from] PdfRefused),
    /// A defect of ours, which is no finding about the person's document.
    #[error("looking at a picture failed")]
    Broken,
    /// The networks for print are missing.
    #[error("print is not read on this installation: the networks for it are missing")]
    NoPrint,
    /// The networks could not be loaded.
    #[error("the reader for machine-readable zones could not be loaded")]
    NoReader,
}

/// Opens and reads a picture.
pub(crate) async fn look(engine: &Engine, file: SentFile, today: Date) -> Result<Seen, Unseen> {
    if engine.reader.is_none() {
        return Err(Unseen::NoReader);
    }
    let _place = engine.pictures().acquire().await;
    let engine = engine.clone();
    let looked = tokio::task::spawn_blocking(move || {
        let picture = open(&file)?;
        Ok(see(&engine, &picture, today))
    });
    looked.await.unwrap_or_else(|panic| {
        tracing::error!(%panic, "looking at a picture failed");
        Err(Unseen::Broken)
    })
}

/// A picture, or what is pictured on the first page of a PDF.
fn open(file: &SentFile) -> Result<Decoded, Unseen> {
    if Pdf::is_one(&file.bytes) {
        let password = file.password.as_deref().filter(|password| !password.is_empty());
        return Ok(Pdf::open(file.bytes.to_vec(), password)?.picture(0)?);
    }
    Ok(Upload::new(&file.bytes).decode(Limits::default())?)
}

fn see(engine: &Engine, picture: &Decoded, today: Date) -> Seen {
    let Some(reader) = &engine.reader else { return Seen::default() };
    let zone = read_mrz(picture, reader);
    let reading = (!zone.is_empty()).then(|| mrz::resolve(&zone.lines, today));
    let pixels = picture.pixels();
    let found = find_around(pixels, &zone);
    let barcodes = barcode::read(pixels, &Symbology::ALL);
    let flat = found.best().map(|outline| flatten(pixels, &outline.corners, outline.shape));
    let measured = found.best().zip(flat.as_ref());
    let cues = measured.map(|(outline, flat)| recapture::measure(pixels, outline, flat, None, &[]));
    let quality = Some(quality::measure(pixels, &found));
    let print = engine.text.as_ref().map(|reader| print(reader, flat.as_ref().unwrap_or(pixels)));
    let (lines, turned) = print.map_or((None, None), |(lines, turned)| (Some(lines), turned));
    // Print tells which way up a document lies where its zone does not.
    let flat = if flat.is_some() && zone.is_empty() { turned.or(flat) } else { flat };
    Seen {
        reading,
        licence: barcodes.iter().find_map(licence),
        whole: picture.upright_jpeg(STORED_SIDE).ok(),
        flat: flat.and_then(|flat| Decoded::from_pixels(flat).upright_jpeg(STORED_SIDE).ok()),
        is_cut_off: found.best().is_some_and(|outline: &Outline| !outline.is_whole()),
        barcodes,
        quality,
        cues,
        lines,
    }
}

/// The lines of print on a document, and the document turned upright if it was not.
fn print(reader: &text::Reader, page: &RgbImage) -> (Vec<TextLine>, Option<RgbImage>) {
    let lines = reader.read(page);
    let turned = match quarter_turns(&lines) {
        0 => None,
        1 => Some(image::imageops::rotate270(page)),
        2 => Some(image::imageops::rotate180(page)),
        _ => Some(image::imageops::rotate90(page)),
    };
    let lines = turned.as_ref().map_or(lines, |page| reader.read(page));
    let size = turned.as_ref().unwrap_or(page).dimensions();
    (lines.iter().map(|line| in_fractions(line, size)).collect(), turned)
}

fn in_fractions(line: &text::Line, (width, height): (u32, u32)) -> TextLine {
    let corners = line.corners.map(|corner| (corner.x / width as f32, corner.y / height as f32));
    TextLine { text: line.text.clone(), corners, confidence: line.confidence }
}

/// What a barcode says if it is that of a licence.
fn licence(barcode: &Barcode) -> Option<Licence> {
    let licence = (barcode.symbology == Symbology::Pdf417).then(|| aamva::parse(&barcode.bytes))?;
    (!licence.findings.contains(&aamva::Finding::NotALicence)).then_some(licence)
}

impl Seen {
    /// One side of a document, with its pictures put among the media.
    pub(crate) fn into_side(self, engine: &Engine, side: &str, media: &mut Media) -> Side {
        let mut add = |name: String, jpeg: Option<Vec<u8>>| {
            jpeg.map(|jpeg| media.add(engine, name, "image/jpeg", jpeg))
        };
        let whole = add(format!("full_{side}_image"), self.whole);
        let flat = add(format!("{side}_image"), self.flat);
        Side {
            side: side.to_owned(),
            picture: flat.or_else(|| whole.clone()),
            whole,
            reading: self.reading,
            licence: self.licence,
            barcodes: self.barcodes.iter().map(|barcode| shown(barcode, side)).collect(),
            is_cut_off: self.is_cut_off,
            quality: self.quality,
            cues: self.cues,
            lines: self.lines,
        }
    }
}

/// A barcode in the contract's form (features §2.6).
fn shown(barcode: &Barcode, side: &str) -> Value {
    let kind = match barcode.symbology {
        Symbology::Pdf417 => "PDF417",
        Symbology::Qr => "QR_CODE",
        Symbology::Aztec => "AZTEC",
        Symbology::DataMatrix => "DATA_MATRIX",
        Symbology::Code128 => "CODE_128",
    };
    let corners = barcode.corners.map(|corner| [corner.x.round(), corner.y.round()]);
    json!({
        "type": kind,
        "position": { "corners": corners },
        "data": barcode.text,
        "data_raw": barcode.text,
        "side": side,
    })
}
