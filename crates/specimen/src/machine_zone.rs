//! The machine-readable zone as printed: OCR-B size 1 at ten characters to the inch (ICAO 9303-3 §4.4).

use crate::canvas::{Area, Canvas, Lettering, area};
use crate::dice::Dice;
use crate::fonts::Fonts;
use crate::kind::Kind;
use crate::scheme::Scheme;

/// Height of the zone along the lower edge (ICAO 9303-3 §4.2, 23.2 mm on every document).
pub(crate) const HEIGHT_MM: f32 = 23.2;

/// From one character to the next.
const PITCH_MM: f32 = 2.54;

/// Debian's OCR-B has an advance of 0.723 em; this em makes it the pitch. Its digits are then 2.76 mm high, the
/// letters 2.54 mm.
const EM_MM: f32 = PITCH_MM / 0.723;

/// Height of a capital letter in millimetres, for statements about how small the print is in a picture.
pub(crate) const LETTER_MM: f32 = 2.54;

/// Draws the lines and returns the area that encloses their characters.
pub(crate) fn draw(
    canvas: &mut Canvas,
    kind: Kind,
    lines: &[String],
    scheme: &Scheme,
    fonts: &Fonts,
    dice: &mut Dice,
) -> Area {
    let whole = canvas.whole();
    let top = whole.height - HEIGHT_MM;
    canvas.fill(area(0.0, top, whole.width, HEIGHT_MM), 0.0, [250.0, 250.0, 248.0], scheme.zone_fade);
    // Left edge of the first character: 6.0, 5.0 or 4.0 ± 1.0 mm (ICAO 9303-4, -5, -6 §4.2.1.3).
    let left = dice.between(-0.6, 0.6)
        + match kind {
            Kind::Passport | Kind::VisaA => 6.0,
            Kind::IdCard => 5.0,
            Kind::Td2 | Kind::VisaB => 4.0,
        };
    // Two lines stand 6.35 mm apart; issuers set the three of a card closer, within the 17 mm that readers scan.
    let spacing = if lines.len() == 3 { dice.between(4.4, 6.2) } else { 6.35 };
    let dark = dice.between(10.0, 48.0);
    let lettering =
        Lettering { font: &fonts.ocr_b, size: EM_MM, colour: [dark, dark, dark + 6.0], tracking: 0.0 };
    let middle = top + HEIGHT_MM / 2.0 + dice.between(-0.6, 0.9);
    let first = middle - spacing * (lines.len() - 1) as f32 / 2.0 + LETTER_MM / 2.0;
    for (index, line) in lines.iter().enumerate() {
        let baseline = first + spacing * index as f32;
        for (column, letter) in line.chars().enumerate() {
            let cell = (left + column as f32 * PITCH_MM, baseline);
            canvas.letter_in_cell(letter, cell, PITCH_MM, lettering);
        }
    }
    let columns = lines.first().map_or(0, String::len) as f32;
    let height = spacing * (lines.len() - 1) as f32 + LETTER_MM;
    // Digits reach a little above the letters.
    area(left, first - LETTER_MM, columns * PITCH_MM, height).grown(0.3)
}
