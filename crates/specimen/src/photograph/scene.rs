//! What the page lies on: table tops, cloth, paper, a cluttered desk, the dark.

mod grain;
mod patterns;

use super::film::Film;
use crate::canvas::{Colour, area, mix};
use crate::dice::Dice;
use grain::Grain;
use patterns::Pattern;
use serde::Serialize;
use std::str::FromStr;

/// What a document may lie on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Background {
    Wood,
    Cloth,
    Stone,
    Plain,
    /// Nearly black.
    Dark,
    /// A table cloth with checks.
    Checks,
    /// A tiled kitchen top.
    Tiles,
    /// Flowers and leaves on oilcloth.
    Flowers,
    /// A printed page of text.
    Newsprint,
    /// Papers, books and telephones.
    Clutter,
    /// A colour near that of the document: little contrast at its edges.
    LikePaper,
}

impl Background {
    pub const ALL: [Background; 11] = [
        Background::Wood,
        Background::Cloth,
        Background::Stone,
        Background::Plain,
        Background::Dark,
        Background::Checks,
        Background::Tiles,
        Background::Flowers,
        Background::Newsprint,
        Background::Clutter,
        Background::LikePaper,
    ];

    /// As written on the command line and in truth files.
    pub fn name(self) -> &'static str {
        match self {
            Background::Wood => "wood",
            Background::Cloth => "cloth",
            Background::Stone => "stone",
            Background::Plain => "plain",
            Background::Dark => "dark",
            Background::Checks => "checks",
            Background::Tiles => "tiles",
            Background::Flowers => "flowers",
            Background::Newsprint => "newsprint",
            Background::Clutter => "clutter",
            Background::LikePaper => "like-paper",
        }
    }
}

/// The word is no [`Background`].
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown background; known are {}", Background::ALL.map(Background::name).join(", "))]
pub struct UnknownBackground;

impl FromStr for Background {
    type Err = UnknownBackground;

    fn from_str(name: &str) -> Result<Background, UnknownBackground> {
        Background::ALL.into_iter().find(|background| background.name() == name).ok_or(UnknownBackground)
    }
}

enum Surface {
    Plain { near: Colour, far: Colour },
    Wood { light: Colour, dark: Colour, plank: f32 },
    Cloth { one: Colour, other: Colour, thread: f32 },
    Stone { base: Colour, vein: Colour },
    Pattern(Pattern),
}

/// A background in the plane of the picture.
pub(crate) struct Scene {
    surface: Surface,
    grain: Grain,
    turn: (f32, f32),
    clutter: Vec<Thing>,
}

/// A sheet of paper, a book, a telephone: a flat rounded rectangle on the desk. Sizes are shares of the picture's
/// longer side.
struct Thing {
    centre: (f32, f32),
    half: (f32, f32),
    turn: (f32, f32),
    colour: Colour,
    edge: Colour,
    ruled: bool,
}

impl Scene {
    pub(crate) fn draw(dice: &mut Dice) -> Scene {
        let surface = surface(dice);
        let angle = dice.between(-0.6, 0.6) + if dice.chance(0.4) { 1.57 } else { 0.0 };
        let count = if dice.chance(0.45) { dice.whole(3, 8) } else { 0 };
        Scene {
            surface,
            grain: Grain::new(dice),
            turn: (angle.cos(), angle.sin()),
            clutter: (0..count).map(|_| thing(dice)).collect(),
        }
    }

    /// A scene on a surface that was asked for; `paper` is the colour of what will lie on it.
    pub(crate) fn on(background: Background, paper: Colour, dice: &mut Dice) -> Scene {
        let angle = dice.between(0.0, std::f32::consts::TAU);
        let count = match background {
            Background::Clutter => dice.whole(8, 16),
            Background::LikePaper | Background::Dark => 0,
            _ if dice.chance(0.3) => dice.whole(1, 5),
            _ => 0,
        };
        Scene {
            surface: patterns::surface(background, paper, dice),
            grain: Grain::new(dice),
            turn: (angle.cos(), angle.sin()),
            clutter: (0..count).map(|_| thing(dice)).collect(),
        }
    }

    pub(crate) fn fill(&self, film: &mut Film) {
        let size = film.width.max(film.height) as f32;
        let everywhere = film.everywhere();
        film.each(everywhere, |x, y, _| {
            let (x, y) = (x / size, y / size);
            let (u, v) = (x * self.turn.0 + y * self.turn.1, y * self.turn.0 - x * self.turn.1);
            self.surface.colour(&self.grain, u, v)
        });
        for thing in &self.clutter {
            thing.put(film, size);
        }
    }
}

impl Surface {
    fn colour(&self, grain: &Grain, u: f32, v: f32) -> Colour {
        match self {
            Surface::Plain { near, far } => {
                let speck = grain.at(u * 700.0, v * 700.0) - 0.5;
                mix(*near, *far, u * 0.8 + 0.15).map(|value| value + speck * 9.0)
            }
            Surface::Wood { light, dark, plank } => {
                let board = grain::floor(v / plank) as f32;
                let seam = ((v / plank - board - 0.5).abs() * 2.0 - 0.985).max(0.0) * 40.0;
                let drift = board * 37.0;
                let bend = grain.smooth(u * 12.0 + drift, v * 30.0 + drift);
                let ring = ((v * 260.0 + bend * 22.0 + drift).sin() * 0.5 + 0.5) * 0.45;
                let fibre = grain.smooth(u * 40.0 + drift, v * 900.0) * 0.5;
                mix(mix(*light, *dark, ring + fibre), [20.0, 14.0, 10.0], seam)
            }
            Surface::Cloth { one, other, thread } => {
                let weave = (u * thread).sin() * (v * thread).sin() * 0.5 + 0.5;
                let fold = grain.smooth(u * 9.0, v * 9.0);
                let fuzz = grain.at(u * 900.0, v * 900.0) - 0.5;
                mix(*one, *other, weave).map(|value| value * (0.8 + 0.4 * fold) + fuzz * 16.0)
            }
            Surface::Stone { base, vein } => {
                let cloud = grain.smooth(u * 14.0, v * 14.0);
                let bend = cloud + grain.smooth(u * 45.0, v * 45.0) * 0.3;
                let line = 1.0 - (((u * 5.0 + v * 3.0 + bend * 1.6).sin()).abs() * 14.0).min(1.0);
                let speck = grain.at(u * 500.0, v * 500.0) - 0.5;
                mix(*base, *vein, cloud * 0.3 + line * 0.3).map(|value| value + speck * 14.0)
            }
            Surface::Pattern(pattern) => pattern.colour(grain, u, v),
        }
    }
}

fn surface(dice: &mut Dice) -> Surface {
    let number = dice.whole(0, 9);
    plain_surface(number, dice)
}

/// Four kinds in the shares of ten in which they come up.
fn plain_surface(number: i32, dice: &mut Dice) -> Surface {
    match number {
        0..=3 => {
            let (light, dark) = *dice.pick(&[
                ([206.0, 164.0, 116.0], [150.0, 104.0, 64.0]),
                ([168.0, 118.0, 78.0], [104.0, 66.0, 40.0]),
                ([110.0, 76.0, 54.0], [58.0, 38.0, 28.0]),
                ([226.0, 206.0, 178.0], [190.0, 162.0, 128.0]),
                ([176.0, 170.0, 162.0], [128.0, 122.0, 114.0]),
            ]);
            Surface::Wood { light, dark, plank: dice.between(0.12, 0.45) }
        }
        4 | 5 => {
            let one = colour(dice, 40.0, 210.0);
            let other =
                mix(one, if dice.chance(0.5) { [0.0; 3] } else { [255.0; 3] }, dice.between(0.12, 0.4));
            Surface::Cloth { one, other, thread: dice.between(350.0, 900.0) }
        }
        6 => Surface::Stone {
            base: colour(dice, 130.0, 225.0),
            vein: [colour(dice, 70.0, 110.0), [246.0; 3]][usize::from(dice.chance(0.4))],
        },
        7 => {
            let dark = colour(dice, 12.0, 46.0);
            Surface::Plain { near: dark, far: mix(dark, [80.0; 3], 0.3) }
        }
        _ => {
            let near = colour(dice, 110.0, 240.0);
            Surface::Plain { near, far: mix(near, colour(dice, 90.0, 240.0), 0.5) }
        }
    }
}

/// A muted colour between two levels.
fn colour(dice: &mut Dice, low: f32, high: f32) -> Colour {
    let level = dice.between(low, high);
    std::array::from_fn(|_| (level + dice.between(-22.0, 22.0)).clamp(0.0, 255.0))
}

fn thing(dice: &mut Dice) -> Thing {
    let angle = dice.between(-1.6, 1.6);
    // Things stand around the edge more than in the middle, where the page lies.
    let edge =
        |dice: &mut Dice| if dice.chance(0.5) { dice.between(-0.05, 0.22) } else { dice.between(0.65, 1.05) };
    let paper = dice.chance(0.5);
    let colour = if paper { [240.0, 239.0, 234.0] } else { colour(dice, 25.0, 200.0) };
    let centre = if dice.chance(0.5) {
        (edge(dice), dice.between(0.0, 0.8))
    } else {
        (dice.between(0.0, 1.0), edge(dice) * 0.75)
    };
    Thing {
        centre,
        half: if paper { (0.16, 0.22) } else { (dice.between(0.01, 0.12), dice.between(0.06, 0.2)) },
        turn: (angle.cos(), angle.sin()),
        colour,
        edge: mix(colour, [0.0; 3], 0.25),
        ruled: paper,
    }
}

impl Thing {
    fn put(&self, film: &mut Film, size: f32) {
        let (x0, y0) = (self.centre.0 * size, self.centre.1 * size);
        let (half_width, half_height) = (self.half.0 * size, self.half.1 * size);
        let reach = half_width.hypot(half_height) + 30.0;
        let shape = area(-half_width, -half_height, half_width * 2.0, half_height * 2.0);
        film.each([x0 - reach, y0 - reach, x0 + reach, y0 + reach], |x, y, below| {
            let (dx, dy) = (x - x0, y - y0);
            let (u, v) = (dx * self.turn.0 + dy * self.turn.1, dy * self.turn.0 - dx * self.turn.1);
            let distance = shape.distance(u, v, size * 0.006);
            if distance > 0.5 {
                let shade = 0.4 * (1.0 - distance / (size * 0.012)).max(0.0);
                return mix(below, [0.0; 3], shade);
            }
            let line = v / (size * 0.014);
            let line = line - grain::floor(line) as f32;
            let written =
                self.ruled && line < 0.22 && u.abs() < half_width * 0.8 && v.abs() < half_height * 0.85;
            let tone = if distance > -2.0 { self.edge } else { self.colour };
            mix(tone, [90.0, 92.0, 100.0], if written { 0.5 } else { 0.0 })
        });
    }
}
