//! Driving licences of the European and of the North American kind.

use super::Says::{Aamva, Link, Number as TheNumber};
use super::{BARE, Category, Face, Labels, Layout, Look, PLAIN, Size, Symbology, code};
use crate::item::Item::{
    Address, Authority, BirthDate, Categories, City, Class, Discriminator, Endorsements, ExpiryDate, Eyes,
    GivenNames, Hair, Height, IssueDate, NativeGivenNames, NativeSurname, Number, PersonalNumber,
    PlaceAndBirth, Restrictions, Sex, Signature, Street, Surname, Weight,
};
use crate::scheme::DateStyle::{American, Dashes, Dots, Iso, Slashes};
use crate::words::Language;

const EUROPEAN: Face = Face {
    rows: &[
        &[Surname],
        &[GivenNames],
        &[PlaceAndBirth],
        &[IssueDate, Authority],
        &[ExpiryDate],
        &[Number],
        &[Signature],
        &[Categories],
    ],
    labels: Labels::Numbered,
    portrait: true,
    ..BARE
};
const EUROPEAN_WITH_PERSONAL: Face = Face {
    rows: &[
        &[Surname],
        &[GivenNames],
        &[PlaceAndBirth],
        &[IssueDate, Authority],
        &[ExpiryDate, PersonalNumber],
        &[Number],
        &[Signature],
        &[Categories],
    ],
    ..EUROPEAN
};
const EUROPEAN_WITH_ADDRESS: Face = Face {
    rows: &[
        &[Surname],
        &[GivenNames],
        &[PlaceAndBirth],
        &[IssueDate, ExpiryDate, Authority],
        &[Number],
        &[Signature],
        &[Address],
        &[Categories],
    ],
    ..EUROPEAN
};
const EUROPEAN_TWO_SCRIPTS: Face = Face {
    rows: &[
        &[NativeSurname, Surname],
        &[NativeGivenNames, GivenNames],
        &[PlaceAndBirth],
        &[IssueDate, Authority],
        &[ExpiryDate, PersonalNumber],
        &[Number],
        &[Signature],
        &[Categories],
    ],
    ..EUROPEAN
};
const TABLE: Face = Face { table: true, labels: Labels::Numbered, ..BARE };
const TABLE_WITH_QR: Face = Face { codes: &[code(Symbology::Qr, Link, [68.0, 36.0, 14.0, 14.0])], ..TABLE };

/// Text at the left below the heading, the portrait at the left edge.
const AMERICAN_FRONT: Face = Face {
    rows: &[
        &[Number, Class],
        &[ExpiryDate, Endorsements],
        &[Surname],
        &[GivenNames],
        &[Street],
        &[City],
        &[BirthDate, Restrictions],
        &[Sex, Height, Eyes],
        &[Weight, Hair, IssueDate],
        &[Discriminator],
    ],
    labels: Labels::Coded,
    portrait: true,
    ..BARE
};
const AMERICAN_BACK: Face = Face {
    rows: &[&[Class, Endorsements], &[Restrictions]],
    labels: Labels::Coded,
    codes: &[
        code(Symbology::Pdf417, Aamva, [4.0, 30.0, 77.0, 19.0]),
        code(Symbology::Code128, TheNumber, [42.0, 4.0, 38.0, 7.0]),
    ],
    text: Some([5.0, 5.0, 34.0, 14.0]),
    ..BARE
};
/// The bar code along the upper edge, as some provinces have it.
const AMERICAN_BACK_ABOVE: Face = Face {
    codes: &[code(Symbology::Pdf417, Aamva, [4.0, 4.0, 77.0, 19.0])],
    text: Some([5.0, 27.0, 60.0, 14.0]),
    ..AMERICAN_BACK
};

const fn european(
    name: &'static str,
    country: &'static str,
    title: &'static str,
    language: Language,
    look: Look,
    faces: [Face; 2],
) -> Layout {
    Layout {
        name,
        category: Category::DrivingLicence,
        country,
        subdivision: "",
        titles: [title, ""],
        language,
        second: None,
        size: Size::Card,
        look,
        number: "*########*",
        front: faces[0],
        back: Some(faces[1]),
        bill: None,
    }
}

const fn american(
    name: &'static str,
    place: [&'static str; 2],
    title: &'static str,
    number: &'static str,
    look: Look,
    back: Face,
) -> Layout {
    Layout {
        name,
        category: Category::DrivingLicence,
        country: place[0],
        subdivision: place[1],
        titles: [title, ""],
        language: Language::English,
        second: None,
        size: Size::Card,
        look,
        number,
        front: AMERICAN_FRONT,
        back: Some(back),
        bill: None,
    }
}

/// The pink of the European card.
const PINK: Look = Look { inks: 8, ..PLAIN };
const STATE: Look = Look { dates: American, band: true, bold: true, ..PLAIN };

#[rustfmt::skip]
pub(super) const ALL: &[Layout] = &[
    european("deu-driving-licence", "DEU", "Führerschein", Language::German, PINK, [EUROPEAN, TABLE]),
    european("aut-driving-licence", "AUT", "Führerschein", Language::German, Look { inks: 0, ..PINK }, [EUROPEAN, TABLE]),
    european("fra-driving-licence", "FRA", "Permis de conduire", Language::French,
        Look { dates: Slashes, ..PINK }, [EUROPEAN_WITH_PERSONAL, TABLE_WITH_QR]),
    european("ita-driving-licence", "ITA", "Patente di guida", Language::Italian,
        Look { dates: Slashes, ..PINK }, [EUROPEAN, TABLE]),
    european("esp-driving-licence", "ESP", "Permiso de conducción", Language::Spanish,
        Look { dates: Dashes, ..PINK }, [EUROPEAN_WITH_PERSONAL, TABLE]),
    european("prt-driving-licence", "PRT", "Carta de condução", Language::Portuguese,
        Look { dates: Dots, ..PINK }, [EUROPEAN_WITH_PERSONAL, TABLE_WITH_QR]),
    european("irl-driving-licence", "IRL", "Ceadúnas Tiomána", Language::English,
        Look { inks: 0, ..PINK }, [EUROPEAN_WITH_ADDRESS, TABLE]),
    european("gbr-driving-licence", "GBR", "Driving licence", Language::English,
        Look { dates: Dots, capitals: true, ..PINK }, [EUROPEAN_WITH_ADDRESS, TABLE]),
    european("pol-driving-licence", "POL", "Prawo jazdy", Language::Polish, PINK, [EUROPEAN_WITH_PERSONAL, TABLE]),
    european("swe-driving-licence", "SWE", "Körkort", Language::Swedish,
        Look { dates: Iso, ..PINK }, [EUROPEAN_WITH_PERSONAL, TABLE]),
    european("rou-driving-licence", "ROU", "Permis de conducere", Language::Romanian, PINK, [EUROPEAN_WITH_PERSONAL, TABLE]),
    european("grc-driving-licence", "GRC", "Άδεια οδήγησης", Language::Greek,
        Look { dates: Slashes, ..PINK }, [EUROPEAN_TWO_SCRIPTS, TABLE]),
    european("bgr-driving-licence", "BGR", "Свидетелство за управление", Language::Bulgarian, PINK, [EUROPEAN_TWO_SCRIPTS, TABLE]),
    american("usa-ca-driving-licence", ["USA", "CA"], "Driver license", "@#######", Look { inks: 2, ..STATE }, AMERICAN_BACK),
    american("usa-ny-driving-licence", ["USA", "NY"], "Driver license", "#########", Look { inks: 6, ..STATE }, AMERICAN_BACK),
    american("usa-tx-driving-licence", ["USA", "TX"], "Driver license", "########", Look { inks: 5, ..STATE }, AMERICAN_BACK),
    american("usa-fl-driving-licence", ["USA", "FL"], "Driver license", "@############", Look { inks: 4, portrait_right: true, ..STATE }, AMERICAN_BACK),
    american("usa-wa-driving-licence", ["USA", "WA"], "Driver license", "WDL@@@@@###@", Look { inks: 7, ..STATE }, AMERICAN_BACK_ABOVE),
    american("can-on-driving-licence", ["CAN", "ON"], "Driver’s licence", "@####-#####-#####",
        Look { inks: 1, dates: Slashes, ..STATE }, AMERICAN_BACK),
    american("can-bc-driving-licence", ["CAN", "BC"], "Driver’s licence", "#######",
        Look { inks: 3, dates: Iso, ..STATE }, AMERICAN_BACK_ABOVE),
];
