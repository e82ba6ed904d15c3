//! What a strip says: for every eight columns the network gives each character a probability; neighbours that agree
//! are one character (connectionist temporal classification, the best path).

use image::RgbImage;
use rten::Model;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::Glyph;
use super::alphabet::{Alphabet, Letters};
use super::crop::{self, HEIGHT};
use crate::workers::Workers;

/// Columns of the network's input per step of its answer.
const STEP: u32 = 8;
/// Shorter strips are padded with grey: the network has not learnt on shorter ones.
const NARROWEST: u32 = 160;
/// A space may follow where the network gives it this probability.
const SPACE: f32 = 0.15;

pub(super) fn read(
    model: &Model,
    workers: &Workers,
    alphabet: &Alphabet,
    strip: &RgbImage,
    letters: Letters,
) -> Option<Vec<Glyph>> {
    let width = strip.width().max(NARROWEST).next_multiple_of(STEP);
    let input = NdTensor::from_data([1, 3, HEIGHT as usize, width as usize], crop::planes(strip, width));
    let output = workers.run(|options| model.run_one(input.into(), Some(options))).ok()?;
    let scores: NdTensor<f32, 3> = output.try_into().ok()?;
    if scores.size(2) != alphabet.classes() {
        return None;
    }
    let values = scores.to_vec();
    let steps: Vec<&[f32]> = values.chunks_exact(alphabet.classes()).collect();
    let share = width as f32 / steps.len().max(1) as f32 / strip.width() as f32;
    Some(best_path(&steps, alphabet, letters, share))
}

/// `share`: of the line's length per step.
fn best_path(steps: &[&[f32]], alphabet: &Alphabet, letters: Letters, share: f32) -> Vec<Glyph> {
    let mask = alphabet.mask(letters);
    let space = alphabet.classes() - 1;
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut last = 0;
    for (at, scores) in steps.iter().enumerate() {
        let class = best(scores, mask.as_deref());
        let place = (at as f32 + 0.5) * share;
        if class == 0 {
            // A space that the network half saw between two words.
            if letters == Letters::Any && scores[space] > SPACE && last != space {
                glyphs.push(Glyph { character: ' ', confidence: scores[space], at: place });
                last = space;
                continue;
            }
        } else if class == last {
            if let Some(glyph) = glyphs.last_mut().filter(|glyph| scores[class] > glyph.confidence) {
                (glyph.confidence, glyph.at) = (scores[class], place);
            }
        } else if let Some(character) = alphabet.character(class) {
            glyphs.push(Glyph { character, confidence: scores[class], at: place });
        }
        last = class;
    }
    glyphs
}

fn best(scores: &[f32], mask: Option<&[usize]>) -> usize {
    let better = |best: usize, class: usize| if scores[class] > scores[best] { class } else { best };
    match mask {
        None => (0..scores.len()).fold(0, better),
        Some(classes) => classes.iter().copied().fold(0, better),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alphabet() -> Alphabet {
        let list: Vec<String> = ('a'..='p').map(String::from).collect();
        Alphabet::parse(&list.join("\n")).unwrap()
    }

    fn path(classes: &[usize], letters: Letters) -> String {
        let steps: Vec<Vec<f32>> = classes
            .iter()
            .map(|class| (0..18).map(|at| if at == *class { 0.8 } else { 0.01 }).collect())
            .collect();
        let steps: Vec<&[f32]> = steps.iter().map(Vec::as_slice).collect();
        best_path(&steps, &alphabet(), letters, 0.1).iter().map(|glyph| glyph.character).collect()
    }

    #[test]
    fn repeats_are_one_character_unless_nothing_stands_between_them() {
        assert_eq!(path(&[0, 1, 1, 0, 1, 2, 2, 17, 3], Letters::Any), "aab c");
    }

    #[test]
    fn masked_characters_are_never_read() {
        assert_eq!(path(&[1, 2, 3], Letters::Digits), "");
    }
}
