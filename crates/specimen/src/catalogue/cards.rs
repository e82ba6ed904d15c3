//! Identity cards of credit-card size.

use super::Says::{Lines, Link, Number as TheNumber};
use super::{BARE, Category, Face, Labels, Layout, Look, PLAIN, Size, Symbology, code};
use crate::item::Item::{
    Address, Authority, BirthDate, BirthPlace, CardAccessNumber, ExpiryDate, Eyes, GivenNames, Height,
    IssueDate, Nationality, NativeGivenNames, NativeSurname, Number, PersonalNumber, Sex, Signature, Surname,
};
use crate::scheme::DateStyle::{Dashes, Dots, Iso, Slashes, Spaces};
use crate::words::Language;

const FRONT: Face = Face {
    rows: &[
        &[Surname],
        &[GivenNames],
        &[Sex, Nationality, BirthDate],
        &[Number, CardAccessNumber],
        &[ExpiryDate, Signature],
    ],
    portrait: true,
    ..BARE
};
const FRONT_WITH_PERSONAL: Face = Face {
    rows: &[
        &[Surname],
        &[GivenNames],
        &[Sex, Nationality, BirthDate],
        &[PersonalNumber],
        &[Number, ExpiryDate],
    ],
    ..FRONT
};
const FRONT_TWO_SCRIPTS: Face = Face {
    rows: &[
        &[NativeSurname, Surname],
        &[NativeGivenNames, GivenNames],
        &[Sex, BirthDate],
        &[PersonalNumber, Nationality],
        &[Number, ExpiryDate],
    ],
    ..FRONT
};
const BACK: Face = Face {
    rows: &[&[BirthPlace, Height], &[Address], &[IssueDate, Authority], &[PersonalNumber]],
    zone: Some("ID"),
    ..BARE
};
const BACK_SHORT: Face =
    Face { rows: &[&[BirthPlace, Eyes, Height], &[Address], &[Authority, IssueDate]], ..BACK };
const BACK_WITH_QR: Face = Face {
    rows: &[&[Address], &[BirthPlace, IssueDate], &[Authority]],
    codes: &[code(Symbology::Qr, Link, [67.0, 3.5, 15.0, 15.0])],
    text: Some([5.0, 3.0, 58.0, 25.5]),
    ..BACK
};
/// No machine-readable zone: a bar code says it instead.
const BACK_WITH_PDF417: Face = Face {
    rows: &[&[Address], &[BirthPlace, Authority], &[IssueDate]],
    codes: &[code(Symbology::Pdf417, Lines, [6.0, 34.0, 73.0, 14.0])],
    text: Some([6.0, 4.0, 70.0, 27.0]),
    zone: None,
    ..BACK
};
const BACK_WITH_CODE128: Face = Face {
    rows: &[&[BirthPlace, Height], &[Address], &[Authority, IssueDate]],
    codes: &[code(Symbology::Code128, TheNumber, [46.0, 3.0, 34.0, 6.0])],
    text: Some([5.0, 10.0, 75.0, 18.0]),
    ..BACK
};

const fn card(
    name: &'static str,
    country: &'static str,
    titles: [&'static str; 2],
    language: Language,
    look: Look,
    faces: [Face; 2],
) -> Layout {
    Layout {
        name,
        category: Category::IdCard,
        country,
        subdivision: "",
        titles,
        language,
        second: Some(Language::English),
        size: Size::Card,
        look,
        number: "",
        front: faces[0],
        back: Some(faces[1]),
        bill: None,
    }
}

#[rustfmt::skip]
pub(super) const ALL: &[Layout] = &[
    card("deu-id-card", "DEU", ["Personalausweis", "Identity card"], Language::German,
        Look { inks: 4, dates: Dots, ..PLAIN }, [FRONT, BACK_SHORT]),
    card("fra-id-card", "FRA", ["Carte nationale d’identité", "Identity card"], Language::French,
        Look { inks: 2, dates: Spaces, band: true, ..PLAIN }, [FRONT, BACK_WITH_QR]),
    card("esp-id-card", "ESP", ["Documento nacional de identidad", ""], Language::Spanish,
        Look { inks: 0, dates: Spaces, chip: true, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK]),
    card("ita-id-card", "ITA", ["Carta d’identità", "Identity card"], Language::Italian,
        Look { inks: 7, dates: Dots, ..PLAIN }, [FRONT, BACK_WITH_CODE128]),
    card("prt-id-card", "PRT", ["Cartão de cidadão", "Citizen card"], Language::Portuguese,
        Look { inks: 1, dates: Spaces, chip: true, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK]),
    card("nld-id-card", "NLD", ["Identiteitskaart", "Identity card"], Language::Dutch,
        Look { inks: 3, dates: Dashes, portrait_right: true, ..PLAIN }, [FRONT, BACK_WITH_QR]),
    card("pol-id-card", "POL", ["Dowód osobisty", "Identity card"], Language::Polish,
        Look { inks: 1, dates: Dots, band: true, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK_SHORT]),
    card("cze-id-card", "CZE", ["Občanský průkaz", "Identity card"], Language::Czech,
        Look { inks: 8, dates: Dots, ..PLAIN }, [FRONT, BACK]),
    card("hrv-id-card", "HRV", ["Osobna iskaznica", "Identity card"], Language::Croatian,
        Look { inks: 6, dates: Dots, chip: true, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK]),
    card("hun-id-card", "HUN", ["Személyazonosító igazolvány", "Identity card"], Language::Hungarian,
        Look { inks: 5, dates: Spaces, ..PLAIN }, [FRONT, BACK_SHORT]),
    card("rou-id-card", "ROU", ["Carte de identitate", "Identity card"], Language::Romanian,
        Look { inks: 0, dates: Dots, band: true, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK]),
    card("est-id-card", "EST", ["Isikutunnistus", "Identity card"], Language::Estonian,
        Look { inks: 2, dates: Dots, chip: true, bold: true, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK_SHORT]),
    card("lva-id-card", "LVA", ["Personas apliecība", "Identity card"], Language::Latvian,
        Look { inks: 4, dates: Dots, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK]),
    card("ltu-id-card", "LTU", ["Asmens tapatybės kortelė", "Identity card"], Language::Lithuanian,
        Look { inks: 7, dates: Iso, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK]),
    card("fin-id-card", "FIN", ["Henkilökortti", "Identity card"], Language::Finnish,
        Look { inks: 2, dates: Dots, portrait_right: true, ..PLAIN }, [FRONT, BACK_WITH_QR]),
    card("tur-id-card", "TUR", ["Kimlik kartı", "Identity card"], Language::Turkish,
        Look { inks: 6, dates: Dots, chip: true, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK_WITH_CODE128]),
    card("chl-id-card", "CHL", ["Cédula de identidad", ""], Language::Spanish,
        Look { inks: 2, dates: Spaces, capitals: true, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK_WITH_QR]),
    card("arg-id-card", "ARG", ["Documento nacional de identidad", ""], Language::Spanish,
        Look { inks: 3, dates: Slashes, ..PLAIN }, [FRONT_WITH_PERSONAL, BACK_WITH_PDF417]),
    card("grc-id-card", "GRC", ["Δελτίο ταυτότητας", "Identity card"], Language::Greek,
        Look { inks: 2, dates: Slashes, ..PLAIN }, [FRONT_TWO_SCRIPTS, BACK]),
    card("bgr-id-card", "BGR", ["Лична карта", "Identity card"], Language::Bulgarian,
        Look { inks: 1, dates: Dots, band: true, ..PLAIN }, [FRONT_TWO_SCRIPTS, BACK]),
    card("srb-id-card", "SRB", ["Лична карта", "Identity card"], Language::Serbian,
        Look { inks: 0, dates: Dots, chip: true, ..PLAIN }, [FRONT_TWO_SCRIPTS, BACK_SHORT]),
    card("ukr-id-card", "UKR", ["Паспорт громадянина", "Identity card"], Language::Ukrainian,
        Look { inks: 5, dates: Spaces, ..PLAIN }, [FRONT_TWO_SCRIPTS, BACK]),
    card("geo-id-card", "GEO", ["პირადობის მოწმობა", "Identity card"], Language::Georgian,
        Look { inks: 6, dates: Dots, ..PLAIN }, [FRONT_TWO_SCRIPTS, BACK]),
    card("isr-id-card", "ISR", ["תעודת זהות", "Identity card"], Language::Hebrew,
        Look { inks: 7, dates: Dots, ..PLAIN }, [FRONT_TWO_SCRIPTS, BACK]),
    card("egy-id-card", "EGY", ["بطاقة شخصية", "Identity card"], Language::Arabic,
        Look { inks: 4, dates: Slashes, ..PLAIN }, [FRONT_TWO_SCRIPTS, BACK_WITH_PDF417]),
    card("uto-id-card", "UTO", ["Identity card", ""], Language::English,
        Look { inks: 4, dates: Iso, ..PLAIN },
        [Face { labels: Labels::Beside, ..FRONT_WITH_PERSONAL }, BACK_WITH_QR]),
];
