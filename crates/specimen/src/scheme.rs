//! Colour schemes and the choices that make one issuer's design differ from another's.

use crate::canvas::{Canvas, Colour, mix};
use crate::catalogue::Look;
use crate::dice::Dice;

/// The look of one document, the same on its front and back.
pub(crate) struct Scheme {
    /// Three tones across the paper, from the upper left to the lower right.
    paper: [Colour; 3],
    /// The two inks of the fine lines.
    pub(crate) lines: [Colour; 2],
    /// Headings, bands, the emblem.
    pub(crate) strong: Colour,
    /// Labels.
    pub(crate) label: Colour,
    /// A filled band behind the heading instead of plain paper.
    pub(crate) band: bool,
    pub(crate) portrait_right: bool,
    pub(crate) emblem: bool,
    /// The emblem on the back is the one on the front.
    pub(crate) emblem_seed: u64,
    pub(crate) date_style: DateStyle,
    pub(crate) second_language: &'static [(&'static str, &'static str)],
    /// How far the background fades under the machine-readable zone, 0 to 1.
    pub(crate) zone_fade: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateStyle {
    /// `12 MAY 1987`
    Words,
    /// `12.05.1987`
    Dots,
    /// `12 05 1987`
    Spaces,
    /// `1987-05-12`
    Iso,
    /// `12/05/1987`
    Slashes,
    /// `05/12/1987`
    American,
    /// `12-05-1987`
    Dashes,
    /// `12 MAI 1987`, the month in the language of the labels
    National,
}

type Inks = ([Colour; 3], [Colour; 2], Colour);

const INKS: [Inks; 9] = [
    // rose and sky
    (
        [[250.0, 232.0, 232.0], [236.0, 240.0, 250.0], [216.0, 232.0, 246.0]],
        [[196.0, 96.0, 120.0], [70.0, 120.0, 180.0]],
        [112.0, 28.0, 52.0],
    ),
    // sage and sand
    (
        [[228.0, 242.0, 230.0], [246.0, 244.0, 226.0], [236.0, 228.0, 206.0]],
        [[90.0, 150.0, 110.0], [176.0, 140.0, 70.0]],
        [24.0, 82.0, 58.0],
    ),
    // ice blue
    (
        [[222.0, 236.0, 250.0], [240.0, 246.0, 252.0], [214.0, 226.0, 244.0]],
        [[84.0, 130.0, 190.0], [110.0, 170.0, 190.0]],
        [20.0, 52.0, 110.0],
    ),
    // lilac and mint
    (
        [[236.0, 228.0, 248.0], [242.0, 244.0, 250.0], [220.0, 242.0, 236.0]],
        [[140.0, 104.0, 190.0], [70.0, 160.0, 140.0]],
        [66.0, 38.0, 112.0],
    ),
    // apricot and teal
    (
        [[252.0, 236.0, 218.0], [250.0, 246.0, 236.0], [218.0, 238.0, 238.0]],
        [[214.0, 138.0, 70.0], [50.0, 140.0, 146.0]],
        [10.0, 84.0, 92.0],
    ),
    // yellow and rust
    (
        [[252.0, 246.0, 216.0], [250.0, 240.0, 226.0], [246.0, 226.0, 214.0]],
        [[196.0, 160.0, 50.0], [190.0, 100.0, 70.0]],
        [128.0, 54.0, 20.0],
    ),
    // grey with red
    (
        [[236.0, 236.0, 238.0], [246.0, 244.0, 244.0], [240.0, 226.0, 226.0]],
        [[150.0, 150.0, 160.0], [190.0, 90.0, 90.0]],
        [150.0, 24.0, 34.0],
    ),
    // green and blue
    (
        [[218.0, 244.0, 224.0], [230.0, 246.0, 244.0], [216.0, 230.0, 250.0]],
        [[70.0, 160.0, 90.0], [60.0, 110.0, 180.0]],
        [14.0, 70.0, 96.0],
    ),
    // pink card
    (
        [[252.0, 226.0, 238.0], [250.0, 238.0, 246.0], [234.0, 222.0, 246.0]],
        [[206.0, 90.0, 150.0], [130.0, 100.0, 180.0]],
        [124.0, 22.0, 84.0],
    ),
];

/// Label in English and what it is in French, Spanish or German.
type Words = &'static [(&'static str, &'static str)];

const FRENCH: Words = &[
    ("Surname", "Nom"),
    ("Given names", "Prénoms"),
    ("Nationality", "Nationalité"),
    ("Date of birth", "Date de naissance"),
    ("Sex", "Sexe"),
    ("Place of birth", "Lieu de naissance"),
    ("Date of issue", "Date de délivrance"),
    ("Date of expiry", "Date d’expiration"),
    ("Authority", "Autorité"),
    ("Passport No.", "No du passeport"),
    ("Document No.", "No du document"),
    ("Height", "Taille"),
    ("Personal No.", "No personnel"),
    ("Code", "Code"),
    ("Signature", "Signature"),
    ("Valid from", "Du"),
    ("Valid until", "Au"),
    ("Number of entries", "Nombre d’entrées"),
    ("Visa No.", "No du visa"),
    ("Issued in", "Délivré à"),
    ("Address", "Domicile"),
];

const SPANISH: Words = &[
    ("Surname", "Apellidos"),
    ("Given names", "Nombres"),
    ("Nationality", "Nacionalidad"),
    ("Date of birth", "Fecha de nacimiento"),
    ("Sex", "Sexo"),
    ("Place of birth", "Lugar de nacimiento"),
    ("Date of issue", "Fecha de expedición"),
    ("Date of expiry", "Fecha de caducidad"),
    ("Authority", "Autoridad"),
    ("Passport No.", "Pasaporte N.º"),
    ("Document No.", "Documento N.º"),
    ("Height", "Estatura"),
    ("Personal No.", "N.º personal"),
    ("Type", "Tipo"),
    ("Signature", "Firma"),
    ("Valid from", "Desde"),
    ("Valid until", "Hasta"),
    ("Number of entries", "Entradas"),
    ("Visa No.", "Visado N.º"),
    ("Issued in", "Expedido en"),
    ("Address", "Domicilio"),
];

const GERMAN: Words = &[
    ("Surname", "Name"),
    ("Given names", "Vornamen"),
    ("Nationality", "Staatsangehörigkeit"),
    ("Date of birth", "Geburtstag"),
    ("Sex", "Geschlecht"),
    ("Place of birth", "Geburtsort"),
    ("Date of issue", "Ausstellungsdatum"),
    ("Date of expiry", "Gültig bis"),
    ("Authority", "Behörde"),
    ("Passport No.", "Pass-Nr."),
    ("Document No.", "Ausweis-Nr."),
    ("Height", "Größe"),
    ("Personal No.", "Personen-Nr."),
    ("Type", "Typ"),
    ("Signature", "Unterschrift"),
    ("Valid from", "Gültig von"),
    ("Valid until", "Gültig bis"),
    ("Number of entries", "Einreisen"),
    ("Visa No.", "Visum-Nr."),
    ("Issued in", "Ausgestellt in"),
    ("Address", "Anschrift"),
];

impl Scheme {
    pub(crate) fn new(dice: &mut Dice) -> Scheme {
        let (paper, lines, strong) = *dice.pick(&INKS);
        Scheme {
            paper,
            lines,
            strong,
            label: mix(strong, [120.0; 3], 0.45),
            band: dice.chance(0.45),
            portrait_right: dice.chance(0.12),
            emblem: dice.chance(0.75),
            emblem_seed: dice.bits(),
            date_style: *dice.pick(&[
                DateStyle::Words,
                DateStyle::Words,
                DateStyle::Dots,
                DateStyle::Spaces,
                DateStyle::Iso,
            ]),
            second_language: dice.pick::<Words>(&[FRENCH, FRENCH, SPANISH, GERMAN, &[]]),
            zone_fade: dice.between(0.2, 0.95),
        }
    }

    /// The scheme of a layout, the same for every document of it. `seed` is the layout's own.
    pub(crate) fn of(look: &Look, seed: u64) -> Scheme {
        let (paper, lines, strong) = INKS[look.inks % INKS.len()];
        Scheme {
            paper,
            lines,
            strong,
            label: mix(strong, [120.0; 3], 0.35),
            band: look.band,
            portrait_right: look.portrait_right,
            emblem: look.emblem,
            emblem_seed: seed,
            date_style: look.dates,
            second_language: &[],
            zone_fade: 0.7,
        }
    }

    /// Lays the paper's tones over the whole sheet.
    pub(crate) fn lay_paper(&self, canvas: &mut Canvas) {
        let whole = canvas.whole();
        let [first, middle, last] = self.paper;
        canvas.paint(whole, |x, y| {
            let share = (x / whole.width * 0.7 + y / whole.height * 0.3).clamp(0.0, 1.0);
            let tone = if share < 0.5 {
                mix(first, middle, share * 2.0)
            } else {
                mix(middle, last, share * 2.0 - 1.0)
            };
            (tone, 1.0)
        });
    }

    /// `Surname / Nom`, or the English alone.
    pub(crate) fn label_text(&self, english: &str) -> String {
        let other = self.second_language.iter().find(|(label, _)| *label == english);
        match other {
            Some((_, other)) if *other != english => format!("{english} / {other}"),
            _ => english.to_owned(),
        }
    }
}
