//! Printed text of any document: where its lines are, and what they say.
//!
//! The networks are PP-OCRv4's and not part of the program: `bonafide models pull` fetches them. What goes into them
//! and what is made of their answers is written here. Their alphabet is Chinese and English: of accented letters it
//! has only a few, so that most names come out without accents (docs/models.md has the measured list).

mod alphabet;
mod crop;
mod detect;
mod orient;
mod outline;
mod recognise;
mod spaces;

use image::RgbImage;
use rten::Model;
use thiserror::Error;

use crate::geometry::Point;
use crate::workers::Workers;
use alphabet::Alphabet;
pub use alphabet::Letters;

/// A file is not the network that it should be.
#[derive(Debug, Error)]
pub enum ModelUnreadable {
    #[error("the network that {purpose} does not load: {reason}")]
    Load { purpose: &'static str, reason: String },
    #[error("the network that reads lines does not say which characters it knows")]
    NoAlphabet,
}

/// One line of print, as it is read from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    /// In picture pixels: upper left, upper right, lower right, lower left as one reads.
    pub corners: [Point; 4],
    /// Mean of the characters' confidences, 0 to 1.
    pub confidence: f32,
    /// The characters of `text`, spaces included.
    pub glyphs: Vec<Glyph>,
}

/// One character of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub character: char,
    /// Probability that the network gives the character, 0 to 1. Of a space that was put in: 0.5.
    pub confidence: f32,
    /// Where the network saw it: share of the line's length, 0 at its left end. Accurate to half a character.
    pub at: f32,
}

/// Clockwise quarter turns by which the lines lie in their picture, 0 to 3: what most of the print says.
pub fn quarter_turns(lines: &[Line]) -> u8 {
    let mut votes = [0usize; 4];
    for line in lines {
        let along = line.corners[1] - line.corners[0];
        let turn = (along.y.atan2(along.x) / std::f32::consts::FRAC_PI_2).round() as i32;
        votes[turn.rem_euclid(4) as usize] += line.glyphs.len();
    }
    // Of equals the upright one.
    (0..4u8).rev().max_by_key(|turn| votes[usize::from(*turn)]).unwrap_or(0)
}

/// How finely a picture is searched for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// A card or a passport page.
    Card,
    /// A letter or a bill: small print on a large sheet; about twice the work.
    Sheet,
}

/// The three networks, loaded once and shared between threads; each reading computes on one thread of its own.
pub struct Reader {
    detector: Model,
    recogniser: Model,
    classifier: Model,
    alphabet: Alphabet,
    workers: Workers,
}

impl Reader {
    /// Takes the networks as they come (ONNX): the one that finds lines, the one that reads them, and the one that
    /// tells whether a line stands on its head.
    pub fn load(
        detector: Vec<u8>,
        recogniser: Vec<u8>,
        classifier: Vec<u8>,
    ) -> Result<Self, ModelUnreadable> {
        let load = |bytes: Vec<u8>, purpose| {
            Model::load(bytes).map_err(|error| ModelUnreadable::Load { purpose, reason: error.to_string() })
        };
        let detector = load(detector, "finds lines")?;
        let recogniser = load(recogniser, "reads lines")?;
        let classifier = load(classifier, "tells which way up a line is")?;
        let alphabet = recogniser
            .metadata()
            .get("character")
            .and_then(Alphabet::parse)
            .ok_or(ModelUnreadable::NoAlphabet)?;
        Ok(Self { detector, recogniser, classifier, alphabet, workers: Workers::new() })
    }

    /// Reads every line of a card or page, from the top down and from left to right.
    pub fn read(&self, picture: &RgbImage) -> Vec<Line> {
        self.read_in(picture, Detail::Card)
    }

    /// The same with a choice of detail.
    pub fn read_in(&self, picture: &RgbImage, detail: Detail) -> Vec<Line> {
        let boxes = self.find(picture, detail);
        boxes.into_iter().filter_map(|corners| self.read_line(picture, corners, Letters::Any)).collect()
    }

    /// Where lines are, in reading order; nothing is read.
    pub fn find(&self, picture: &RgbImage, detail: Detail) -> Vec<[Point; 4]> {
        detect::find(&self.detector, &self.workers, picture, detail)
    }

    /// Reads the one line that lies within these corners, upright or upside down, with the letters that may occur in
    /// it. None where nothing is read.
    pub fn read_line(&self, picture: &RgbImage, corners: [Point; 4], letters: Letters) -> Option<Line> {
        let strip = crop::strip(picture, corners)?;
        let turned = orient::is_upside_down(&self.classifier, &self.workers, &strip);
        let (corners, strip) = if turned {
            let [a, b, c, d] = corners;
            ([c, d, a, b], image::imageops::rotate180(&strip))
        } else {
            (corners, strip)
        };
        let glyphs = recognise::read(&self.recogniser, &self.workers, &self.alphabet, &strip, letters)?;
        let glyphs = if letters == Letters::Any { spaces::restored(glyphs) } else { glyphs };
        let read = || glyphs.iter().filter(|glyph| glyph.character != ' ');
        let count = read().count();
        if count == 0 {
            return None;
        }
        let confidence = read().map(|glyph| glyph.confidence).sum::<f32>() / count as f32;
        let text = glyphs.iter().map(|glyph| glyph.character).collect();
        Some(Line { text, corners, confidence, glyphs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(degrees: f32, letters: usize) -> Line {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let corners =
            [(0.0, 0.0), (cos, sin), (cos - sin, sin + cos), (-sin, cos)].map(|(x, y)| Point::new(x, y));
        let glyph = Glyph { character: 'a', confidence: 0.9, at: 0.5 };
        Line { text: "a".repeat(letters), corners, confidence: 0.9, glyphs: vec![glyph; letters] }
    }

    #[test]
    fn most_of_the_print_says_how_the_picture_lies() {
        assert_eq!(quarter_turns(&[]), 0);
        assert_eq!(quarter_turns(&[line(5.0, 4), line(91.0, 3)]), 0);
        assert_eq!(quarter_turns(&[line(88.0, 9), line(2.0, 3)]), 1);
        assert_eq!(quarter_turns(&[line(-176.0, 2)]), 2);
        assert_eq!(quarter_turns(&[line(-80.0, 2)]), 3);
    }
}
