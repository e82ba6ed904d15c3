//! Kitchen tables and desks: checks, tiles, flowers, print.

use super::grain::{Grain, floor};
use super::{Background, Surface, colour, plain_surface};
use crate::canvas::{Colour, length, mix};
use crate::dice::Dice;

/// A regular pattern. Sizes are shares of the picture's longer side.
pub(super) enum Pattern {
    Checks { ground: Colour, stripe: Colour, size: f32 },
    Tiles { tones: [Colour; 2], grout: Colour, size: f32 },
    Flowers { ground: Colour, petals: Colour, leaf: Colour, size: f32 },
    Newsprint { paper: Colour, ink: Colour, line: f32 },
}

/// The surface that a background asks for.
pub(super) fn surface(background: Background, paper: Colour, dice: &mut Dice) -> Surface {
    let pattern = match background {
        Background::Wood => return plain_surface(0, dice),
        Background::Cloth => return plain_surface(4, dice),
        Background::Stone => return plain_surface(6, dice),
        Background::Dark => return plain_surface(7, dice),
        Background::Plain | Background::Clutter => return plain_surface(9, dice),
        Background::LikePaper => {
            let near: Colour = std::array::from_fn(|channel| paper[channel] + dice.between(-14.0, 10.0));
            return Surface::Plain { near, far: mix(near, [255.0; 3], dice.between(0.0, 0.25)) };
        }
        Background::Checks => Pattern::Checks {
            ground: colour(dice, 200.0, 245.0),
            stripe: colour(dice, 40.0, 170.0),
            size: dice.between(0.03, 0.12),
        },
        Background::Tiles => Pattern::Tiles {
            tones: [colour(dice, 120.0, 240.0), colour(dice, 60.0, 230.0)],
            grout: colour(dice, 90.0, 220.0),
            size: dice.between(0.08, 0.25),
        },
        Background::Flowers => Pattern::Flowers {
            ground: colour(dice, 150.0, 245.0),
            petals: [dice.between(120.0, 240.0), dice.between(30.0, 150.0), dice.between(50.0, 220.0)],
            leaf: [dice.between(40.0, 110.0), dice.between(100.0, 170.0), dice.between(40.0, 110.0)],
            size: dice.between(0.06, 0.16),
        },
        Background::Newsprint => Pattern::Newsprint {
            paper: colour(dice, 195.0, 240.0),
            ink: colour(dice, 30.0, 80.0),
            line: dice.between(0.009, 0.022),
        },
    };
    Surface::Pattern(pattern)
}

/// The part of a cell that a coordinate lies in, 0 to 1, and the cell's number.
fn cell(value: f32, size: f32) -> (f32, i32) {
    let scaled = value / size;
    let number = floor(scaled);
    (scaled - number as f32, number)
}

impl Pattern {
    pub(super) fn colour(&self, grain: &Grain, u: f32, v: f32) -> Colour {
        let fuzz = (grain.at(u * 800.0, v * 800.0) - 0.5) * 12.0;
        match self {
            Pattern::Checks { ground, stripe, size } => {
                let weave = grain.smooth(u * 8.0, v * 8.0) * 0.25 + 0.85;
                let bands = u8::from(cell(u, *size).0 < 0.5) + u8::from(cell(v, *size).0 < 0.5);
                mix(*ground, *stripe, f32::from(bands) * 0.48).map(|value| value * weave + fuzz)
            }
            Pattern::Tiles { tones, grout, size } => {
                let ((x, column), (y, row)) = (cell(u, *size), cell(v, *size));
                let edge = x.min(1.0 - x).min(y).min(1.0 - y);
                let tone = tones[((column + row) & 1) as usize];
                let worn = grain.smooth(u * 30.0, v * 30.0) * 0.2;
                mix(mix(*grout, tone, (edge - 0.02) * 60.0), [70.0; 3], worn).map(|value| value + fuzz * 0.5)
            }
            Pattern::Flowers { ground, petals, leaf, size } => {
                let ((x, column), (y, row)) = (cell(u, *size), cell(v, *size));
                // Every cell has its flower a little elsewhere.
                let shift = |salt: f32| (grain.at(column as f32 + salt, row as f32) - 0.5) * 0.4;
                let (dx, dy) = (x - 0.5 - shift(0.0), y - 0.5 - shift(77.0));
                let petal = 0.22 + 0.09 * (dy.atan2(dx) * 5.0 + shift(31.0) * 8.0).cos();
                let far = length(dx, dy);
                let bloom = ((petal - far) * 30.0).clamp(0.0, 1.0);
                let stalk =
                    ((0.3 - (dx + dy - 0.35).abs() * 3.0 - (dx - dy).abs() * 1.4) * 9.0).clamp(0.0, 1.0);
                let heart = ((0.08 - far) * 40.0).clamp(0.0, 1.0);
                let tone = mix(mix(*ground, *leaf, stalk), *petals, bloom);
                mix(tone, [240.0, 210.0, 70.0], heart).map(|value| value + fuzz * 0.6)
            }
            Pattern::Newsprint { paper, ink, line } => {
                let (column_x, column) = cell(u, line * 26.0);
                let (y, row) = cell(v, *line);
                let letter = grain.at(u / line * 2.6, (row + column * 57) as f32);
                let word = grain.at(u / line * 0.45, (row * 3 + column) as f32);
                let inside = (0.06..0.94).contains(&column_x) && (0.25..0.75).contains(&y);
                let written = inside && word > 0.15 && letter > 0.35;
                mix(*paper, *ink, if written { 0.75 } else { 0.0 }).map(|value| value + fuzz)
            }
        }
    }
}
