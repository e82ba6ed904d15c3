//! Letters set from a font.

use super::{Canvas, Colour, DOTS_PER_MM, blend};
use ab_glyph::{Font, FontVec, PxScale, point};

/// How a run of text is set. Sizes are in millimetres.
#[derive(Clone, Copy)]
pub(crate) struct Lettering<'a> {
    pub(crate) font: &'a FontVec,
    /// The em; capitals are about 0.73 of it.
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    /// Extra space between letters.
    pub(crate) tracking: f32,
}

impl Lettering<'_> {
    fn dots_per_unit(&self) -> f32 {
        self.size * DOTS_PER_MM / self.font.units_per_em().unwrap_or(1000.0)
    }

    fn scale(&self) -> PxScale {
        PxScale::from(self.dots_per_unit() * self.font.height_unscaled())
    }

    fn advance(&self, letter: char) -> f32 {
        let units = self.font.h_advance_unscaled(self.font.glyph_id(letter));
        units * self.dots_per_unit() / DOTS_PER_MM + self.tracking
    }

    pub(crate) fn width(&self, text: &str) -> f32 {
        text.chars().map(|letter| self.advance(letter)).sum()
    }

    /// The same, made smaller until `text` fits.
    pub(crate) fn fitted(mut self, text: &str, width: f32) -> Self {
        let needed = self.width(text);
        if needed > width {
            self.size *= width / needed;
            self.tracking *= width / needed;
        }
        self
    }
}

impl Canvas {
    /// Sets `text` from `left` on the baseline; returns where it ended.
    pub(crate) fn text(&mut self, text: &str, left: f32, baseline: f32, lettering: Lettering) -> f32 {
        let mut x = left;
        for letter in text.chars() {
            self.letter(letter, x, baseline, lettering);
            x += lettering.advance(letter);
        }
        x
    }

    /// Sets one letter in the middle of a cell of `pitch`, as the printer of a machine-readable zone does.
    pub(crate) fn letter_in_cell(
        &mut self,
        letter: char,
        cell: (f32, f32),
        pitch: f32,
        lettering: Lettering,
    ) {
        let left = cell.0 + (pitch - lettering.advance(letter)) / 2.0;
        self.letter(letter, left, cell.1, lettering);
    }

    fn letter(&mut self, letter: char, left: f32, baseline: f32, lettering: Lettering) {
        let origin = point(left * DOTS_PER_MM, baseline * DOTS_PER_MM);
        each_dot(letter, origin, lettering, |x, y, cover| {
            if x >= 0 && y >= 0 && (x as u32) < self.image.width() && (y as u32) < self.image.height() {
                blend(self.image.get_pixel_mut(x as u32, y as u32), lettering.colour, cover);
            }
        });
    }
}

fn each_dot(letter: char, origin: ab_glyph::Point, lettering: Lettering, mut dot: impl FnMut(i32, i32, f32)) {
    let glyph = lettering.font.glyph_id(letter).with_scale_and_position(lettering.scale(), origin);
    if let Some(outline) = lettering.font.outline_glyph(glyph) {
        let bounds = outline.px_bounds();
        outline.draw(|x, y, cover| {
            dot(bounds.min.x as i32 + x.cast_signed(), bounds.min.y as i32 + y.cast_signed(), cover);
        });
    }
}

/// One line of text as a stencil: cover from 0 to 1, in rows of dots, with its width and height in dots.
pub(crate) fn mask(text: &str, lettering: Lettering) -> (Vec<f32>, usize, usize) {
    let width = (lettering.width(text) * DOTS_PER_MM) as usize + 4;
    let height = (lettering.size * DOTS_PER_MM) as usize + 4;
    let mut stencil = vec![0.0_f32; width * height];
    let mut x = 2.0;
    for letter in text.chars() {
        each_dot(letter, point(x, height as f32 * 0.86), lettering, |x, y, cover| {
            let (x, y) = (x.max(0) as usize, y.max(0) as usize);
            if x < width && y < height {
                let dot = &mut stencil[y * width + x];
                *dot = dot.max(cover);
            }
        });
        x += lettering.advance(letter) * DOTS_PER_MM;
    }
    (stencil, width, height)
}
