//! The kinds of documents, and their true sizes.

use document::mrz::Format;
use serde::Serialize;
use std::str::FromStr;

/// A kind of document that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The data page of a booklet (TD3, ICAO 9303-4).
    Passport,
    /// A card of credit-card size with a front, and the machine-readable zone on its back (TD1, ICAO 9303-5).
    IdCard,
    /// A larger card with everything on one side (TD2, ICAO 9303-6).
    Td2,
    /// A full-page visa sticker (MRV-A, ICAO 9303-7).
    VisaA,
    /// A smaller visa sticker (MRV-B, ICAO 9303-7).
    VisaB,
}

/// The word is not one of `passport`, `id-card`, `td2`, `visa-a`, `visa-b`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind of document; known are passport, id-card, td2, visa-a, visa-b")]
pub struct UnknownKind;

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Passport, Kind::IdCard, Kind::Td2, Kind::VisaA, Kind::VisaB];

    /// As written on the command line and in truth files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Passport => "passport",
            Kind::IdCard => "id-card",
            Kind::Td2 => "td2",
            Kind::VisaA => "visa-a",
            Kind::VisaB => "visa-b",
        }
    }

    pub fn format(self) -> Format {
        match self {
            Kind::Passport => Format::Td3,
            Kind::IdCard => Format::Td1,
            Kind::Td2 => Format::Td2,
            Kind::VisaA => Format::MrvA,
            Kind::VisaB => Format::MrvB,
        }
    }

    /// Width and height in millimetres (ICAO 9303-4 §2, 9303-5 §2, 9303-6 §2, 9303-7 §3 and §4).
    pub fn size_mm(self) -> (f32, f32) {
        match self {
            Kind::Passport => (125.0, 88.0),
            Kind::IdCard => (85.6, 53.98),
            Kind::Td2 | Kind::VisaB => (105.0, 74.0),
            Kind::VisaA => (120.0, 80.0),
        }
    }

    /// Radius of the corners in millimetres: cards have ISO/IEC 7810's, a booklet is a little worn, stickers are cut.
    pub(crate) fn corner_mm(self) -> f32 {
        match self {
            Kind::IdCard | Kind::Td2 => 3.18,
            Kind::Passport => 2.0,
            Kind::VisaA | Kind::VisaB => 0.4,
        }
    }

    pub(crate) fn is_visa(self) -> bool {
        matches!(self, Kind::VisaA | Kind::VisaB)
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Kind, UnknownKind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(UnknownKind)
    }
}
