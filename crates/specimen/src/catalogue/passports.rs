//! Data pages of passports.

use super::{BARE, Category, Face, Layout, Look, PLAIN, Size};
use crate::item::Item::{
    Authority, BirthDate, BirthPlace, DocumentType, ExpiryDate, Eyes, GivenNames, Height, IssueDate,
    IssuingState, Nationality, NativeGivenNames, NativeSurname, Number, PersonalNumber, Sex, Signature,
    Surname,
};
use crate::scheme::DateStyle::{Dots, Iso, National, Slashes, Spaces, Words};
use crate::words::Language;

/// The order of ICAO 9303-4 §4.1.
const USUAL: Face = Face {
    rows: &[
        &[DocumentType, IssuingState, Number],
        &[Surname],
        &[GivenNames],
        &[Nationality, Height],
        &[BirthDate, PersonalNumber],
        &[Sex, BirthPlace],
        &[IssueDate, Authority],
        &[ExpiryDate, Signature],
    ],
    portrait: true,
    zone: Some("P"),
    ..BARE
};

const WITH_EYES: Face = Face {
    rows: &[
        &[DocumentType, IssuingState, Number],
        &[Surname],
        &[GivenNames],
        &[Nationality, Eyes, Height],
        &[BirthDate, Sex, BirthPlace],
        &[IssueDate, ExpiryDate],
        &[Authority, Signature],
    ],
    ..USUAL
};

/// Names in two scripts.
const TWO_SCRIPTS: Face = Face {
    rows: &[
        &[DocumentType, IssuingState, Number],
        &[Surname, NativeSurname],
        &[GivenNames, NativeGivenNames],
        &[Nationality, Sex],
        &[BirthDate, PersonalNumber],
        &[BirthPlace, Authority],
        &[IssueDate, ExpiryDate, Signature],
    ],
    ..USUAL
};

const fn passport(
    name: &'static str,
    country: &'static str,
    titles: [&'static str; 2],
    language: Language,
    look: Look,
    front: Face,
) -> Layout {
    Layout {
        name,
        category: Category::Passport,
        country,
        subdivision: "",
        titles,
        language,
        second: Some(Language::English),
        size: Size::Page,
        look,
        number: "",
        front,
        back: None,
        bill: None,
    }
}

#[rustfmt::skip]
pub(super) const ALL: &[Layout] = &[
    passport("deu-passport", "DEU", ["Reisepass", "Passport"], Language::German,
        Look { inks: 6, dates: Dots, ..PLAIN }, WITH_EYES),
    passport("fra-passport", "FRA", ["Passeport", "Passport"], Language::French,
        Look { inks: 0, dates: Spaces, band: true, ..PLAIN }, WITH_EYES),
    passport("esp-passport", "ESP", ["Pasaporte", "Passport"], Language::Spanish,
        Look { inks: 5, dates: Spaces, capitals: true, ..PLAIN }, USUAL),
    passport("ita-passport", "ITA", ["Passaporto", "Passport"], Language::Italian,
        Look { inks: 1, dates: National, ..PLAIN }, WITH_EYES),
    passport("pol-passport", "POL", ["Paszport", "Passport"], Language::Polish,
        Look { inks: 0, dates: Dots, band: true, emblem: false, ..PLAIN }, USUAL),
    passport("gbr-passport", "GBR", ["Passport", ""], Language::English,
        Look { inks: 2, dates: Words, ..PLAIN }, Face { rows: USUAL.rows, ..USUAL }),
    passport("usa-passport", "USA", ["Passport", ""], Language::English,
        Look { inks: 4, dates: Words, ..PLAIN }, USUAL),
    passport("mex-passport", "MEX", ["Pasaporte", "Passport"], Language::Spanish,
        Look { inks: 7, dates: Slashes, portrait_right: true, ..PLAIN }, USUAL),
    passport("bra-passport", "BRA", ["Passaporte", "Passport"], Language::Portuguese,
        Look { inks: 7, dates: National, ..PLAIN }, USUAL),
    passport("swe-passport", "SWE", ["Pass", "Passport"], Language::Swedish,
        Look { inks: 3, dates: Iso, bold: true, ..PLAIN }, WITH_EYES),
    passport("tur-passport", "TUR", ["Pasaport", "Passport"], Language::Turkish,
        Look { inks: 8, dates: Dots, ..PLAIN }, USUAL),
    passport("grc-passport", "GRC", ["Διαβατήριο", "Passport"], Language::Greek,
        Look { inks: 2, dates: Words, band: true, ..PLAIN }, TWO_SCRIPTS),
    passport("bgr-passport", "BGR", ["Паспорт", "Passport"], Language::Bulgarian,
        Look { inks: 1, dates: Dots, ..PLAIN }, TWO_SCRIPTS),
    passport("ukr-passport", "UKR", ["Паспорт", "Passport"], Language::Ukrainian,
        Look { inks: 5, dates: Spaces, band: true, ..PLAIN }, TWO_SCRIPTS),
    passport("geo-passport", "GEO", ["პასპორტი", "Passport"], Language::Georgian,
        Look { inks: 6, dates: Dots, ..PLAIN }, TWO_SCRIPTS),
    passport("arm-passport", "ARM", ["Անձնագիր", "Passport"], Language::Armenian,
        Look { inks: 4, dates: Slashes, ..PLAIN }, TWO_SCRIPTS),
    passport("isr-passport", "ISR", ["דרכון", "Passport"], Language::Hebrew,
        Look { inks: 2, dates: Slashes, ..PLAIN }, TWO_SCRIPTS),
    passport("egy-passport", "EGY", ["جواز سفر", "Passport"], Language::Arabic,
        Look { inks: 1, dates: Slashes, band: true, ..PLAIN }, TWO_SCRIPTS),
];
