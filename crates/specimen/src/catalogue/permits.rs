//! Residence permits (Regulation (EC) 1030/2002 gives the European ones their form).

use super::{BARE, Category, Face, Layout, Look, PLAIN, Size};
use crate::item::Item::{
    Authority, BirthDate, BirthPlace, CardAccessNumber, ExpiryDate, FullName, IssueDate, Nationality, Number,
    PermitType, PersonalNumber, Remarks, Sex, Signature,
};
use crate::scheme::DateStyle::{Dots, Spaces, Words};
use crate::words::Language;

const FRONT: Face = Face {
    rows: &[
        &[Number, CardAccessNumber],
        &[FullName],
        &[Sex, Nationality, BirthDate],
        &[PermitType, ExpiryDate],
        &[Remarks],
        &[Signature],
    ],
    portrait: true,
    ..BARE
};
const BACK: Face =
    Face { rows: &[&[BirthPlace], &[IssueDate, Authority], &[PersonalNumber]], zone: Some("IR"), ..BARE };

const fn permit(
    name: &'static str,
    country: &'static str,
    titles: [&'static str; 2],
    language: Language,
    look: Look,
) -> Layout {
    Layout {
        name,
        category: Category::ResidencePermit,
        country,
        subdivision: "",
        titles,
        language,
        second: Some(Language::English),
        size: Size::Card,
        look,
        number: "@@#######",
        front: FRONT,
        back: Some(BACK),
        bill: None,
    }
}

#[rustfmt::skip]
pub(super) const ALL: &[Layout] = &[
    permit("deu-residence-permit", "DEU", ["Aufenthaltstitel", "Residence permit"], Language::German,
        Look { inks: 0, dates: Dots, ..PLAIN }),
    permit("fra-residence-permit", "FRA", ["Titre de séjour", "Residence permit"], Language::French,
        Look { inks: 2, dates: Spaces, ..PLAIN }),
    permit("esp-residence-permit", "ESP", ["Permiso de residencia", "Residence permit"], Language::Spanish,
        Look { inks: 3, dates: Spaces, chip: true, ..PLAIN }),
    permit("ita-residence-permit", "ITA", ["Permesso di soggiorno", "Residence permit"], Language::Italian,
        Look { inks: 7, dates: Dots, ..PLAIN }),
    permit("gbr-residence-permit", "GBR", ["Residence permit", ""], Language::English,
        Look { inks: 8, dates: Words, chip: true, ..PLAIN }),
    permit("swe-residence-permit", "SWE", ["Uppehållstillstånd", "Residence permit"], Language::Swedish,
        Look { inks: 4, dates: Dots, ..PLAIN }),
];
