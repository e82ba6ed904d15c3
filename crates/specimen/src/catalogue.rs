//! The layouts: what stands where on which document, as data.
//!
//! Countries are real, because readers treat them by their codes; the designs are ours and plainly marked.

mod bills;
mod cards;
mod licences;
mod passports;
mod permits;

use crate::bill::Bill;
use crate::item::Item;
use crate::scheme::DateStyle;
use crate::words::Language;
use serde::Serialize;
use std::str::FromStr;

/// What sort of document a layout is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    Passport,
    IdCard,
    DrivingLicence,
    ResidencePermit,
    UtilityBill,
    BankStatement,
}

/// The word is no [`Category`].
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown category; known are {}", Category::ALL.map(Category::name).join(", "))]
pub struct UnknownCategory;

impl Category {
    pub const ALL: [Category; 6] = [
        Category::Passport,
        Category::IdCard,
        Category::DrivingLicence,
        Category::ResidencePermit,
        Category::UtilityBill,
        Category::BankStatement,
    ];

    /// As written on the command line and in truth files.
    pub fn name(self) -> &'static str {
        match self {
            Category::Passport => "passport",
            Category::IdCard => "id-card",
            Category::DrivingLicence => "driving-licence",
            Category::ResidencePermit => "residence-permit",
            Category::UtilityBill => "utility-bill",
            Category::BankStatement => "bank-statement",
        }
    }
}

impl FromStr for Category {
    type Err = UnknownCategory;

    fn from_str(name: &str) -> Result<Category, UnknownCategory> {
        Category::ALL.into_iter().find(|category| category.name() == name).ok_or(UnknownCategory)
    }
}

/// A kind of bar code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Symbology {
    Pdf417,
    Qr,
    Aztec,
    DataMatrix,
    Code128,
}

/// What a bar code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// The driver's data in the form of AAMVA's card standard.
    Aamva,
    /// A made-up address under which the document could be checked.
    Link,
    /// The document number alone.
    Number,
    /// The lines of the machine-readable zone, one after another.
    Lines,
}

/// A bar code on a face: what it says and where, as left, top, width and height in millimetres.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Code {
    pub(crate) symbology: Symbology,
    pub(crate) says: Says,
    pub(crate) place: [f32; 4],
}

/// How labels stand to their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labels {
    /// A small label over its value.
    Above,
    /// A label, a colon, and the value on the same line.
    Beside,
    /// The numbers of the European driving licence (Directive 2006/126/EC, annex I).
    Numbered,
    /// The numbers and short words of North American licences (AAMVA card design standard, annex A).
    Coded,
}

/// One side of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Face {
    pub(crate) rows: &'static [&'static [Item]],
    pub(crate) labels: Labels,
    pub(crate) portrait: bool,
    /// The document code of a machine-readable zone along the lower edge, if there is one.
    pub(crate) zone: Option<&'static str>,
    pub(crate) codes: &'static [Code],
    /// The table of vehicle categories of a European driving licence.
    pub(crate) table: bool,
    /// Where the rows stand: left, top, width, height in millimetres; beside the portrait if not said.
    pub(crate) text: Option<[f32; 4]>,
}

/// Sizes of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// ISO/IEC 7810 ID-1.
    Card,
    /// ISO/IEC 7810 ID-3, the page of a booklet.
    Page,
    /// ISO 216 A4.
    A4,
    /// The sheet of North American offices.
    Letter,
}

impl Size {
    /// Width and height in millimetres.
    pub(crate) fn mm(self) -> (f32, f32) {
        match self {
            Size::Card => (85.6, 53.98),
            Size::Page => (125.0, 88.0),
            Size::A4 => (210.0, 297.0),
            Size::Letter => (215.9, 279.4),
        }
    }

    /// Radius of the corners in millimetres.
    pub(crate) fn corner_mm(self) -> f32 {
        match self {
            Size::Card => 3.18,
            Size::Page => 2.0,
            Size::A4 | Size::Letter => 0.2,
        }
    }
}

/// What the design of a layout looks like.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices of one design")]
pub(crate) struct Look {
    /// Which inks of the scheme's table.
    pub(crate) inks: usize,
    /// A filled band behind the heading.
    pub(crate) band: bool,
    pub(crate) emblem: bool,
    pub(crate) portrait_right: bool,
    pub(crate) ghost: bool,
    pub(crate) chip: bool,
    /// Names and places in capitals.
    pub(crate) capitals: bool,
    pub(crate) bold: bool,
    pub(crate) dates: DateStyle,
}

/// A document that can be drawn for any made-up holder.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// As written on the command line and in truth files, for instance `deu-driving-licence`.
    pub name: &'static str,
    pub category: Category,
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// State or province by its postal abbreviation; empty if the country issues the document.
    pub subdivision: &'static str,
    /// In the national language, and in English or a second language; the second may be empty.
    pub(crate) titles: [&'static str; 2],
    pub(crate) language: Language,
    pub(crate) second: Option<Language>,
    pub(crate) size: Size,
    pub(crate) look: Look,
    /// The number's pattern; the nation's passport pattern if empty.
    pub(crate) number: &'static str,
    pub(crate) front: Face,
    pub(crate) back: Option<Face>,
    /// A bill instead of faces.
    pub(crate) bill: Option<&'static Bill>,
}

impl Layout {
    /// Every layout, sorted by category.
    pub fn all() -> impl Iterator<Item = &'static Layout> {
        [passports::ALL, cards::ALL, licences::ALL, permits::ALL, bills::ALL].into_iter().flatten()
    }

    pub fn named(name: &str) -> Option<&'static Layout> {
        Layout::all().find(|layout| layout.name == name)
    }

    /// The names of its sides: one or two.
    pub fn sides(&self) -> usize {
        1 + usize::from(self.back.is_some())
    }
}

/// A look that layouts change a little.
pub(crate) const PLAIN: Look = Look {
    inks: 2,
    band: false,
    emblem: true,
    portrait_right: false,
    ghost: true,
    chip: false,
    capitals: true,
    bold: false,
    dates: DateStyle::Dots,
};

/// A face without anything.
pub(crate) const BARE: Face = Face {
    rows: &[],
    labels: Labels::Above,
    portrait: false,
    zone: None,
    codes: &[],
    table: false,
    text: None,
};

pub(crate) const fn code(symbology: Symbology, says: Says, place: [f32; 4]) -> Code {
    Code { symbology, says, place }
}
