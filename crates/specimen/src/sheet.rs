//! Documents drawn from a layout: one sheet for each side, with everything that is printed on it.

mod american;
mod codes;
mod face;
mod rows;
mod table;
mod values;

pub(crate) use codes::{put as put_code, squares};

use crate::attack::{Attack, Medium};
use crate::bearer::{Bearer, bearer};
use crate::bill::{self, Dates};
use crate::canvas::Area;
use crate::catalogue::{Category, Layout, Symbology};
use crate::dice::Dice;
use crate::document::{Page, Side};
use crate::fonts::Fonts;
use crate::item::Item;
use crate::person::{Person, PersonOptions};
use crate::words::Language;
use ::document::mrz::Format;
use image::{ImageFormat, RgbImage};
use jiff::civil::Date;
use serde::Serialize;
use std::io::Cursor;

/// Left, top, right and bottom as shares of the page's width and height.
pub type Place = [f32; 4];

/// A value as printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Printed {
    #[serde(rename = "name")]
    pub item: Item,
    /// As printed; empty if nothing says what the value is.
    pub label: String,
    pub language: Language,
    /// In reading order, also where the script runs from right to left.
    pub text: String,
    /// The same for comparison: dates as `1987-05-12`, everything else as `text`.
    pub value: String,
    /// Of the value without its label.
    #[serde(rename = "box")]
    pub place: Place,
}

/// A bar code as printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Barcode {
    pub symbology: Symbology,
    pub payload: String,
    #[serde(rename = "box")]
    pub place: Place,
}

/// Something about a sheet that a genuine one would not have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tampering {
    pub attack: Attack,
    /// Where; the whole page if everywhere.
    #[serde(rename = "box")]
    pub place: Place,
    /// What an edited field said before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

/// What can be read and seen on a sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Content {
    pub fields: Vec<Printed>,
    pub portrait: Option<Place>,
    pub format: Option<Format>,
    pub mrz: Vec<String>,
    pub machine_zone: Option<Place>,
    pub barcodes: Vec<Barcode>,
    pub tampering: Vec<Tampering>,
}

/// One side of a document, drawn at 300 dots per inch of its true size.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The layout by its name.
    pub layout: &'static str,
    pub kind: &'static str,
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    pub subdivision: &'static str,
    pub side: Side,
    pub image: RgbImage,
    pub width_mm: f32,
    pub height_mm: f32,
    /// Radius of its corners.
    pub corner_mm: f32,
    pub content: Content,
    pub(crate) medium: Medium,
}

impl Sheet {
    /// The drawing as a PNG file.
    pub fn png(&self) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let written = self.image.write_to(&mut file, ImageFormat::Png);
        written.expect("writing to memory does not fail and the drawing is small enough for PNG");
        file.into_inner()
    }
}

/// A document of a layout with its holder.
#[derive(Clone, Debug)]
pub struct Papers {
    pub layout: &'static Layout,
    pub person: Person,
    pub document_number: String,
    /// Front, and back if the layout has one.
    pub sheets: Vec<Sheet>,
    /// Bills and statements in Western European letters also as a file whose text can be copied.
    pub pdf: Option<Vec<u8>>,
}

/// Draws every side of a document of `layout` for a made-up holder.
///
/// `options.nation` is the layout's country whatever it says. Documents of one layout look alike; the seed chooses
/// the holder.
pub fn papers(
    layout: &'static Layout,
    seed: u64,
    today: Date,
    options: &PersonOptions,
    fonts: &Fonts,
) -> Papers {
    let bearer = bearer(layout, seed, today, options);
    if let Some(paper) = layout.bill {
        let dates = Dates::draw(today, options.expired, &mut Dice::new(seed, "dates"));
        let drawn = bill::draw(layout, paper, &bearer, seed, dates, fonts);
        let (number, person) = (bearer.number, bearer.person);
        return Papers { layout, sheets: vec![drawn.sheet], document_number: number, person, pdf: drawn.pdf };
    }
    let mut sheets = vec![face::draw(layout, &layout.front, Side::Front, &bearer, seed, fonts)];
    if let Some(back) = &layout.back {
        sheets.push(face::draw(layout, back, Side::Back, &bearer, seed, fonts));
    }
    Papers { layout, sheets, document_number: bearer.number.clone(), person: bearer.person, pdf: None }
}

impl From<&Page> for Sheet {
    /// The pages of [`crate::document`], whose fields are not known one by one.
    fn from(page: &Page) -> Sheet {
        let (width, height) = (page.image.width() as f32, page.image.height() as f32);
        let zone = page
            .machine_zone
            .map(|[left, top, right, bottom]| [left / width, top / height, right / width, bottom / height]);
        Sheet {
            layout: page.kind.name(),
            kind: page.kind.name(),
            country: page.person.nation.alpha3,
            subdivision: "",
            side: page.side,
            image: page.image.clone(),
            width_mm: page.width_mm,
            height_mm: page.height_mm,
            corner_mm: page.kind.corner_mm(),
            content: Content {
                mrz: page.mrz.clone(),
                format: zone.map(|_| page.kind.format()),
                machine_zone: zone,
                ..Content::default()
            },
            medium: Medium::Genuine,
        }
    }
}

/// An area in millimetres as shares of its sheet.
pub(crate) fn shares(sheet: &Sheet, place: Area) -> Place {
    let (width, height) = (sheet.width_mm, sheet.height_mm);
    [place.left / width, place.top / height, place.right() / width, place.bottom() / height]
        .map(|share| share.clamp(0.0, 1.0))
}

impl Layout {
    /// The format of a machine-readable zone on one of its sides.
    pub(crate) fn format(&self) -> Format {
        if self.category == Category::Passport { Format::Td3 } else { Format::Td1 }
    }
}

/// The machine-readable lines of a bearer.
pub(crate) fn lines(layout: &Layout, code: &str, bearer: &Bearer) -> Vec<String> {
    crate::document::record_lines(layout.format(), code, &bearer.person, &bearer.number)
}
