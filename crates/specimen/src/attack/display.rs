//! A document shown on a screen: pixels of three coloured stripes behind glass.

use crate::canvas::{Area, Colour, area};
use crate::dice::Dice;
use crate::photograph::sampler::Sampler;

/// A screen. Lengths are in millimetres of the page that it shows.
#[derive(Clone, Debug)]
pub(crate) struct Display {
    /// From one pixel to the next.
    pitch: f32,
    /// Where the first pixel begins.
    phase: (f32, f32),
    /// Share of a pixel's height that is dark, and of a stripe's width.
    gap: f32,
    /// What is shown around the document.
    desktop: Colour,
    /// How far the screen goes beyond the document: left, top, right, bottom.
    margins: [f32; 4],
    frame: f32,
    bezel: Colour,
    /// Light where the picture is black.
    glow: f32,
    gains: Colour,
    /// Whether stripes run red to blue or blue to red.
    reversed: bool,
}

impl Display {
    pub(crate) fn draw(width_mm: f32, dice: &mut Dice) -> Display {
        let level = *dice.pick(&[18.0, 32.0, 60.0, 235.0, 250.0]);
        let tight = dice.chance(0.45);
        Display {
            // A card fills 450 to 1300 pixels of a screen.
            pitch: width_mm / dice.between(450.0, 1300.0),
            phase: (dice.between(0.0, 1.0), dice.between(0.0, 1.0)),
            gap: dice.between(0.1, 0.3),
            desktop: [level, level, level + dice.between(0.0, 6.0)],
            margins: std::array::from_fn(|_| {
                if tight { dice.between(0.0, 8.0) } else { dice.between(12.0, 90.0) }
            }),
            frame: dice.between(4.0, 14.0),
            bezel: [dice.between(10.0, 40.0); 3],
            glow: dice.between(6.0, 24.0),
            gains: [dice.between(0.92, 1.02), dice.between(0.98, 1.06), dice.between(1.04, 1.18)],
            reversed: dice.chance(0.25),
        }
    }

    /// The screen's picture area around a page.
    pub(crate) fn lit(&self, page: Area) -> Area {
        let [left, top, right, bottom] = self.margins;
        area(page.left - left, page.top - top, page.width + left + right, page.height + top + bottom)
    }

    /// The screen with its frame.
    pub(crate) fn whole(&self, page: Area) -> Area {
        self.lit(page).grown(self.frame)
    }

    /// What one pixel of the camera sees around (u, v), which covers `spread` millimetres each way. `step` is how
    /// far the next pixel of the camera lies along the stripes' order: the sensor's red and blue cells stand beside
    /// the green one.
    pub(crate) fn colour(
        &self,
        page: Area,
        sampler: &Sampler,
        point: (f32, f32),
        spread: (f32, f32),
        step: f32,
    ) -> Colour {
        let (u, v) = point;
        if self.lit(page).distance(u, v, 0.5) > 0.0 {
            return self.bezel;
        }
        // A pixel shows one colour: that of its middle.
        let centre =
            |value: f32, phase: f32| ((value / self.pitch + phase).floor() - phase + 0.5) * self.pitch;
        let (x, y) = (centre(u, self.phase.0), centre(v, self.phase.1));
        let inside = page.distance(x, y, 0.0) < 0.0;
        let shown = if inside { sampler.at(x, y) } else { self.desktop };
        let down =
            lit_share(v / self.pitch + self.phase.1, spread.1 / self.pitch, self.gap / 2.0, 1.0 - self.gap);
        std::array::from_fn(|channel| {
            let shift = (channel as f32 - 1.0) * 0.5 * step;
            let stripe = if self.reversed { 2 - channel } else { channel } as f32;
            let begin = (stripe + self.gap / 2.0) / 3.0;
            let across = lit_share(
                (u + shift) / self.pitch + self.phase.0,
                spread.0 / self.pitch,
                begin,
                (1.0 - self.gap) / 3.0,
            );
            let mean = (1.0 - self.gap) * (1.0 - self.gap) / 3.0;
            // The screen is bright enough to make up for its dark gaps.
            let light = across * down / mean;
            (self.glow + shown[channel] * 0.94 * light * self.gains[channel]).min(400.0)
        })
    }
}

/// How much of `width` pixels around `middle` is lit, if of every pixel the part from `begin` over `length` is.
fn lit_share(middle: f32, width: f32, begin: f32, length: f32) -> f32 {
    let width = width.max(0.05);
    let until = |x: f32| {
        let whole = x.floor();
        whole * length + (x - whole - begin).clamp(0.0, length)
    };
    (until(middle + width / 2.0) - until(middle - width / 2.0)) / width
}

#[cfg(test)]
mod tests {
    use super::lit_share;

    #[test]
    fn whole_pixels_are_lit_by_their_share_and_parts_by_what_they_cover() {
        assert!((lit_share(3.2, 1.0, 0.1, 0.25) - 0.25).abs() < 1e-5);
        assert!((lit_share(7.9, 2.0, 0.4, 0.5) - 0.5).abs() < 1e-5);
        assert!((lit_share(0.5, 0.1, 0.4, 0.2) - 1.0).abs() < 1e-4);
        assert!(lit_share(0.9, 0.1, 0.4, 0.2).abs() < 1e-5);
    }
}
