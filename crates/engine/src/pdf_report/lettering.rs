//! The report's typeface: what it can show, how wide it is, where lines break.

use ab_glyph::{Font as _, FontRef, PxScale, ScaleFont};
use krilla::text::Font;

/// Stands for a character that the typeface does not have; PDF/A forbids a glyph that is none.
const MISSING: char = '\u{25A1}';

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Both weights, for measuring and for drawing.
pub(super) struct Lettering {
    measured: [FontRef<'static>; 2],
    drawn: [Font; 2],
}

impl Lettering {
    pub(super) fn new() -> Self {
        let files = [dejavu::sans::regular(), dejavu::sans::bold()];
        Self {
            measured: files.map(|file| FontRef::try_from_slice(file).expect("the typeface is a font")),
            drawn: files.map(|file| Font::new(file.into(), 0).expect("the typeface is a font")),
        }
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.drawn[weight as usize].clone()
    }

    /// The text with every character that can be shown and may be in an archived document: no controls, no private use.
    pub(super) fn shown(&self, text: &str) -> String {
        let font = &self.measured[0];
        let mut shown = String::new();
        for character in text.chars() {
            match character {
                '\t' | '\u{2028}' | '\u{2029}' => shown.push(' '),
                '\n' => shown.push('\n'),
                _ if character.is_control() || is_invisible(character) => {}
                '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => shown.push(MISSING),
                _ if font.glyph_id(character).0 == 0 => shown.push(MISSING),
                _ => shown.push(character),
            }
        }
        shown
    }

    /// Width in points at this size.
    pub(super) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let font = &self.measured[weight as usize];
        // ab_glyph scales by line height, type sizes by the em square.
        let units = font.units_per_em().unwrap_or(2048.0);
        let scaled = font.as_scaled(PxScale::from(size * font.height_unscaled() / units));
        text.chars().map(|character| scaled.h_advance(font.glyph_id(character))).sum()
    }

    /// The text in lines of at most this width; a word that is longer is cut where it must be.
    pub(super) fn lines(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let fits = |line: &str| self.width(line, weight, size) <= width;
        let mut lines = Vec::new();
        for paragraph in self.shown(text).lines() {
            let mut line = String::new();
            for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
                let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if fits(&longer) {
                    line = longer;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                for character in word.chars() {
                    line.push(character);
                    if !fits(&line) && line.chars().count() > 1 {
                        line.pop();
                        lines.push(std::mem::replace(&mut line, character.to_string()));
                    }
                }
            }
            lines.push(line);
        }
        if lines.is_empty() { vec![String::new()] } else { lines }
    }
}

/// Zero-width characters and marks that steer direction: they show nothing, and have no glyph.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_typeface_lacks_is_a_box_and_what_shows_nothing_is_left_out() {
        let lettering = Lettering::new();
        assert_eq!(lettering.shown("Łukasz Ñandú Ελένη Жанна"), "Łukasz Ñandú Ελένη Жанна");
        assert_eq!(lettering.shown("山\u{0}\u{200B}a\tb\u{E000}"), "\u{25A1}a b\u{25A1}");
    }

    #[test]
    fn long_words_are_cut_and_nothing_is_lost() {
        let lettering = Lettering::new();
        let lines = lettering.lines(&format!("short {}", "W".repeat(100)), Weight::Regular, 10.0, 100.0);
        assert!(lines.len() > 5, "{lines:?}");
        assert_eq!(lines.concat().matches('W').count(), 100);
    }

    proptest! {
        #[test]
        fn every_line_fits(text in ".{0,200}", width in 40.0_f32..400.0) {
            let lettering = Lettering::new();
            for line in lettering.lines(&text, Weight::Bold, 9.0, width) {
                prop_assert!(lettering.width(&line, Weight::Bold, 9.0) <= width || line.chars().count() == 1);
            }
        }
    }
}
