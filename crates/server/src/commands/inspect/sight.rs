//! Everything that is seen in one picture: document, zone, barcodes, print.

use document::aamva::{self, Licence};
use document::mrz::{self, Resolved};
use image::RgbImage;
use image::imageops;
use vision::barcode::{self, Barcode, Symbology};
use vision::document::{Found, Outline, find_around, flatten};
use vision::text::{Line, quarter_turns};
use vision::{Decoded, read_mrz};

use super::Eyes;

/// What one picture shows.
pub(super) struct Sight {
    pub(super) size: (u32, u32),
    pub(super) found: Found,
    pub(super) zone: Option<Resolved>,
    pub(super) barcodes: Vec<(Barcode, Option<Licence>)>,
    /// None where print is not read.
    pub(super) print: Option<Print>,
    mrz_only: bool,
}

/// Lines of print.
pub(super) struct Print {
    pub(super) lines: Vec<Line>,
    /// Width and height of what was read: the flattened document, or the whole picture where none was found.
    pub(super) size: (u32, u32),
    pub(super) of_document: bool,
    /// Clockwise quarter turns by which the document lay, as its print says.
    pub(super) quarter_turns: u8,
}

impl Sight {
    pub(super) fn of(picture: &Decoded, eyes: &Eyes) -> Self {
        let pixels = picture.pixels();
        let reading = read_mrz(picture, &eyes.zone);
        let zone = (!reading.is_empty()).then(|| mrz::resolve(&reading.lines, eyes.today));
        let size = (picture.width(), picture.height());
        if eyes.mrz_only {
            let found = Found::default();
            return Self { size, found, zone, barcodes: Vec::new(), print: None, mrz_only: true };
        }
        let found = find_around(pixels, &reading);
        let barcodes = barcode::read(pixels, &Symbology::ALL).into_iter().map(licence).collect();
        let print = eyes.print.as_ref().map(|reader| Print::read(pixels, found.best(), reader));
        Self { size, found, zone, barcodes, print, mrz_only: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        let printed = self.print.as_ref().is_some_and(|print| !print.lines.is_empty());
        self.zone.is_none() && self.barcodes.is_empty() && !printed
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings: Vec<String> = match &self.zone {
            Some(zone) => zone.findings.iter().map(mrz::Finding::message).collect(),
            None => vec!["MRZ_NOT_DETECTED".to_owned()],
        };
        if !self.mrz_only {
            match self.found.best() {
                None => warnings.push("no document outline was found".to_owned()),
                Some(outline) if !outline.is_whole() => {
                    warnings.push("the document is cut off by the picture's edge".to_owned());
                }
                Some(_) => {}
            }
            if self.found.outlines.len() > 1 {
                warnings.push(format!("{} documents are in the picture", self.found.outlines.len()));
            }
        }
        warnings
    }
}

fn licence(barcode: Barcode) -> (Barcode, Option<Licence>) {
    let licence = (barcode.symbology == Symbology::Pdf417).then(|| aamva::parse(&barcode.bytes));
    let licence = licence.filter(|licence| !licence.findings.contains(&aamva::Finding::NotALicence));
    (barcode, licence)
}

impl Print {
    fn read(picture: &RgbImage, outline: Option<&Outline>, reader: &vision::text::Reader) -> Self {
        let flat = outline.map(|outline| flatten(picture, &outline.corners, outline.shape));
        let page = flat.as_ref().unwrap_or(picture);
        let lines = reader.read(page);
        let quarter_turns = quarter_turns(&lines);
        let of_document = flat.is_some();
        let turned = match quarter_turns {
            0 => return Self { lines, size: page.dimensions(), of_document, quarter_turns },
            1 => imageops::rotate270(page),
            2 => imageops::rotate180(page),
            _ => imageops::rotate90(page),
        };
        Self { lines: reader.read(&turned), size: turned.dimensions(), of_document, quarter_turns }
    }
}
