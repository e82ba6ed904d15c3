//! Spaces that the recogniser swallowed: where two letters stand further apart than their widths explain.

use super::Glyph;

/// Width of a space, in widths of a lower-case letter.
const SPACE: f32 = 0.55;
/// Share of a space by which a gap must be too wide.
const ENOUGH: f32 = 0.75;
/// Too few letters tell nothing about a line's pitch.
const FEWEST: usize = 5;

/// Puts spaces back, trims them at the ends and makes several of them one.
pub(super) fn restored(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let unit = unit(&glyphs);
    let mut result: Vec<Glyph> = Vec::with_capacity(glyphs.len() + 8);
    for glyph in glyphs {
        let space = glyph.character == ' ';
        match result.last() {
            None if space => continue,
            Some(last) if space && last.character == ' ' => continue,
            Some(last)
                if !space && last.character != ' ' && unit.is_some_and(|unit| is_gap(last, &glyph, unit)) =>
            {
                let at = f32::midpoint(last.at, glyph.at);
                result.push(Glyph { character: ' ', confidence: 0.5, at });
            }
            _ => {}
        }
        result.push(glyph);
    }
    if result.last().is_some_and(|last| last.character == ' ') {
        result.pop();
    }
    result
}

/// Share of the line's length that a lower-case letter takes: the median over neighbours. None for lines that are
/// short, or not in Latin, Greek or Cyrillic letters.
fn unit(glyphs: &[Glyph]) -> Option<f32> {
    let mut units: Vec<f32> = glyphs
        .windows(2)
        .filter_map(|pair| Some((pair[1].at - pair[0].at) / expected(pair[0].character, pair[1].character)?))
        .collect();
    if units.len() < FEWEST {
        return None;
    }
    units.sort_by(f32::total_cmp);
    // Words are longer than gaps: the median lies within words; a little lower is safer in short words.
    units.get(units.len() * 2 / 5).copied().filter(|unit| *unit > 0.0)
}

fn is_gap(left: &Glyph, right: &Glyph, unit: f32) -> bool {
    // Numbers are set apart by points and slashes, and their digits are read where they stand.
    expected(left.character, right.character)
        .is_some_and(|expected| (right.at - left.at) / unit - expected > SPACE * ENOUGH)
}

/// From the middle of one letter to the middle of the next.
fn expected(left: char, right: char) -> Option<f32> {
    Some(f32::midpoint(width(left)?, width(right)?))
}

/// Usual widths of a sans-serif typeface, in widths of a lower-case letter.
fn width(letter: char) -> Option<f32> {
    Some(match letter {
        'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' => 0.5,
        'f' | 't' | 'r' | '(' | ')' | '/' | '-' | '1' => 0.7,
        'm' | 'w' | 'M' | 'W' => 1.5,
        '<' => return None,
        _ if letter.is_uppercase() => 1.2,
        '0'..='9' => 1.05,
        _ if letter.is_alphabetic() && (letter as u32) < 0x530 => 1.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &str, gap: f32) -> (Vec<Glyph>, String) {
        let mut at = 0.0;
        let mut glyphs = Vec::new();
        for character in words.chars() {
            if character == ' ' {
                at += gap;
                continue;
            }
            let half = width(character).unwrap() * 0.01;
            at += half;
            glyphs.push(Glyph { character, confidence: 0.9, at });
            at += half;
        }
        let text = restored(glyphs.clone()).iter().map(|glyph| glyph.character).collect();
        (glyphs, text)
    }

    #[test]
    fn a_gap_as_wide_as_a_space_becomes_one() {
        for words in ["REPUBLIC OF UTOPIA", "Anna Maria Eriksson", "Illinois Hill 12"] {
            assert_eq!(set(words, 0.012).1, words);
        }
    }

    #[test]
    fn letters_of_different_width_are_not_torn_apart() {
        for word in ["MAMMUTILLIWW", "illimmmill", "Wil1iamsburg"] {
            assert_eq!(set(word, 0.0).1, word);
        }
    }

    #[test]
    fn spaces_at_the_ends_and_doubled_ones_go() {
        let glyph = |character| Glyph { character, confidence: 0.9, at: 0.0 };
        let line: Vec<Glyph> = " a  b ".chars().map(glyph).collect();
        let text: String = restored(line).iter().map(|glyph| glyph.character).collect();
        assert_eq!(text, "a b");
    }
}
