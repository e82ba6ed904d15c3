//! The marking that keeps a specimen from being taken for a document.

use crate::canvas::{Area, Canvas, Colour, DOTS_PER_MM, Lettering, area, mask};
use crate::fonts::Fonts;

const MICROPRINT: &str = "SPECIMEN · UTO · NOT A DOCUMENT · NO LEGAL VALUE · BONAFIDE · ";

/// The red of the large word.
pub(crate) const RED: Colour = [196.0, 24.0, 40.0];

/// Writes SPECIMEN large and translucent along the diagonal of `place`, which must leave the machine-readable
/// zone alone, and a line of small print above `place`'s lower edge.
pub(crate) fn draw(canvas: &mut Canvas, place: Area, fonts: &Fonts) {
    let size = place.height * 0.42;
    let lettering = Lettering { font: &fonts.text_bold, size, colour: RED, tracking: size * 0.06 }
        .fitted("SPECIMEN", place.width * 0.86);
    let (stencil, width, height) = mask("SPECIMEN", lettering);
    let angle = -(place.height * 0.52).atan2(place.width);
    let (sin, cos) = angle.sin_cos();
    let (centre_x, centre_y) = place.centre();
    canvas.paint(place, |x, y| {
        let (dx, dy) = ((x - centre_x) * DOTS_PER_MM, (y - centre_y) * DOTS_PER_MM);
        let column = dx * cos + dy * sin + width as f32 / 2.0;
        let row = -dx * sin + dy * cos + height as f32 / 2.0;
        (RED, 0.3 * sample(&stencil, width, height, column, row))
    });
    microprint(canvas, place, fonts);
}

fn microprint(canvas: &mut Canvas, place: Area, fonts: &Fonts) {
    let lettering = Lettering { font: &fonts.text_bold, size: 1.25, colour: RED, tracking: 0.08 };
    let inner = area(place.left + 2.5, place.top, place.width - 5.0, place.height);
    let mut x = inner.left;
    for letter in MICROPRINT.chars().cycle() {
        let step = lettering.width(letter.encode_utf8(&mut [0; 4]));
        if x + step > inner.right() {
            break;
        }
        canvas.text(letter.encode_utf8(&mut [0; 4]), x, inner.bottom() - 0.5, lettering);
        x += step;
    }
}

fn sample(stencil: &[f32], width: usize, height: usize, x: f32, y: f32) -> f32 {
    if x < 0.0 || y < 0.0 || x >= width as f32 - 1.0 || y >= height as f32 - 1.0 {
        return 0.0;
    }
    let (column, row) = (x as usize, y as usize);
    let (u, v) = (x.fract(), y.fract());
    let at = |dx: usize, dy: usize| stencil[(row + dy) * width + column + dx];
    let upper = at(0, 0) * (1.0 - u) + at(1, 0) * u;
    let lower = at(0, 1) * (1.0 - u) + at(1, 1) * u;
    upper * (1.0 - v) + lower * v
}
