//! Everything that is seen in one picture: document, zone, barcodes, print.

use document::aamva::{self, Licence};
use document::mrz::{self, Resolved};
use document::printed::{self, Hints, Printed, TextLine};
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
    /// What the lines say, by label and place.
    pub(super) fields: Printed,
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
        let print = eyes
            .print
            .as_ref()
            .map(|reader| Print::read(pixels, found.best(), reader, &hints(zone.as_ref(), eyes)));
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

/// The zone knows the country, on which the order of day and month depends.
fn hints(zone: Option<&Resolved>, eyes: &Eyes) -> Hints {
    let country = zone.and_then(|zone| zone.mrz.as_ref()).map(|mrz| mrz.fields.issuing_state.clone());
    Hints { country, driving_licence: None, today: eyes.today }
}

impl Print {
    fn read(
        picture: &RgbImage,
        outline: Option<&Outline>,
        reader: &vision::text::Reader,
        hints: &Hints,
    ) -> Self {
        let flat = outline.map(|outline| flatten(picture, &outline.corners, outline.shape));
        let page = flat.as_ref().unwrap_or(picture);
        let lines = reader.read(page);
        let quarter_turns = quarter_turns(&lines);
        let turned = match quarter_turns {
            1 => Some(imageops::rotate270(page)),
            2 => Some(imageops::rotate180(page)),
            3 => Some(imageops::rotate90(page)),
            _ => None,
        };
        let (lines, size) = match &turned {
            Some(turned) => (reader.read(turned), turned.dimensions()),
            None => (lines, page.dimensions()),
        };
        let texts: Vec<TextLine> = lines.iter().map(|line| text_line(line, size)).collect();
        let fields = printed::read(&texts, hints);
        Self { lines, size, of_document: flat.is_some(), quarter_turns, fields }
    }
}

fn text_line(line: &Line, (width, height): (u32, u32)) -> TextLine {
    let share = |corner: vision::Point| (corner.x / width as f32, corner.y / height as f32);
    TextLine { text: line.text.clone(), corners: line.corners.map(share), confidence: line.confidence }
}
